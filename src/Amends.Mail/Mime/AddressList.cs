using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Reads address fields (RFC 5322 §3.4 with groups and the obsolete forms), and what people and programs write instead.</summary>
internal sealed class AddressList
{
    const int Most = 10_000;
    readonly string raw;
    readonly Repairs? repairs;
    readonly List<MailAddress> found = [];
    readonly StringBuilder phrase = new();
    readonly StringBuilder comment = new();
    string? angle;
    bool quotedName;
    int pendingCommas;
    bool unclosedQuote;
    bool unclosedComment;
    bool phraseHasAt;

    AddressList(string raw, Repairs? repairs) => (this.raw, this.repairs) = (raw, repairs);

    /// <summary>The mailboxes in order; never throws. Takes the raw field value, before encoded words are decoded.</summary>
    internal static IReadOnlyList<MailAddress> Parse(string? raw, Repairs? repairs = null) =>
        string.IsNullOrWhiteSpace(raw) ? [] : new AddressList(raw, repairs).Read();

    List<MailAddress> Read()
    {
        var lastAt = raw.LastIndexOf('@');
        for (var i = 0; i < raw.Length && found.Count < Most;)
        {
            switch (raw[i])
            {
                case '"' when !unclosedQuote: i = Quoted(i); break;
                case '(' when !unclosedComment: i = Commented(i); break;
                case '<': i = Angled(i); break;
                case ',' or ';': Finish(i <= lastAt); i++; break;
                // A group's name says nothing about who writes; a colon inside a route or address does not come here.
                case ':' when !phraseHasAt && angle is null: phrase.Clear(); i++; break;
                case '=' when i + 1 < raw.Length && raw[i + 1] == '?': i = Encoded(i); break;
                default:
                    phraseHasAt |= raw[i] == '@';
                    phrase.Append(raw[i++]);
                    break;
            }
        }
        Finish(false);
        return found;
    }

    int Quoted(int i)
    {
        var close = Closing(i + 1, '"');
        if (close < 0)
        {
            // What is not closed here is not closed further on either; looking again each time would cost the square.
            unclosedQuote = true;
            phrase.Append(raw[i]);
            return i + 1;
        }
        var text = Unescape(raw.AsSpan(i + 1, close - i - 1));
        // A quoted local part ("a b"@host) keeps its quotes, a name does not.
        if (close + 1 < raw.Length && raw[close + 1] == '@') phrase.Append('"').Append(text).Append('"');
        else
        {
            phrase.Append(text);
            quotedName = true;
        }
        return close + 1;
    }

    /// <summary>An encoded word may hold commas and brackets in its text; it is taken whole.</summary>
    int Encoded(int i)
    {
        var q1 = raw.IndexOf('?', i + 2);
        var end = q1 > 0 && q1 + 3 < raw.Length && raw[q1 + 2] == '?' ? raw.IndexOf("?=", q1 + 3, Math.Min(2000, raw.Length - q1 - 3), StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            phrase.Append(raw[i]);
            return i + 1;
        }
        phrase.Append(raw, i, end + 2 - i);
        return end + 2;
    }

    int Commented(int i)
    {
        var depth = 0;
        for (var j = i; j < raw.Length; j++)
        {
            if (raw[j] == '\\') j++;
            else if (raw[j] == '(') depth++;
            else if (raw[j] == ')' && --depth == 0)
            {
                comment.Append(comment.Length > 0 ? " " : "").Append(Unescape(raw.AsSpan(i + 1, j - i - 1)));
                return j + 1;
            }
        }
        unclosedComment = true;
        phrase.Append(raw[i]);
        return i + 1;
    }

    int Angled(int i)
    {
        var close = raw.IndexOf('>', i);
        var text = (close < 0 ? raw[(i + 1)..] : raw[(i + 1)..close]).Trim().TrimStart('<').Trim();
        // A route (RFC 5322 §4.4) before the address: <@a,@b:c@d>.
        if (text.StartsWith('@') && text.IndexOf(':') is > 0 and var route) text = text[(route + 1)..];
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (angle is null || (!angle.Contains('@') && text.Contains('@')))
        {
            if (angle is { Length: > 0 }) phrase.Append(angle);
            angle = text;
        }
        if (close < 0) return raw.Length;
        while (close + 1 < raw.Length && raw[close + 1] == '>') close++;
        return close + 1;
    }

    void Finish(bool moreFollows)
    {
        var name = phrase.ToString().Trim();
        var address = angle;
        if (address is null && name.Contains("=?", StringComparison.Ordinal) && !name.Contains('@'))
        {
            // The whole "Name <address>" was encoded.
            name = EncodedWords.Decode(name, repairs);
            if (name.IndexOf('<') is >= 0 and var open && name.IndexOf('>', open) is > 0 and var close)
            {
                address = name[(open + 1)..close].Trim();
                name = name[..open].Trim();
            }
        }
        if (address is null && moreFollows && !name.Contains('@') && name.Length > 0 && comment.Length == 0 && pendingCommas++ < 3)
        {
            // "Doe, John <j@d>" without quotes: the comma belongs to the name.
            phrase.Clear().Append(name).Append(", ");
            return;
        }
        if (address is null) (name, address) = Bare(name);
        name = Name(name);
        if (name.Length == 0 && comment.Length > 0) name = Name(comment.ToString());
        address = Tidy(address);
        if (address.Length > 0 && (address.Contains('@') || angle is not null || name.Length == 0)) found.Add(new MailAddress(name, address));
        phrase.Clear();
        comment.Clear();
        angle = null;
        quotedName = false;
        phraseHasAt = false;
        pendingCommas = 0;
    }

    /// <summary>No angle brackets: the word with the @ is the address and the rest the name.</summary>
    static (string Name, string Address) Bare(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindLastIndex(words, w => w.Contains('@') && w.Length > 2);
        if (words.Length <= 1 || at < 0) return ("", words.Length <= 1 ? text : "");
        // Blanks around the @ and the dots are allowed (RFC 5322 §4.4).
        if (text.Contains(" @", StringComparison.Ordinal) || text.Contains("@ ", StringComparison.Ordinal)) return ("", string.Concat(words));
        return (string.Join(' ', words.Where((_, i) => i != at)), words[at].Trim('[', ']', '\'', '"'));
    }

    string Name(string name)
    {
        name = EncodedWords.Decode(name, repairs).Trim().TrimEnd(',').Trim();
        if (!quotedName && name.Length > 1 && name[0] == '\'' && name[^1] == '\'') name = name[1..^1];
        if (name.Length > 1 && name[0] == '"' && name[^1] == '"') name = name[1..^1];
        return Plain(name);
    }

    string Tidy(string address)
    {
        if (address.Contains("=?", StringComparison.Ordinal)) address = EncodedWords.Decode(address, repairs);
        if (address.IndexOf('(') is >= 0 and var open && address.EndsWith(')')) address = address[..open];
        var text = Plain(address).Trim('<', '>', '\'');
        // A quoted local part may hold blanks (RFC 5322 §3.4.1).
        return text.StartsWith('"') && text.Contains("\"@", StringComparison.Ordinal) ? text : text.Replace(" ", "", StringComparison.Ordinal);
    }

    static string Plain(string text)
    {
        if (!text.Any(char.IsControl) && !text.Contains("  ", StringComparison.Ordinal)) return text.Trim();
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (result.Length > 0 && result[^1] != ' ' && (char.IsWhiteSpace(c))) result.Append(' ');
            }
            else result.Append(c);
        }
        return result.ToString().Trim();
    }

    int Closing(int from, char mark)
    {
        for (var i = from; i < raw.Length; i++)
        {
            if (raw[i] == '\\') i++;
            else if (raw[i] == mark) return i;
        }
        return -1;
    }

    static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\\') < 0) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            result.Append(text[i]);
        }
        return result.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Writes header fields: folded at 76 columns, other than ASCII as encoded words (RFC 2047) or RFC 2231 parameters.</summary>
internal sealed class HeaderWriter(StringBuilder into)
{
    const int Width = 76;
    const int LongestWord = 900;
    int column;

    /// <summary>A field of free text.</summary>
    /// <exception cref="ArgumentException">The name is not a field name (RFC 5322 §2.2).</exception>
    internal void Text(string name, string value)
    {
        Start(name);
        value = OneLine(value);
        if (NeedsEncoding(value)) Encoded(value);
        else
        {
            foreach (var word in value.Split(' ')) Word(word);
        }
        End();
    }

    /// <summary>A field of mailboxes.</summary>
    internal void Addresses(string name, IReadOnlyList<MailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        Start(name);
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = Address(addresses[i].Address);
            var comma = i < addresses.Count - 1 ? "," : "";
            var display = OneLine(addresses[i].Name).Trim();
            if (display.Length == 0)
            {
                Word(address + comma);
                continue;
            }
            if (NeedsEncoding(display)) Encoded(display);
            else if (display.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_'))
            {
                foreach (var word in display.Split(' ')) Word(word);
            }
            else Word('"' + display.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"');
            Word($"<{address}>{comma}");
        }
        End();
    }

    /// <summary>A field of Message-IDs, each in angle brackets.</summary>
    internal void Ids(string name, IEnumerable<string> ids)
    {
        var clean = ids.Select(Id).Where(id => id.Length > 0).ToList();
        if (clean.Count == 0) return;
        Start(name);
        foreach (var id in clean) Word($"<{id}>");
        End();
    }

    /// <summary>A value with one parameter, the parameter continued and percent-coded where needed (RFC 2231).</summary>
    internal void Parameter(string name, string value, string parameter, string text)
    {
        Start(name);
        text = OneLine(text);
        if (!NeedsEncoding(text) && text.Length <= 60)
        {
            Word(value + ";");
            Word($"{parameter}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
        else
        {
            Word(value + ";");
            var pieces = Percent(text, 50);
            for (var i = 0; i < pieces.Count; i++)
            {
                var number = pieces.Count == 1 ? "" : $"*{i}";
                Word($"{parameter}{number}*={(i == 0 ? "utf-8''" : "")}{pieces[i]}{(i < pieces.Count - 1 ? ";" : "")}");
            }
        }
        End();
    }

    void Start(string name)
    {
        if (name.Length is 0 or > 76 || !name.All(c => c is > ' ' and < '\x7f' and not ':')) throw new ArgumentException("This is not the name of a header field.", nameof(name));
        into.Append(name).Append(':');
        column = name.Length + 1;
    }

    void End() => into.Append("\r\n");

    void Word(string word)
    {
        // Cut what no fold can hold: a line may have 998 characters (RFC 5322 §2.1.1).
        for (; word.Length > LongestWord; word = word[LongestWord..]) Word(word[..LongestWord]);
        if (column + 1 + word.Length > Width && column > 1 && word.Length > 0)
        {
            into.Append("\r\n");
            column = 0;
        }
        into.Append(' ').Append(word);
        column += 1 + word.Length;
    }

    /// <summary>Encoded words of whole characters, each at most 75 long.</summary>
    void Encoded(string value)
    {
        var run = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (run.Count + length > 42) Put();
            run.AddRange(bytes[..length]);
        }
        Put();

        void Put()
        {
            if (run.Count > 0) Word($"=?utf-8?B?{Convert.ToBase64String(run.ToArray())}?=");
            run.Clear();
        }
    }

    static List<string> Percent(string text, int most)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (piece.Length > most)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_') piece.Append((char)b);
            else piece.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        pieces.Add(piece.ToString());
        return pieces;
    }

    static bool NeedsEncoding(string value) => value.Any(c => c > 126) || value.Contains("=?", StringComparison.Ordinal) || value.Split(' ').Any(w => w.Length > LongestWord);

    /// <summary>No line ends and no control characters: nothing can begin a field of its own.</summary>
    internal static string OneLine(string value)
    {
        if (!value.Any(char.IsControl)) return value;
        var result = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is '\r' or '\n' or '\t') { if (result.Length > 0 && result[^1] != ' ') result.Append(' '); }
            else if (!char.IsControl(c)) result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>
    /// An address holds no blanks, brackets, commas or control characters outside a quoted local part. A host of other characters is written
    /// in ASCII (RFC 5890), a local part of such as UTF-8 (RFC 6532), for which the relay needs SMTPUTF8.
    /// </summary>
    static string Address(string address)
    {
        var text = OneLine(address);
        var quoted = text.StartsWith('"') && text.IndexOf("\"@", 1, StringComparison.Ordinal) > 0;
        text = string.Concat(text.Where(c => c is not ('<' or '>') && (quoted || c is not (' ' or ',' or ';' or '(' or ')' or '"'))));
        var at = text.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(text.AsSpan(at))) return text;
        try { return text[..(at + 1)] + new IdnMapping().GetAscii(text[(at + 1)..]); }
        catch (ArgumentException) { return text; }
    }

    static string Id(string id) => string.Concat(id.Where(c => c is > ' ' and < '\x7f' and not ('<' or '>')));
}

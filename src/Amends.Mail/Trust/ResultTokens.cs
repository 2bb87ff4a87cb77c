using System.Text;

namespace Amends.Mail.Trust;

/// <summary>Cuts the value of an Authentication-Results field into words, past comments and blanks (RFC 5322 §3.2). Linear, and never throws.</summary>
internal sealed class ResultTokens(string text)
{
    const int Longest = 1000;
    int at;

    /// <summary>The mark that <see cref="Next"/> stopped at.</summary>
    public char Last { get; private set; }

    /// <summary>A word or a quoted string; empty when a mark or the end comes first. Dots belong to it, equals signs do not.</summary>
    public string Word() => Read("=;/()\"");

    /// <summary>As <see cref="Word"/> for a property's value, which may hold equals signs and slashes, as base64 does.</summary>
    public string Value() => Read(";()\"");

    /// <summary>The mark that comes next, or NUL.</summary>
    public char Peek()
    {
        Skip();
        return at < text.Length ? text[at] : '\0';
    }

    /// <summary>
    /// Goes on behind one of these marks when it comes next. Looking for a semicolon passes over everything up to it, so that
    /// one result that cannot be read takes no other with it.
    /// </summary>
    public bool Next(char mark, char other = '\0')
    {
        while (true)
        {
            var next = Peek();
            if (next != '\0' && (next == mark || next == other))
            {
                (Last, at) = (next, at + 1);
                return true;
            }
            if (next == '\0' || mark != ';') return false;
            if (next == '"') Quoted(new StringBuilder());
            else at++;
        }
    }

    string Read(string ends)
    {
        Skip();
        var word = new StringBuilder();
        while (at < text.Length)
        {
            var next = text[at];
            if (next == '"') Quoted(word);
            else if (char.IsWhiteSpace(next) || ends.Contains(next)) break;
            else
            {
                if (word.Length < Longest && !char.IsControl(next)) word.Append(next);
                at++;
            }
        }
        return word.ToString();
    }

    void Quoted(StringBuilder word)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            if (word.Length < Longest && !char.IsControl(text[at])) word.Append(text[at]);
        }
        if (at < text.Length) at++;
    }

    /// <summary>Past blanks and comments, which nest.</summary>
    void Skip()
    {
        for (var depth = 0; at < text.Length; at++)
        {
            var next = text[at];
            if (depth > 0 && next == '\\') at++;
            else if (next == '(') depth++;
            else if (next == ')' && depth > 0) depth--;
            else if (depth == 0 && !char.IsWhiteSpace(next)) return;
        }
        at = Math.Min(at, text.Length);
    }
}

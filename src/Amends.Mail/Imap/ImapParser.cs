using System.Globalization;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>
/// Reads the values of one response whose literals were already taken off the wire. Works on bytes; throws only
/// <see cref="ImapFailure"/>, and uses neither more depth nor more values than its bounds allow.
/// </summary>
internal sealed class ImapParser(IReadOnlyList<byte[]> texts, IReadOnlyList<byte[]> literals, ImapBounds bounds)
{
    private int segment;
    private int at;
    private int count;

    /// <summary>Length of a literal announced at the end of a line (<c>{n}</c> or <c>~{n}</c>), or −1 when there is none.</summary>
    /// <exception cref="ImapFailure">It looks like one and its number is nonsense.</exception>
    public static long AnnouncedLiteral(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || line[^1] != '}') return -1;
        var open = line.LastIndexOf((byte)'{');
        if (open < 0) return -1;
        var digits = line[(open + 1)..^1];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return -1;
        return digits.Length <= 18 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new ImapFailure(MailTrouble.Limit, "The IMAP server announced a literal of absurd length.");
    }

    /// <summary>All values to the end of the response.</summary>
    public List<ImapValue> ReadAll(int skip)
    {
        at = skip;
        var top = new List<ImapValue>();
        var open = new Stack<List<ImapValue>>();
        var list = top;
        while (true)
        {
            while (Peek() == ' ') at++;
            var next = Peek();
            if (next < 0)
            {
                if (open.Count > 0) throw Broken("a list without end");
                return top;
            }
            if (++count > bounds.Items) throw new ImapFailure(MailTrouble.Limit, $"The IMAP server sent more than {bounds.Items} values at once.");
            switch (next)
            {
                case '(':
                    at++;
                    if (open.Count >= bounds.Depth) throw new ImapFailure(MailTrouble.Limit, $"The IMAP server nested lists more than {bounds.Depth} deep.");
                    open.Push(list);
                    list = [];
                    break;
                case ')':
                    at++;
                    if (!open.TryPop(out var outer)) throw Broken("a list end without a start");
                    outer.Add(ImapValue.List(list));
                    list = outer;
                    break;
                case '"':
                    list.Add(ImapValue.String(Quoted()));
                    break;
                case '~' or '{' when Literal() is { } literal:
                    list.Add(ImapValue.String(literal));
                    break;
                default:
                    list.Add(ImapValue.Atom(Atom()));
                    break;
            }
        }
    }

    private static ImapFailure Broken(string what) => new(MailTrouble.Garbage, $"The IMAP server sent {what}.");

    private int Peek() => at < texts[segment].Length ? texts[segment][at] : -1;

    private byte[]? Literal()
    {
        var rest = texts[segment].AsSpan(at);
        if (rest[0] == '~') rest = rest[1..];
        if (rest.IsEmpty || rest[0] != '{' || segment >= literals.Count || AnnouncedLiteral(rest) < 0 || rest.LastIndexOf((byte)'{') != 0) return null;
        at = 0;
        return literals[segment++];
    }

    private ReadOnlyMemory<byte> Quoted()
    {
        var text = texts[segment];
        var first = ++at;
        var plain = true;
        for (; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                plain = false;
                at++;
            }
            else if (text[at] == '"')
            {
                var inside = text.AsMemory(first, at++ - first);
                return plain ? inside : Unescaped(inside.Span);
            }
        }
        throw Broken("a string without end");
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> text)
    {
        var plain = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Add(text[i]);
        }
        return [.. plain];
    }

    // Lenient on purpose: an atom is what stands between delimiters; BODY[...] keeps what is between its brackets.
    private ReadOnlyMemory<byte> Atom()
    {
        var text = texts[segment];
        var first = at;
        var bracket = false;
        for (; at < text.Length; at++)
        {
            var octet = text[at];
            if (octet == '[') bracket = true;
            else if (octet == ']') bracket = false;
            else if (!bracket && octet is (byte)' ' or (byte)'(' or (byte)')' or (byte)'"') break;
        }
        return text.AsMemory(first, at - first);
    }
}

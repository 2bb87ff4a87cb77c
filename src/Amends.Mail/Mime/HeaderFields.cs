using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Cuts a header block into fields (RFC 5322 §2.2), with CRLF, LF or CR ends and raw 8-bit bytes.</summary>
internal static class HeaderFields
{
    /// <summary>The fields, and where the body starts.</summary>
    internal static (MailHeaders Fields, int Body) Read(ReadOnlySpan<byte> source, MimeLimits limits, Repairs repairs, bool top)
    {
        var at = 0;
        var fields = new List<MailHeader>();
        byte[]? name = null;
        var value = new MemoryStream();
        if (top)
        {
            while (at < source.Length && source[at] is (byte)'\r' or (byte)'\n') at++;
            if (source[at..].StartsWith("From "u8) || source[at..].StartsWith(">From "u8)) at = NextLine(source, at);
        }
        while (at < source.Length)
        {
            if (at > limits.HeaderBytes)
            {
                repairs.Note($"The header block is larger than {limits.HeaderBytes} bytes; the rest of it was not read.");
                at = BlankLine(source, at);
                break;
            }
            var next = NextLine(source, at);
            var line = Trimmed(source[at..next]);
            if (line.IsEmpty)
            {
                at = next;
                break;
            }
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (name is not null) Append(value, line, limits, repairs);
                at = next;
                continue;
            }
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || !IsName(line[..colon]))
            {
                // A stray line between fields is passed over; anything else is a body without its empty line before it.
                if (next < source.Length && StartsField(source[next..]))
                {
                    repairs.Note("A line among the header fields is not one; it was passed over.");
                    at = next;
                    continue;
                }
                repairs.Note("The empty line between header and body is missing.");
                break;
            }
            Flush();
            name = line[..colon].ToArray();
            Append(value, line[(colon + 1)..], limits, repairs);
            at = next;
        }
        Flush();
        return (new MailHeaders(fields), at);

        void Flush()
        {
            if (name is not null)
            {
                var raw = Charsets.Guess(value.GetBuffer().AsSpan(0, (int)value.Length)).Replace("\0", "", StringComparison.Ordinal).Trim();
                fields.Add(new MailHeader(Encoding.ASCII.GetString(name).TrimEnd(), raw, Clean(EncodedWords.Decode(raw, repairs))));
            }
            name = null;
            value.SetLength(0);
        }
    }

    static void Append(MemoryStream value, ReadOnlySpan<byte> line, MimeLimits limits, Repairs repairs)
    {
        var room = limits.HeaderLineBytes - (int)value.Length;
        if (line.Length > room)
        {
            repairs.Note($"A header field is longer than {limits.HeaderLineBytes} bytes; its end was dropped.");
            line = line[..Math.Max(0, room)];
        }
        value.Write(line);
    }

    /// <summary>Decoded values hold no line ends and no NUL, so that nothing built from them can start a new field.</summary>
    static string Clean(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
            ? value
            : value.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Replace("\0", "", StringComparison.Ordinal);

    static bool StartsField(ReadOnlySpan<byte> source)
    {
        var head = source[..Math.Min(source.Length, 80)];
        var colon = head.IndexOf((byte)':');
        return colon > 0 && IsName(head[..colon]);
    }

    static bool IsName(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd(" \t"u8);
        foreach (var b in name)
        {
            if (b is <= 32 or >= 127) return false;
        }
        return !name.IsEmpty;
    }

    static int NextLine(ReadOnlySpan<byte> source, int at)
    {
        var cut = source[at..].IndexOf((byte)'\n');
        return cut < 0 ? source.Length : at + cut + 1;
    }

    static int BlankLine(ReadOnlySpan<byte> source, int at)
    {
        for (; at < source.Length; at = NextLine(source, at))
        {
            if (Trimmed(source[at..NextLine(source, at)]).IsEmpty) return NextLine(source, at);
        }
        return source.Length;
    }

    static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line) => line.TrimEnd("\r\n"u8);
}

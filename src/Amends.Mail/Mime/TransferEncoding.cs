namespace Amends.Mail.Mime;

/// <summary>Undoes Content-Transfer-Encoding (RFC 2045 §6); damaged input gives what can be saved of it.</summary>
internal static class TransferEncoding
{
    /// <summary>Decodes; an unknown name leaves the bytes as they are.</summary>
    internal static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? name) => (name ?? "").Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body.Span),
        "quoted-printable" => QuotedPrintable(body.Span, header: false),
        "x-uuencode" or "uuencode" or "x-uue" or "uue" => Uuencode.Decode(body.Span),
        _ => body,
    };

    /// <summary>Skips what is not of the alphabet; a padding inside ends one run and starts the next.</summary>
    internal static byte[] Base64(ReadOnlySpan<byte> source)
    {
        var result = new byte[source.Length / 4 * 3 + 3];
        int length = 0, bits = 0, count = 0;
        foreach (var b in source)
        {
            var six = Six(b);
            if (six < 0)
            {
                if (b == (byte)'=') { bits = 0; count = 0; }
                continue;
            }
            bits = (bits << 6) | six;
            count += 6;
            if (count < 8) continue;
            count -= 8;
            result[length++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }
        return result.AsSpan(0, length).ToArray();
    }

    /// <summary>In a header an underscore is a space (RFC 2047 §4.2) and line ends mean nothing.</summary>
    internal static byte[] QuotedPrintable(ReadOnlySpan<byte> source, bool header)
    {
        var result = new byte[source.Length];
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var b = source[i];
            if (b == (byte)'\n' && !header)
            {
                // Blanks at a line's end were added on the way (RFC 2045 §6.7 rule 3).
                var end = length;
                var crlf = end > 0 && result[end - 1] == (byte)'\r';
                if (crlf) end--;
                while (end > 0 && result[end - 1] is (byte)' ' or (byte)'\t' && !Protected(source, i, crlf)) end--;
                length = end;
                if (crlf) result[length++] = (byte)'\r';
                result[length++] = b;
            }
            else if (b == (byte)'_' && header) result[length++] = (byte)' ';
            else if (b != (byte)'=') result[length++] = b;
            else if (i + 2 < source.Length && Hex(source[i + 1]) is >= 0 and var high && Hex(source[i + 2]) is >= 0 and var low)
            {
                result[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (SoftBreak(source, i + 1) is > 0 and var next && !header) i = next - 1;
            else result[length++] = b;
        }
        return result.AsSpan(0, length).ToArray();
    }

    /// <summary>An encoded blank (=20) before the line end stays.</summary>
    static bool Protected(ReadOnlySpan<byte> source, int lineFeed, bool crlf)
    {
        var last = lineFeed - (crlf ? 2 : 1);
        return last >= 2 && source[last] is not ((byte)' ' or (byte)'\t');
    }

    /// <summary>Where the next line starts if only blanks stand before it, else -1.</summary>
    static int SoftBreak(ReadOnlySpan<byte> source, int from)
    {
        var i = from;
        while (i < source.Length && source[i] is (byte)' ' or (byte)'\t' or (byte)'\r') i++;
        if (i >= source.Length) return i;
        return source[i] == (byte)'\n' ? i + 1 : -1;
    }

    internal static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        _ => -1,
    };

    static int Six(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}

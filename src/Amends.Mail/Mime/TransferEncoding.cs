using System.Buffers;

namespace Amends.Mail.Mime;

/// <summary>Undoes Content-Transfer-Encoding (RFC 2045 §6); damaged input gives what can be saved of it.</summary>
internal static class TransferEncoding
{
    static readonly SearchValues<byte> BodyMarks = SearchValues.Create("=\n"u8);
    static readonly SearchValues<byte> HeaderMarks = SearchValues.Create("=_"u8);

    internal enum Kind { None, Base64, QuotedPrintable, Uuencode }

    /// <summary>What an encoding's name means; writers quote it, add comments, or name nothing that exists.</summary>
    internal static Kind KindOf(string? name)
    {
        var word = (name ?? "").AsSpan().Trim(" \t\"';");
        if (word.IndexOfAny(" ;(") is > 0 and var cut) word = word[..cut];
        if (word.Equals("base64", StringComparison.OrdinalIgnoreCase)) return Kind.Base64;
        if (word.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase)) return Kind.QuotedPrintable;
        return word.Equals("uuencode", StringComparison.OrdinalIgnoreCase) || word.Equals("x-uuencode", StringComparison.OrdinalIgnoreCase)
            || word.Equals("x-uue", StringComparison.OrdinalIgnoreCase) || word.Equals("uue", StringComparison.OrdinalIgnoreCase) ? Kind.Uuencode : Kind.None;
    }

    /// <summary>Decodes; an unknown name leaves the bytes as they are, without a copy.</summary>
    internal static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? name, Repairs? repairs = null)
    {
        var damaged = false;
        ReadOnlyMemory<byte> content;
        switch (KindOf(name))
        {
            case Kind.Base64: content = Base64(body.Span, out damaged); break;
            case Kind.QuotedPrintable: content = QuotedPrintable(body.Span, header: false, out damaged); break;
            case Kind.Uuencode: content = Uuencode.Decode(body.Span); break;
            default: return body;
        }
        if (damaged) repairs?.Note(MailNoteKind.TransferEncoding, KindOf(name) == Kind.Base64
            ? "A part's base64 is damaged; what could be read of it was." : "A part's quoted-printable is damaged; what could be read of it was.");
        return content;
    }

    /// <summary>Skips what is not of the alphabet; a padding inside ends one run and starts the next.</summary>
    internal static ReadOnlyMemory<byte> Base64(ReadOnlySpan<byte> source, out bool damaged)
    {
        var result = GC.AllocateUninitializedArray<byte>(source.Length / 4 * 3 + 3);
        int length = 0, bits = 0, count = 0, at = 0;
        // Lines as they should be go through the vectorised decoder; the first that is not leaves the rest to the patient one.
        while (at < source.Length)
        {
            var cut = source[at..].IndexOf((byte)'\n');
            var line = (cut < 0 ? source[at..] : source.Slice(at, cut)).TrimEnd(" \r\t"u8);
            if (line.Length % 4 != 0 || System.Buffers.Text.Base64.DecodeFromUtf8(line, result.AsSpan(length), out _, out var written) != OperationStatus.Done) break;
            length += written;
            at = cut < 0 ? source.Length : at + cut + 1;
        }
        damaged = false;
        foreach (var b in source[at..])
        {
            var six = Six(b);
            if (six < 0)
            {
                if (b == (byte)'=') { bits = 0; count = 0; }
                else if (b is not ((byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')) damaged = true;
                continue;
            }
            bits = (bits << 6) | six;
            count += 6;
            if (count < 8) continue;
            count -= 8;
            result[length++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }
        return result.AsMemory(0, length);
    }

    /// <summary>In a header an underscore is a space (RFC 2047 §4.2) and line ends mean nothing.</summary>
    internal static ReadOnlyMemory<byte> QuotedPrintable(ReadOnlySpan<byte> source, bool header, out bool damaged)
    {
        var result = GC.AllocateUninitializedArray<byte>(source.Length);
        var marks = header ? HeaderMarks : BodyMarks;
        var length = 0;
        damaged = false;
        for (var i = 0; i < source.Length; i++)
        {
            var run = source[i..].IndexOfAny(marks);
            if (run < 0) run = source.Length - i;
            source.Slice(i, run).CopyTo(result.AsSpan(length));
            length += run;
            i += run;
            if (i >= source.Length) break;
            var b = source[i];
            if (b == (byte)'\n')
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
            else if (b == (byte)'_') result[length++] = (byte)' ';
            else if (i + 2 < source.Length && Hex(source[i + 1]) is >= 0 and var high && Hex(source[i + 2]) is >= 0 and var low)
            {
                result[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (!header && SoftBreak(source, i + 1) is >= 0 and var next) i = next - 1;
            else
            {
                result[length++] = b;
                damaged = true;
            }
        }
        return result.AsMemory(0, length);
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

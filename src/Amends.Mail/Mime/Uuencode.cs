namespace Amends.Mail.Mime;

/// <summary>Reads uuencoded content: <c>begin 644 name</c>, lines, <c>end</c> (POSIX uuencode).</summary>
internal static class Uuencode
{
    internal static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> source)
    {
        var result = GC.AllocateUninitializedArray<byte>(source.Length);
        var length = 0;
        var inside = false;
        while (!source.IsEmpty)
        {
            var line = Line(ref source);
            if (!inside)
            {
                inside = line.StartsWith("begin "u8);
                continue;
            }
            if (line.SequenceEqual("end"u8)) break;
            length += DecodeLine(line, result.AsSpan(length));
        }
        return result.AsMemory(0, length);
    }

    /// <summary>A file that stood in a text.</summary>
    internal sealed record File(string Name, ReadOnlyMemory<byte> Content);

    /// <summary>
    /// Takes whole files out of a text. A block counts only if every line of it has the length that its first character says, so that a
    /// sentence which begins with "begin" stays a sentence.
    /// </summary>
    /// <returns>The text without them (the same bytes where there are none), and the files.</returns>
    internal static (ReadOnlyMemory<byte> Text, IReadOnlyList<File> Files) Extract(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        List<File>? files = null;
        MemoryStream? kept = null;
        var from = 0;
        for (var at = 0; at < span.Length && (files?.Count ?? 0) < 1000;)
        {
            var hit = span[at..].IndexOf("begin "u8);
            if (hit < 0) break;
            at += hit;
            if ((at > 0 && span[at - 1] != (byte)'\n') || Block(span[at..]) is not { } block)
            {
                at += 6;
                continue;
            }
            (files ??= []).Add(new File(block.Name, Decode(span.Slice(at, block.Length))));
            (kept ??= new MemoryStream()).Write(span[from..at]);
            at += block.Length;
            from = at;
        }
        if (files is null) return (text, []);
        kept!.Write(span[from..]);
        return (kept.GetBuffer().AsMemory(0, (int)kept.Length), files);
    }

    static (string Name, int Length)? Block(ReadOnlySpan<byte> source)
    {
        var rest = source;
        var first = Line(ref rest)[6..];
        var digits = first.IndexOf((byte)' ');
        if (digits is not (3 or 4) || first[..digits].IndexOfAnyExceptInRange((byte)'0', (byte)'7') >= 0) return null;
        var name = FileNames.Clean(Charsets.Guess(first[(digits + 1)..]));
        if (name.Length == 0) return null;
        for (var lines = 0; !rest.IsEmpty; lines++)
        {
            var line = Line(ref rest);
            if (line.SequenceEqual("end"u8)) return lines > 0 ? (name, source.Length - rest.Length) : null;
            if (!IsWhole(line)) return null;
        }
        return null;
    }

    /// <summary>Blanks at the end, which stand for zeros, may have been lost on the way; a checksum character may follow.</summary>
    static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return true;
        if (line.IndexOfAnyExceptInRange((byte)' ', (byte)'`') >= 0) return false;
        var bytes = Six(line[0]);
        var full = (bytes + 2) / 3 * 4;
        var has = line.Length - 1;
        return has <= full + 2 && (has >= full - 2 || line.IndexOf((byte)' ') > 0 || bytes == 0);
    }

    static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> source)
    {
        var cut = source.IndexOf((byte)'\n');
        var line = (cut < 0 ? source : source[..cut]).TrimEnd((byte)'\r');
        source = cut < 0 ? default : source[(cut + 1)..];
        return line;
    }

    static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> into)
    {
        if (line.IsEmpty) return 0;
        var length = 0;
        var left = Six(line[0]);
        for (var i = 1; left > 0 && i < line.Length; i += 4)
        {
            int a = Six(line[i]), b = At(line, i + 1), c = At(line, i + 2), d = At(line, i + 3);
            into[length++] = (byte)((a << 2) | (b >> 4));
            if (--left == 0) break;
            into[length++] = (byte)((b << 4) | (c >> 2));
            if (--left == 0) break;
            into[length++] = (byte)((c << 6) | d);
            left--;
        }
        return length;
    }

    static int At(ReadOnlySpan<byte> line, int i) => i < line.Length ? Six(line[i]) : 0;

    static int Six(byte b) => (b - 32) & 63;
}

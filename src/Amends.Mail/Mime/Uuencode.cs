namespace Amends.Mail.Mime;

/// <summary>Reads uuencoded content: <c>begin 644 name</c>, lines, <c>end</c>.</summary>
internal static class Uuencode
{
    internal static byte[] Decode(ReadOnlySpan<byte> source)
    {
        var result = new byte[source.Length];
        var length = 0;
        var inside = false;
        while (!source.IsEmpty)
        {
            var cut = source.IndexOf((byte)'\n');
            var line = (cut < 0 ? source : source[..cut]).TrimEnd((byte)'\r');
            source = cut < 0 ? default : source[(cut + 1)..];
            if (!inside)
            {
                inside = line.StartsWith("begin "u8);
                continue;
            }
            if (line.SequenceEqual("end"u8)) break;
            if (line.IsEmpty) continue;
            var left = Six(line[0]);
            for (var i = 1; left > 0 && i < line.Length; i += 4)
            {
                int a = Six(line[i]), b = At(line, i + 1), c = At(line, i + 2), d = At(line, i + 3);
                result[length++] = (byte)((a << 2) | (b >> 4));
                if (--left > 0) { result[length++] = (byte)((b << 4) | (c >> 2)); left--; }
                else continue;
                if (left > 0) { result[length++] = (byte)((c << 6) | d); left--; }
            }
        }
        return result.AsSpan(0, length).ToArray();
    }

    static int At(ReadOnlySpan<byte> line, int i) => i < line.Length ? Six(line[i]) : 0;

    static int Six(byte b) => (b - 32) & 63;
}

using System.Buffers.Binary;

namespace Amends.Mail.Mime;

/// <summary>Reads a list of MAPI properties as TNEF writes it (MS-OXTNEF §2.1.3.4).</summary>
internal static class TnefProperties
{
    const int Most = 10_000;

    /// <summary>The properties in order, of several values the first; ends where the bytes do not hold.</summary>
    internal static IEnumerable<(int Id, int Type, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> rest)
    {
        if (Number(ref rest) is not { } count) yield break;
        for (var i = 0; i < Math.Min(count, Most); i++)
        {
            if (Number(ref rest) is not { } tag) yield break;
            int type = (int)(tag & 0x0FFF), id = (int)(tag >> 16);
            var several = (tag & 0x1000) != 0;
            if (id >= 0x8000 && !SkipName(ref rest)) yield break;
            var variable = type is 0x1E or 0x1F or 0x102 or 0x0D;
            long values = 1;
            if (several || variable)
            {
                if (Number(ref rest) is not { } given) yield break;
                values = given;
            }
            ReadOnlyMemory<byte>? first = null;
            for (long v = 0; v < values; v++)
            {
                if (Value(ref rest, type, variable) is not { } value) yield break;
                first ??= value;
            }
            if (first is { } found) yield return (id, type, found);
        }
    }

    static ReadOnlyMemory<byte>? Value(ref ReadOnlyMemory<byte> rest, int type, bool variable)
    {
        long length;
        if (variable)
        {
            if (Number(ref rest) is not { } given) return null;
            length = given;
        }
        else
        {
            length = type switch
            {
                0x02 or 0x03 or 0x04 or 0x0A or 0x0B => 4,
                0x05 or 0x06 or 0x07 or 0x14 or 0x40 => 8,
                0x48 => 16,
                _ => -1,
            };
        }
        if (length < 0 || length > rest.Length) return null;
        var value = rest[..(int)length];
        rest = rest[(int)Math.Min(rest.Length, (length + 3) / 4 * 4)..];
        return value;
    }

    /// <summary>Named properties carry a GUID and a number or a name.</summary>
    static bool SkipName(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < 16) return false;
        rest = rest[16..];
        if (Number(ref rest) is not { } kind || Number(ref rest) is not { } length) return false;
        if (kind == 0) return true;
        if (length > rest.Length) return false;
        rest = rest[(int)Math.Min(rest.Length, ((long)length + 3) / 4 * 4)..];
        return true;
    }

    static uint? Number(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < 4) return null;
        var number = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
        rest = rest[4..];
        return number;
    }
}

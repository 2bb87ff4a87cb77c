using System.Buffers.Binary;
using System.Text;

namespace Amends.Mail.Tests.Mime;

/// <summary>Writes winmail.dat files (MS-OXTNEF) to read.</summary>
static class TnefBytes
{
    internal static byte[] Of(params byte[][] attributes) => [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. attributes.SelectMany(a => a)];

    internal static byte[] Attribute(byte level, int id, byte[] data)
    {
        ushort sum = 0;
        foreach (var b in data) sum += b;
        return [level, .. Four(id), .. Four(data.Length), .. data, (byte)sum, (byte)(sum >> 8)];
    }

    internal static byte[] Message(params byte[][] properties) => Attribute(1, 0x00069003, [.. Four(properties.Length), .. properties.SelectMany(p => p)]);

    /// <summary>A file as Outlook writes it: the short name, the bytes, and the long name among the properties.</summary>
    internal static byte[] File(string shortName, string longName, byte[] content, params byte[][] properties) =>
    [
        .. Attribute(2, 0x00069002, new byte[14]),
        .. Attribute(2, 0x00018010, [.. Encoding.Latin1.GetBytes(shortName), 0]),
        .. Attribute(2, 0x0006800F, content),
        .. Attribute(2, 0x00069005, [.. Four(properties.Length + 1), .. Property(0x3707, 0x1F, Encoding.Unicode.GetBytes(longName + "\0")), .. properties.SelectMany(p => p)]),
    ];

    internal static byte[] Property(int id, int type, byte[] value) =>
        [.. Four((id << 16) | type), .. Four(1), .. Four(value.Length), .. value, .. new byte[(4 - value.Length % 4) % 4]];

    internal static byte[] Number(int id, int value) => [.. Four((id << 16) | 3), .. Four(value)];

    /// <summary>RTF that is stored and not packed.</summary>
    internal static byte[] Stored(string rtf) => Rtf(0x414C454D, rtf.Length, Encoding.Latin1.GetBytes(rtf));

    /// <summary>LZFu: one letter, then references to what was just written.</summary>
    internal static byte[] Compressed(char letter, int times)
    {
        var packed = new List<byte>();
        var write = 207;
        // The first run of eight: seven letters as they are and then the references, each of the 17 bytes before.
        packed.Add(0);
        for (var i = 0; i < 8; i++, write++) packed.Add((byte)letter);
        packed.Add(0);
        for (var i = 0; i < 8; i++, write++) packed.Add((byte)letter);
        packed.Add(0);
        for (var i = 0; i < 8; i++, write++) packed.Add((byte)letter);
        for (var written = 24; written < times;)
        {
            packed.Add(0xFF);
            for (var bit = 0; bit < 8; bit++, written += 17)
            {
                var from = (write - 17) & 4095;
                packed.Add((byte)(from >> 4));
                packed.Add((byte)((from << 4) | 15));
                write = (write + 17) & 4095;
            }
        }
        return Rtf(0x75465A4C, times, [.. packed]);
    }

    static byte[] Rtf(int kind, int size, byte[] packed) => [.. Four(packed.Length + 12), .. Four(size), .. Four(kind), .. Four(0), .. packed];

    static byte[] Four(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}

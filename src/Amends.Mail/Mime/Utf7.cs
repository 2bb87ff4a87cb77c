using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Reads UTF-7 (RFC 2152), which the platform no longer does; for reading only.</summary>
internal static class Utf7
{
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'+')
            {
                text.Append((char)bytes[i]);
                continue;
            }
            var start = ++i;
            uint bits = 0;
            var count = 0;
            for (; i < bytes.Length && Value(bytes[i]) is >= 0 and var six; i++)
            {
                bits = (bits << 6) | (uint)six;
                count += 6;
                if (count < 16) continue;
                count -= 16;
                text.Append((char)((bits >> count) & 0xFFFF));
            }
            if (i == start) text.Append('+');
            if (i < bytes.Length && bytes[i] == (byte)'-') continue;
            i--;
        }
        return text.ToString();
    }

    static int Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}

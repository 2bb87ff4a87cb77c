using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Writes bodies: text as quoted-printable, bytes as base64 (RFC 2045 §6.7, §6.8), lines of at most 76 characters.</summary>
internal static class BodyWriter
{
    const string Digits = "0123456789ABCDEF";

    internal static void QuotedPrintable(StringBuilder into, string text)
    {
        var lines = text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n').Split('\n');
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            var column = 0;
            for (var i = 0; i < bytes.Length; i++)
            {
                var b = bytes[i];
                var last = i == bytes.Length - 1;
                // A dot at a line's start and "From " are coded, so that no relay on the way need touch them.
                var plain = (b is >= 33 and <= 126 && b != (byte)'=' && !(column == 0 && b is (byte)'.' or (byte)'F' && column == 0)) || (b is (byte)' ' or (byte)'\t' && !last);
                var width = plain ? 1 : 3;
                if (column + width > 75)
                {
                    into.Append("=\r\n");
                    column = 0;
                    plain = plain && b is not ((byte)'.' or (byte)'F');
                    width = plain ? 1 : 3;
                }
                if (plain) into.Append((char)b);
                else into.Append('=').Append(Digits[b >> 4]).Append(Digits[b & 15]);
                column += width;
            }
            into.Append("\r\n");
        }
    }

    internal static void Base64(StringBuilder into, ReadOnlySpan<byte> content)
    {
        for (var at = 0; at < content.Length; at += 57)
            into.Append(Convert.ToBase64String(content.Slice(at, Math.Min(57, content.Length - at)))).Append("\r\n");
    }
}

using System.Text;

namespace Amends.Mail.Imap;

/// <summary>Mailbox names on the wire: modified UTF-7 (RFC 3501 §5.1.3).</summary>
internal static class MailboxName
{
    /// <summary>The wire form of a name.</summary>
    public static string Encode(string name)
    {
        var wire = new StringBuilder();
        for (var i = 0; i < name.Length;)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                wire.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
                continue;
            }
            var first = i;
            while (i < name.Length && name[i] is < ' ' or > '~') i++;
            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[first..i]));
            wire.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
        }
        return wire.ToString();
    }

    /// <summary>The name of a wire form; what is not modified UTF-7 stays as it is.</summary>
    public static string Decode(string wire)
    {
        var name = new StringBuilder();
        for (var i = 0; i < wire.Length;)
        {
            var end = wire[i] == '&' ? wire.IndexOf('-', i) : -1;
            if (end < 0)
            {
                name.Append(wire[i++]);
                continue;
            }
            var coded = wire[(i + 1)..end];
            name.Append(coded.Length == 0 ? "&" : Run(coded) ?? wire[i..(end + 1)]);
            i = end + 1;
        }
        return name.ToString();
    }

    private static string? Run(string coded)
    {
        var base64 = coded.Replace(',', '/');
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var count) && count > 0 && count % 2 == 0
            ? Encoding.BigEndianUnicode.GetString(bytes, 0, count)
            : null;
    }
}

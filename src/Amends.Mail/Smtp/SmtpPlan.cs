using System.Globalization;
using System.Text;

namespace Amends.Mail.Smtp;

/// <summary>The commands for one mail on one server, or why the server cannot carry it.</summary>
internal readonly record struct SmtpPlan(string Mail, string[] Rcpts, (string Enhanced, string Text)? Refusal)
{
    private static readonly IdnMapping Idn = new();

    /// <param name="server">What it offers decides what is asked of it.</param>
    /// <param name="from">The return path.</param>
    /// <param name="recipients">One or more.</param>
    /// <param name="mail">The whole mail.</param>
    /// <param name="envelopeId">What reports about the mail shall name it by (RFC 3461 §4.4), where the server can.</param>
    public static SmtpPlan For(SmtpDialogue server, string from, IReadOnlyList<string> recipients, ReadOnlySpan<byte> mail, string? envelopeId)
    {
        if (server.SizeLimit > 0 && mail.Length > server.SizeLimit)
            return Refuse("5.3.4", $"takes mails up to {server.SizeLimit} bytes; this one has {mail.Length}.");
        var end = mail.IndexOf("\r\n\r\n"u8);
        if (end < 0) end = mail.IndexOf("\n\n"u8);
        var header = end < 0 ? mail : mail[..end];
        var utf8 = !Ascii.IsValid(header);
        var eightBit = utf8 || !Ascii.IsValid(mail);
        if (eightBit && !server.EightBit) return Refuse("5.6.3", "takes only 7-bit mail (no 8BITMIME); this one has other bytes.");

        var sender = server.Utf8 ? from : Downgraded(from);
        var targets = server.Utf8 ? recipients : [.. recipients.Select(Downgraded)];
        utf8 = utf8 || !Ascii.IsValid(sender) || targets.Any(static address => !Ascii.IsValid(address));
        if (utf8 && !server.Utf8) return Refuse("5.6.7", "does not take international addresses or headers (no SMTPUTF8).");

        var command = new StringBuilder("MAIL FROM:<").Append(sender).Append('>');
        if (server.Size) command.Append(CultureInfo.InvariantCulture, $" SIZE={mail.Length}");
        if (eightBit) command.Append(" BODY=8BITMIME");
        if (utf8) command.Append(" SMTPUTF8");
        if (!server.Dsn) return new(command.ToString(), [.. targets.Select(static address => $"RCPT TO:<{address}>")], null);
        // A report has the header, which names the mail, and not the whole of it once more. Mail without a return path asks for none.
        command.Append(" RET=HDRS");
        if (envelopeId is { Length: > 0 and <= 100 }) command.Append(" ENVID=").Append(Xtext(envelopeId));
        return new(command.ToString(), [.. targets.Select(address => $"RCPT TO:<{address}> NOTIFY={(from.Length == 0 ? "NEVER" : "FAILURE,DELAY")}{Original(address)}")], null);
    }

    private static string Original(string address) => Ascii.IsValid(address) && address.Length <= 400 ? " ORCPT=rfc822;" + Xtext(address) : "";

    /// <summary>RFC 3461 §4: printable ASCII, with plus, equals and whatever else as a plus and two digits.</summary>
    private static string Xtext(string text)
    {
        var coded = new StringBuilder(text.Length + 8);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > 32 and < 127 and not ((byte)'+' or (byte)'=')) coded.Append((char)octet);
            else coded.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
        }
        return coded.ToString();
    }

    private static SmtpPlan Refuse(string enhanced, string text) => new("", [], (enhanced, text));

    // A domain has an ASCII form (RFC 5890); a local part has none.
    private static string Downgraded(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address.AsSpan(at))) return address;
        try
        {
            return address[..(at + 1)] + Idn.GetAscii(address[(at + 1)..]);
        }
        catch (ArgumentException)
        {
            return address;
        }
    }
}

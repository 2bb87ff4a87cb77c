using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>
/// The one exception of <see cref="ImapClient"/> besides cancellation: the server said no, spoke nonsense, broke a
/// bound or went away. Its message is one sentence for a person and holds no password and no mail.
/// </summary>
public sealed class ImapFailure : Exception
{
    internal ImapFailure(MailTrouble trouble, string text, string code = "", Exception? inner = null) : base(text, inner)
    {
        Trouble = trouble;
        Code = code;
    }

    /// <summary>What kind of trouble; with <see cref="MailTrouble.Refused"/> the connection is still good.</summary>
    public MailTrouble Trouble { get; }

    /// <summary>The server's response code in capitals, such as <c>TRYCREATE</c> (RFC 9051 §7.1), or empty.</summary>
    public string Code { get; }
}

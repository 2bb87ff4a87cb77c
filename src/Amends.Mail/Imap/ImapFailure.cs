using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>
/// The one exception of <see cref="ImapClient"/> besides cancellation: the server said no, spoke nonsense, broke a
/// bound or went away. Its message is one sentence for a person and holds no password and no mail.
/// </summary>
public sealed class ImapFailure : MailFailure
{
    internal ImapFailure(MailTrouble trouble, string text, string code = "", Exception? inner = null) : base(trouble, text, code, inner)
    {
    }
}

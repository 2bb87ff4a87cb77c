using Amends.Mail.Wire;

namespace Amends.Mail.Pop3;

/// <summary>One mail as the server lists it.</summary>
/// <param name="Number">Its number in this session (RFC 1939 §5); another session may give it another.</param>
/// <param name="Uid">What the server calls it in every session (UIDL, RFC 1939 §7), 1 to 70 printable characters.</param>
/// <param name="Size">Its size in bytes as the server says.</param>
public sealed record Pop3Entry(int Number, string Uid, long Size);

/// <summary>
/// The one exception of <see cref="Pop3Client"/> besides cancellation. Its message is one sentence for a person and holds
/// no password and no mail.
/// </summary>
public sealed class Pop3Failure : MailFailure
{
    internal Pop3Failure(MailTrouble trouble, string text, string code = "", Exception? inner = null) : base(trouble, text, code, inner)
    {
    }
}

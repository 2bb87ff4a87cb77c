namespace Amends.Mail.Wire;

/// <summary>
/// A mailbox that cannot be read now: the server said no, spoke nonsense, broke a bound or went away. The message is one
/// sentence for a person and holds no password and no mail.
/// </summary>
public abstract class MailFailure : Exception
{
    private protected MailFailure(MailTrouble trouble, string text, string code, Exception? inner) : base(text, inner)
    {
        Trouble = trouble;
        Code = code;
    }

    /// <summary>What kind of trouble; with <see cref="MailTrouble.Refused"/> the connection is still good.</summary>
    public MailTrouble Trouble { get; }

    /// <summary>The server's response code in capitals, such as <c>TRYCREATE</c> (RFC 9051 §7.1) or <c>IN-USE</c> (RFC 2449 §8), or empty.</summary>
    public string Code { get; }
}

using Amends.Mail.Wire;

namespace Amends.Mail.Pop3;

/// <summary>Where a mailbox is that is read by POP3.</summary>
public sealed record Pop3ClientOptions : MailboxOptions
{
    /// <summary>Mails that a mailbox may list.</summary>
    public int MaxMails { get; init; } = 1_000_000;
}

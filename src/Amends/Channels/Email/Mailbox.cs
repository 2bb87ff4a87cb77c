namespace Amends.Channels.Email;

/// <summary>An address that mail comes in by: an account that is fetched, or, without a host, an address of our own listener.</summary>
public sealed record Mailbox
{
    /// <summary>Its id; 0 for a new one.</summary>
    public long Id { get; init; }

    /// <summary>As we call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Mail to it is for us.</summary>
    public string Address { get; init; } = "";

    /// <summary><c>imap</c>, or <c>pop3</c> for a server without it.</summary>
    public string Protocol { get; init; } = "imap";

    /// <summary>Its server; <c>null</c> when our own listener takes its mail.</summary>
    public string? Host { get; init; }

    /// <summary>Usually 993 or 143; by POP3 995 or 110.</summary>
    public int Port { get; init; } = 993;

    /// <summary><c>tls</c>, <c>starttls</c>, or <c>none</c> for a server on the same machine.</summary>
    public string Security { get; init; } = "tls";

    /// <summary>The user name there.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password, sealed.</summary>
    public string? Password { get; init; }

    /// <summary>Whose consent signs in, in place of the password.</summary>
    public long? GrantId { get; init; }

    /// <summary>The folder that is read.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>Where a mail goes once it is stored; it stays, marked as seen, when <c>null</c>.</summary>
    public string? MoveTo { get; init; }

    /// <summary>Whether it is in use.</summary>
    public bool Active { get; init; } = true;

    /// <summary>What the server's UIDs are valid under; 0 before the first look.</summary>
    public long UidValidity { get; init; }

    /// <summary>The highest UID that is stored.</summary>
    public long LastUid { get; init; }

    /// <summary>The last look that went well, Unix milliseconds.</summary>
    public long? CheckedAt { get; init; }

    /// <summary>One sentence on what is wrong; <c>null</c> while all is well.</summary>
    public string? Error { get; init; }

    /// <summary>Since when it fails, Unix milliseconds.</summary>
    public long? FailingSince { get; init; }

    /// <summary>Mails on the server that are not stored, at the last reconciliation. Must be 0.</summary>
    public int Unaccounted { get; init; }

    /// <summary>When server and store were last compared, Unix milliseconds.</summary>
    public long? ReconciledAt { get; init; }

    /// <summary>Only mail from then on is taken, Unix milliseconds; <c>null</c> when all mail is.</summary>
    public long? StartAt { get; init; }

    /// <summary>What the mailbox held at <see cref="StartAt"/>: UIDVALIDITY and highest UID, or by POP3 the last unique id.</summary>
    public string? StartMark { get; init; }

    /// <summary>By POP3: whether mails stay on the server once they are stored. By IMAP they always do.</summary>
    public bool KeepOnServer { get; init; } = true;

    /// <summary>HIGHESTMODSEQ of the last comparison that found nothing missing; 0 when there is none.</summary>
    public long ComparedModseq { get; init; }

    /// <summary>The highest UID that was accounted for then.</summary>
    public long ComparedUid { get; init; }

    /// <summary>How many mails up to it were stored or ignored then.</summary>
    public long ComparedCount { get; init; }

    /// <summary>When all UIDs were compared, and not only what changed, Unix milliseconds.</summary>
    public long ComparedWholeAt { get; init; }

    /// <summary>Mail is fetched by POP3.</summary>
    internal bool IsPop3 => Protocol == "pop3";
}

/// <summary>What becomes of the mail that a mailbox holds when it is added.</summary>
/// <param name="FromNow">It is left where it is; otherwise it is taken, too.</param>
/// <param name="Mark">What it held at that moment, from <see cref="MailboxLook"/>; <c>null</c> when it could not be reached.</param>
public sealed record MailboxStart(bool FromNow, string? Mark = null);

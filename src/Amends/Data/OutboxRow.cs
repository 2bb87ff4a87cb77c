namespace Amends.Data;

/// <summary>Where an outgoing mail is, for one recipient.</summary>
public enum OutboxState
{
    /// <summary>Waits for its time; for a few seconds its writer can take it back.</summary>
    Queued = 1,

    /// <summary>One node is handing it to the server.</summary>
    Sending,

    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>The server asks to try again later.</summary>
    Deferred,

    /// <summary>It will not arrive: refused, bounced, or given up after five days.</summary>
    Failed,

    /// <summary>The demo company sends nothing; the outbox page shows it.</summary>
    Kept,

    /// <summary>Its writer took it back before it went.</summary>
    TakenBack,
}

/// <summary>An outgoing mail to one recipient.</summary>
public sealed class OutboxRow
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>The message of the conversation.</summary>
    public long MessageId { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>To whom.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>The return path; empty for mail that must never bounce.</summary>
    public string EnvelopeFrom { get; init; } = "";

    /// <summary>Message-ID without brackets.</summary>
    public string MailId { get; init; } = "";

    /// <summary>The frozen mail; read it with <see cref="Outbox.Open"/>.</summary>
    public string RawDigest { get; init; } = "";

    /// <summary>Where it is.</summary>
    public OutboxState State { get; init; }

    /// <summary>When it was queued, Unix milliseconds.</summary>
    public long QueuedAt { get; init; }

    /// <summary>When it is tried next, Unix milliseconds.</summary>
    public long DueAt { get; init; }

    /// <summary>Counts up with each claim.</summary>
    public long Epoch { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Attempts of which nobody knows whether the server took the mail.</summary>
    public int PossibleDuplicates { get; init; }

    /// <summary>The server's last words.</summary>
    public string? Reply { get; init; }
}

namespace Amends.Channels.Email;

/// <summary>A stored mail on its way into a case.</summary>
public sealed class IntakeRow
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>The mailbox it came by; 0 for our own listener.</summary>
    public long MailboxId { get; init; }

    /// <summary>What the content key of a mail begins with of which only the header was taken.</summary>
    internal const string HeaderKey = "header ";

    /// <summary>What the mail is known by.</summary>
    public string ContentKey { get; init; } = "";

    /// <summary>It was too large to take: only its header is stored, and the mail is still in its mailbox.</summary>
    public bool IsHeaderOnly => ContentKey.StartsWith(HeaderKey, StringComparison.Ordinal);

    /// <summary>The bytes, in blobs; empty when it was too large and even its header was not to be had.</summary>
    public string RawDigest { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>When it reached us, Unix milliseconds.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>The return path; <c>null</c> when not known.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>The envelope's recipients.</summary>
    public string Recipients { get; init; } = "";

    /// <summary>Where it is.</summary>
    public IntakeState State { get; init; }

    /// <summary>Counts up with each claim.</summary>
    public long Epoch { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Why it is in quarantine, or was left out.</summary>
    public string? Reason { get; init; }
}

namespace Amends.Features.Inbox;

/// <summary>A case as a list shows it; every column is stored as it is.</summary>
public sealed class InboxRow
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Preview { get; init; } = "";
    public string Customer { get; init; } = "";
    public string? Owner { get; init; }
    public long? OwnerId { get; init; }
    public int Channel { get; init; }
    public int Kind { get; init; }
    public int Stage { get; init; }
    public int Step { get; init; }
    public int WithCustomer { get; init; }
    public int WaitsForUs { get; init; }
    public int Severity { get; init; }
    public int? Mood { get; init; }
    public int? CloseReason { get; init; }

    /// <summary>Unix milliseconds, as all of these.</summary>
    public long LastMessageAt { get; init; }
    public long? NextContactAt { get; init; }
    public long? FixDueAt { get; init; }
    public long? CheckBackAt { get; init; }
    public long? CallAt { get; init; }
    public long? SnoozedUntil { get; init; }
    public long? ClosedAt { get; init; }
    public long? SeenAt { get; init; }

    /// <summary>The place in a list in the order of urgency.</summary>
    public int Band { get; init; }
    public int Rank { get; init; }

    /// <summary>The beginning of the reader's own draft.</summary>
    public string? Draft { get; init; }

    /// <summary>The customer wrote, and this reader has not looked since.</summary>
    public bool IsUnread => WaitsForUs == 1 && (SeenAt is null || SeenAt < LastMessageAt);
}

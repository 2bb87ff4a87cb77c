namespace Amends.Domain.Remedies;

/// <summary>The sorts of things that put a complaint right.</summary>
public enum RemedyKind
{
    /// <summary>Money back.</summary>
    Refund = 1,

    /// <summary>The same thing again.</summary>
    Replacement,

    /// <summary>Mended.</summary>
    Repair,

    /// <summary>Credit for later.</summary>
    Voucher,

    /// <summary>Done once more, properly.</summary>
    Redo,

    /// <summary>A plain, specific apology in writing.</summary>
    Apology,

    /// <summary>Something else that helps.</summary>
    Other,
}

/// <summary>One thing we do to put it right.</summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="Kind">Its sort.</param>
/// <param name="What">In words for the customer.</param>
/// <param name="Value">What it is worth; counts against the limit of who gives it.</param>
/// <param name="DueAt">When the customer has it.</param>
/// <param name="ApprovedBy">The second person, where the value was above the first one's limit.</param>
public sealed record Remedy(int Id, RemedyKind Kind, string What, Money Value, DateTimeOffset DueAt, string? ApprovedBy)
{
    /// <summary>The law gives it to the customer; it counts against no limit.</summary>
    public bool IsStatutory { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When it turned out not to work.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Proof, or what went wrong.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the customer still waits for it.</summary>
    public bool IsOpen => DoneAt is null && FailedAt is null;
}

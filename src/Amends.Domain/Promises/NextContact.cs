namespace Amends.Domain.Promises;

/// <summary>What we told the customer: that we contact them, about what, and by when. A case that is open always has one.</summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="What">What the customer will hear, in words for the customer.</param>
/// <param name="DueAt">By when.</param>
/// <param name="RemindAt">When its owner is reminded; some open hours before.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="MadeBy">Who made it.</param>
public sealed record NextContact(int Id, string What, DateTimeOffset DueAt, DateTimeOffset RemindAt, DateTimeOffset MadeAt, string MadeBy)
{
    /// <summary>The call that was promised; <c>null</c> when it was something else.</summary>
    public int? Call { get; init; }

    /// <summary>The offer whose answer it waits for: the customer's silence is no missed promise of ours. <c>null</c> when it is ours alone.</summary>
    public int? Offer { get; init; }

    /// <summary>When the owner was reminded.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When we did what was promised.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>When it was broken; it stays the case's next contact, overdue, until it is replaced.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>When it was moved to another date, with a reason, before it was due.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>Why it was moved.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it was missed, as the customer was told.</summary>
    public string? WhyMissed { get; init; }

    /// <summary>Whether it is broken and the customer was not told why.</summary>
    /// <param name="at">Now.</param>
    public bool NeedsExplaining(DateTimeOffset at) => WhyMissed is null && (MissedAt is not null || (DueAt < at && Offer is null));

    /// <summary>Whether the customer still waits for it: neither kept nor replaced.</summary>
    public bool IsOpen => KeptAt is null && MovedAt is null;
}

namespace Amends.Domain.Visits;

/// <summary>A visit, for which the customer never pays: the windows that they choose from, the one that is agreed, and what came of it.</summary>
/// <param name="Times">What was offered last; all of it is held for them until they choose.</param>
/// <param name="Address">Where.</param>
/// <param name="Sequence">Counts up with each change, for their calendar.</param>
public sealed record VisitState(IReadOnlyList<VisitTime> Times, string? Address, int Sequence)
{
    /// <summary>The window that is agreed.</summary>
    public VisitTime? Booked { get; init; }

    /// <summary>Who comes.</summary>
    public string? Technician { get; init; }

    /// <summary>When somebody was there, and what they found and used.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    public string? Diagnosis { get; init; }
    public string? Parts { get; init; }

    /// <summary>The customer's words when they signed it off.</summary>
    public string? SignedOffWords { get; init; }

    /// <summary>How often it did not take place, by whose doing.</summary>
    public int MissedByUs { get; init; }
    public int MissedByThem { get; init; }
    public string? MissNote { get; init; }
}

/// <summary>By whose doing a visit did not take place.</summary>
public enum VisitMiss
{
    /// <summary>Nobody of us came.</summary>
    Ours = 1,

    /// <summary>Nobody opened.</summary>
    Theirs,
}

namespace Amends.Jobs;

/// <summary>One consequence that still has to happen. It runs at least once; its id (or dedupe key) makes a second run harmless.</summary>
public sealed record Job
{
    public long Id { get; init; }

    /// <summary>Which reaction runs: the full name of its class.</summary>
    public required string Name { get; init; }
    public long? CaseNumber { get; init; }

    /// <summary>The event, as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>A key that lets the same consequence be queued only once.</summary>
    public string? Dedupe { get; init; }

    /// <summary>Unix milliseconds: not before.</summary>
    public required long DueAt { get; init; }

    /// <summary>How often it was claimed, this time included.</summary>
    public long Epoch { get; init; }

    /// <summary>Which try this is: one more than it failed. When the program ends meanwhile, that is no failure of the job.</summary>
    public int Tries { get; init; }

    /// <summary>How often nobody came back from it.</summary>
    public long Deaths => Epoch - Tries;
}

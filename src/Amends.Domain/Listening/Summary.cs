namespace Amends.Domain.Listening;

/// <summary>Our words for what the customer told us. Each correction makes a new version; none is ever overwritten.</summary>
/// <param name="Version">Counts up from 1.</param>
/// <param name="Happened">What happened.</param>
/// <param name="Matters">What matters most to this customer.</param>
/// <param name="Promised">What we promised to do.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="WrittenBy">By whom.</param>
public sealed record Summary(int Version, string Happened, string Matters, string Promised, DateTimeOffset WrittenAt, string WrittenBy)
{
    /// <summary>What it means for them, in their words; <c>null</c> when they did not say.</summary>
    public string? Impact { get; init; }

    /// <summary>When the customer was sent it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the customer said "yes, that is right".</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When the customer said "not quite".</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>The customer's words with the yes.</summary>
    public string? Words { get; init; }

    /// <summary>What the customer said is missing or wrong; a customer can say so after a yes, too.</summary>
    public string? Correction { get; init; }

    /// <summary>How the answer reached us, for example "by phone, recorded by Jo".</summary>
    public string? Via { get; init; }
}

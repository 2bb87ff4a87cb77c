using Amends.Domain.Cases;

namespace Amends.Domain.Deadlines;

/// <summary>
/// Something that a preset asks of us on one case, with the date as it was counted then. The date changes only by an extension with its notice,
/// or when somebody has it reckoned anew; both are told. What was late stays late.
/// </summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="Preset">The preset's key.</param>
/// <param name="PresetVersion">The version of the preset that it was counted with.</param>
/// <param name="Milestone">The duty's name in the preset.</param>
/// <param name="Title">What to do.</param>
/// <param name="StartedAt">When its clock started.</param>
/// <param name="Calendar">The calendar that it was counted in.</param>
/// <param name="CalendarVersion">In this version.</param>
/// <param name="DueAt">By when.</param>
/// <param name="RemindAt">When its owner is reminded.</param>
/// <param name="MetBy">What meets it.</param>
public sealed record Duty(
    int Id, string Preset, int PresetVersion, string Milestone, string Title, DateTimeOffset StartedAt, string Calendar, int CalendarVersion, DateTimeOffset DueAt, DateTimeOffset RemindAt, IReadOnlyList<Fulfilment> MetBy)
{
    /// <summary>Which time it is, where it comes again and again.</summary>
    public int Round { get; init; } = 1;

    /// <summary>It begins again when it was met.</summary>
    public bool Repeats { get; init; }

    /// <summary>An aim of our own, no rule.</summary>
    public bool IsTarget { get; init; }

    /// <summary>The name of the duty that, met in time, makes this one not owed.</summary>
    public string? UnlessMet { get; init; }

    /// <summary>When its owner was reminded.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When it was met.</summary>
    public DateTimeOffset? MetAt { get; init; }

    /// <summary>The message that met it, where it was one.</summary>
    public long? MessageId { get; init; }

    /// <summary>When it was missed. Never taken back.</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>When it stopped to be owed, and why.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>Why it is not owed.</summary>
    public string? WhyDropped { get; init; }

    /// <summary>More time that it was given, oldest first.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>Since when it stands still because we wait for the customer: only an aim of our own does, never a rule.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>How long it stood still before.</summary>
    public TimeSpan PausedFor { get; init; }

    /// <summary>How long it stood still in all.</summary>
    /// <param name="at">Now; what was met stands still no longer.</param>
    public TimeSpan Paused(DateTimeOffset at) => PausedFor + (PausedAt is { } since && (MetAt ?? DroppedAt ?? at) is var until && until > since ? until - since : TimeSpan.Zero);

    /// <summary>By when it is to be met: the date as it was counted, and as long later as it stood still.</summary>
    public DateTimeOffset MeetBy(DateTimeOffset at) => DueAt + Paused(at);

    /// <summary>How long it took, with the time that we waited for the customer; <c>null</c> until it is met.</summary>
    public TimeSpan? Took => MetAt - StartedAt;

    /// <summary>Whether it is still to be met.</summary>
    public bool IsOpen => MetAt is null && DroppedAt is null;

    /// <summary>Whether it was met late, or was missed. Stays so.</summary>
    public bool IsLate => BreachedAt is not null;
}

/// <summary>More time for a duty.</summary>
/// <param name="From">The date before.</param>
/// <param name="To">The date since then.</param>
/// <param name="Reason">Why, as the customer was told.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="MessageId">The letter that told the customer.</param>
public sealed record Extension(DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset At, string By, long MessageId);

/// <summary>A preset that a case falls under.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version then.</param>
/// <param name="Title">Its title.</param>
/// <param name="At">Since when.</param>
public sealed record MatchedPreset(string Key, int Version, string Title, DateTimeOffset At)
{
    /// <summary>When it was taken off the case, and why.</summary>
    public DateTimeOffset? TakenOffAt { get; init; }

    /// <summary>Why it was taken off.</summary>
    public string? Why { get; init; }

    /// <summary>Whether it applies.</summary>
    public bool Applies => TakenOffAt is null;
}

/// <summary>A date that a person noted, from which duties are counted.</summary>
/// <param name="StartsOn">What happened.</param>
/// <param name="When">When.</param>
public sealed record ClockStart(StartsOn StartsOn, DateTimeOffset When);

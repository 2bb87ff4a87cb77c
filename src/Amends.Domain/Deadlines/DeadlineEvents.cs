using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Deadlines;

/// <summary>Presets were put on the case, or clocks of theirs started: what is owed, with the dates as they were counted.</summary>
public sealed record DutiesBegun(DateTimeOffset At, Actor By, IReadOnlyList<MatchedPreset> Presets, IReadOnlyList<Duty> Duties) : CaseEvent(At, By);

/// <summary>A date was noted from which duties are counted.</summary>
public sealed record ClockStarted(DateTimeOffset At, Actor By, StartsOn StartsOn, DateTimeOffset When) : CaseEvent(At, By);

/// <summary>A duty was met; late stays late. <paramref name="Next"/> is the same duty again, where it repeats; <paramref name="When"/> is when it happened, where that was before it was owed.</summary>
public sealed record DutyMet(DateTimeOffset At, Actor By, int Id, string Title, bool InTime, long? Evidence, Duty? Next, DateTimeOffset? When = null) : CaseEvent(At, By);

/// <summary>A duty comes due soon; its owner is reminded.</summary>
public sealed record DutyDueSoon(DateTimeOffset At, Actor By, int Id, string Title, DateTimeOffset DueAt, long? OwnerId) : CaseEvent(At, By);

/// <summary>A duty was missed. Nothing takes that back.</summary>
public sealed record DutyBreached(DateTimeOffset At, Actor By, int Id, string Title, DateTimeOffset DueAt, long? OwnerId, bool IsTarget) : CaseEvent(At, By);

/// <summary>A duty was given more time, and the customer was told why, until when, and where they can go.</summary>
public sealed record DutyExtended(DateTimeOffset At, Actor By, int Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset RemindAt, [property: Words] string Reason, long MessageId) : CaseEvent(At, By), IHasMessage;

/// <summary>A duty is not owed any more.</summary>
public sealed record DutyDropped(DateTimeOffset At, Actor By, int Id, string Title, string Why) : CaseEvent(At, By);

/// <summary>A preset was taken off the case; what was owed under it stays in the history.</summary>
public sealed record PresetTakenOff(DateTimeOffset At, Actor By, string Key, string Title, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>Somebody had the open due dates counted anew, with the presets and calendars as they are now.</summary>
public sealed record DutiesReckoned(DateTimeOffset At, Actor By, string Why, IReadOnlyList<Reckoned> Changes) : CaseEvent(At, By);

/// <summary>A due date that was counted anew.</summary>
public sealed record Reckoned(int Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset RemindAt, int PresetVersion, int CalendarVersion);

/// <summary>A letter went out that is kept as it was sent. <paramref name="OutsideRoute"/> is where it said that the customer can go next, where that was new.</summary>
public sealed record LetterSent(DateTimeOffset At, Actor By, LetterKind Kind, long MessageId, string Sha256, string? OutsideRoute = null) : CaseEvent(At, By), IHasMessage;

/// <summary>Kinds of letters that a rule may ask for.</summary>
public enum LetterKind
{
    /// <summary>We have it.</summary>
    Acknowledgement = 1,

    /// <summary>How far we are.</summary>
    Update,

    /// <summary>Why it takes longer, and until when.</summary>
    Holding,

    /// <summary>What we decided.</summary>
    Final,

    /// <summary>It was put right quickly.</summary>
    SummaryResolution,

    /// <summary>What we decided, where we do not agree.</summary>
    NotUpheld,
}

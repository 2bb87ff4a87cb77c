using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Listening;

/// <summary>Somebody of us began to listen.</summary>
public sealed record ListeningBegun(DateTimeOffset At, Actor By) : CaseEvent(At, By);

/// <summary>What the customer says would put it right; <c>null</c> when they were asked and did not say.</summary>
public sealed record WantedOutcomeHeard(DateTimeOffset At, Actor By, [property: Words] string? Outcome) : CaseEvent(At, By);

/// <summary>Whether anybody is in danger was asked and answered.</summary>
public sealed record SafetyChecked(DateTimeOffset At, Actor By, bool AtRisk) : CaseEvent(At, By);

/// <summary>Seriousness was judged.</summary>
public sealed record SeveritySet(DateTimeOffset At, Actor By, Severity Severity) : CaseEvent(At, By);

/// <summary>We wrote down what we understood.</summary>
public sealed record SummaryWritten(DateTimeOffset At, Actor By, int Version, [property: Words] string Happened, [property: Words] string Matters, [property: Words] string Promised, [property: Words] string? Impact = null) : CaseEvent(At, By);

/// <summary>The customer was sent the summary, to confirm or correct.</summary>
public sealed record SummarySent(DateTimeOffset At, Actor By, int Version) : CaseEvent(At, By);

/// <summary>The customer said that we understood.</summary>
public sealed record SummaryConfirmed(DateTimeOffset At, Actor By, int Version, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>The customer said that something is missing or wrong.</summary>
public sealed record SummaryCorrected(DateTimeOffset At, Actor By, int Version, Channel Via, [property: Words] string Words) : CaseEvent(At, By);

/// <summary>What it means for the customer, in their words.</summary>
public sealed record ImpactHeard(DateTimeOffset At, Actor By, [property: Words] string Impact) : CaseEvent(At, By);

/// <summary>Where on their way with us it went wrong.</summary>
public sealed record JourneyPlaced(DateTimeOffset At, Actor By, JourneyStage Stage) : CaseEvent(At, By);

/// <summary>The case was given a category: a first impression, or the one that is confirmed.</summary>
public sealed record CategoryGiven(DateTimeOffset At, Actor By, string Code, bool Confirmed) : CaseEvent(At, By);

/// <summary>The customer answered a question of the question bank.</summary>
public sealed record QuestionAnswered(DateTimeOffset At, Actor By, string Code, [property: Words] string Question, [property: Words] string Answer) : CaseEvent(At, By);

/// <summary>A step of the ladder of whys.</summary>
public sealed record WhyFound(DateTimeOffset At, Actor By, int Id, int? Under, [property: Words] string Why, [property: Words] string? Evidence, bool CanChange) : CaseEvent(At, By);

/// <summary>A step of the ladder turned out to be wrong.</summary>
public sealed record WhyTakenBack(DateTimeOffset At, Actor By, int Id, [property: Words] string Reason) : CaseEvent(At, By);

/// <summary>What we learned from the complaint, in a line.</summary>
public sealed record LessonLearned(DateTimeOffset At, Actor By, [property: Words] string Lesson) : CaseEvent(At, By);

/// <summary>A call was logged. What was said is in the message.</summary>
public sealed record CallLogged(DateTimeOffset At, Actor By, long CallId, bool TheyRang, int? Minutes, TalkBalance? Balance, int? TheirSeconds, int? OurSeconds) : CaseEvent(At, By)
{
    /// <summary>How often both spoke at once, where a telephone system counted that.</summary>
    public int? Overlaps { get; init; }
}

/// <summary>A note was put right while it was still open. The new words are in the message; the old ones stay.</summary>
public sealed record NoteEdited(DateTimeOffset At, Actor By, long MessageId, long NoteId) : CaseEvent(At, By), IHasMessage;

/// <summary>A correction was added to a note that is fixed.</summary>
public sealed record NoteCorrected(DateTimeOffset At, Actor By, long MessageId, long NoteId) : CaseEvent(At, By), IHasMessage;

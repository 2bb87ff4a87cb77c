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
public sealed record SummaryWritten(DateTimeOffset At, Actor By, int Version, [property: Words] string Happened, [property: Words] string Matters, [property: Words] string Promised) : CaseEvent(At, By);

/// <summary>The customer was sent the summary, to confirm or correct.</summary>
public sealed record SummarySent(DateTimeOffset At, Actor By, int Version) : CaseEvent(At, By);

/// <summary>The customer said that we understood.</summary>
public sealed record SummaryConfirmed(DateTimeOffset At, Actor By, int Version, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>The customer said that something is missing or wrong.</summary>
public sealed record SummaryCorrected(DateTimeOffset At, Actor By, int Version, Channel Via, [property: Words] string Words) : CaseEvent(At, By);

using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.CheckBacks;

/// <summary>When and how we ask was agreed; the proposal of the offer holds until the customer wishes something else.</summary>
public sealed record CheckBackAgreed(DateTimeOffset At, Actor By, DateTimeOffset DueAt, CheckBackManner Manner = CheckBackManner.Mail, bool Wished = false) : CaseEvent(At, By);

/// <summary>How often we ask, and how the customer can be reached.</summary>
public sealed record CheckBackPlanned(DateTimeOffset At, Actor By, CheckBackPlan Plan) : CaseEvent(At, By);

/// <summary>It is time to ask; the question goes out, or a call is due.</summary>
public sealed record CheckBackAsked(DateTimeOffset At, Actor By, int Attempt, CheckBackManner Manner = CheckBackManner.Mail) : CaseEvent(At, By);

/// <summary>We rang with the question and did not speak: nobody answered, or the number is wrong.</summary>
public sealed record CheckBackTried(DateTimeOffset At, Actor By, int Attempt, CallOutcome Outcome, [property: Words] string? Note) : CaseEvent(At, By);

/// <summary>The customer answered.</summary>
public sealed record CheckBackAnswered(DateTimeOffset At, Actor By, CheckBackAnswer Answer, int? Score, Channel Via, [property: Words] string? Words, Survey? Survey = null) : CaseEvent(At, By);

/// <summary>The customer said that no follow-up is needed. The case ends unconfirmed, once everything is done.</summary>
public sealed record CheckBackWaived(DateTimeOffset At, Actor By, Channel Via) : CaseEvent(At, By);

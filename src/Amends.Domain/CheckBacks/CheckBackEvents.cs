using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.CheckBacks;

/// <summary>When and how we ask was agreed; the proposal of the offer holds until the customer wishes something else.</summary>
public sealed record CheckBackAgreed(DateTimeOffset At, Actor By, DateTimeOffset DueAt, CheckBackManner Manner = CheckBackManner.Mail, bool Wished = false) : CaseEvent(At, By);

/// <summary>It is time to ask; the question goes out.</summary>
public sealed record CheckBackAsked(DateTimeOffset At, Actor By, int Attempt) : CaseEvent(At, By);

/// <summary>The customer answered.</summary>
public sealed record CheckBackAnswered(DateTimeOffset At, Actor By, CheckBackAnswer Answer, int? Score, Channel Via, [property: Words] string? Words, Survey? Survey = null) : CaseEvent(At, By);

/// <summary>The customer said that no follow-up is needed. The case ends unconfirmed, once everything is done.</summary>
public sealed record CheckBackWaived(DateTimeOffset At, Actor By, Channel Via) : CaseEvent(At, By);

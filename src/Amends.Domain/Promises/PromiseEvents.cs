using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Promises;

/// <summary>A next contact was promised.</summary>
public sealed record NextContactPromised(DateTimeOffset At, Actor By, int Id, [property: Words] string What, DateTimeOffset DueAt, DateTimeOffset RemindAt, int? Call = null, int? Offer = null) : CaseEvent(At, By);

/// <summary>A promise was given another date, with a reason.</summary>
public sealed record NextContactMoved(DateTimeOffset At, Actor By, int Id, DateTimeOffset From, DateTimeOffset To, [property: Words] string Reason) : CaseEvent(At, By);

/// <summary>We contacted the customer as promised.</summary>
public sealed record NextContactKept(DateTimeOffset At, Actor By, int Id, bool InTime) : CaseEvent(At, By);

/// <summary>Why a promise was broken; the customer was told.</summary>
public sealed record NextContactExplained(DateTimeOffset At, Actor By, int Id, [property: Words] string Reason) : CaseEvent(At, By);

/// <summary>A promise comes due soon; its owner is reminded.</summary>
public sealed record NextContactDueSoon(DateTimeOffset At, Actor By, int Id, DateTimeOffset DueAt, long? OwnerId) : CaseEvent(At, By);

/// <summary>A promise was broken; the lead is told.</summary>
public sealed record NextContactMissed(DateTimeOffset At, Actor By, int Id, DateTimeOffset DueAt, long? OwnerId) : CaseEvent(At, By);

using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Remedies;

/// <summary>The customer's choice made this line.</summary>
public sealed record RemedyAdded(DateTimeOffset At, Actor By, int Id, RemedyKind Kind, [property: Words] string What, Money Value, DateTimeOffset DueAt, string? ApprovedBy, bool IsStatutory = false, [property: Words] RemedyData? Data = null, Money? CustomerCharge = null, Laws.LegalBasis? Law = null) : CaseEvent(At, By);

/// <summary>It was done.</summary>
public sealed record RemedyDone(DateTimeOffset At, Actor By, int Id, [property: Words] string? Note) : CaseEvent(At, By);

/// <summary>It is one step further: who, when, and what shows it.</summary>
public sealed record RemedyMoved(DateTimeOffset At, Actor By, int Id, RemedyStep Step, [property: Words] string? Note, [property: Words] string? Proof) : CaseEvent(At, By);

/// <summary>It turned out that the customer owes nothing for it.</summary>
public sealed record ChargeDropped(DateTimeOffset At, Actor By, int Id) : CaseEvent(At, By);

/// <summary>The customer agreed to something other than what they had ordered.</summary>
public sealed record SubstituteAgreed(DateTimeOffset At, Actor By, int Id, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>It waited for a parcel and is due now; or one of us let it go all the same.</summary>
public sealed record RemedyReleased(DateTimeOffset At, Actor By, int Id, DateTimeOffset DueAt, [property: Words] string? Why = null) : CaseEvent(At, By);

/// <summary>It is somebody else's now: a colleague's, somebody's outside, or, without a name, whose the case is.</summary>
public sealed record RemedyHanded(DateTimeOffset At, Actor By, int Id, long? PersonId, [property: Words] string? Name) : CaseEvent(At, By);

/// <summary>Its day has passed, and the customer does not have it yet.</summary>
/// <param name="At">When that was seen.</param>
/// <param name="By">The clock.</param>
/// <param name="Id">The line.</param>
/// <param name="What">What it is.</param>
/// <param name="DueAt">The day that passed.</param>
/// <param name="PersonId">The colleague whose it is, where that is not whoever has the case.</param>
public sealed record RemedyOverdue(DateTimeOffset At, Actor By, int Id, [property: Words] string What, DateTimeOffset DueAt, long? PersonId) : CaseEvent(At, By);

/// <summary>It did not work; a failed recovery after a failure.</summary>
public sealed record RemedyFailed(DateTimeOffset At, Actor By, int Id, [property: Words] string Note) : CaseEvent(At, By);

/// <summary>Everything that was chosen is done; the customer is asked next.</summary>
public sealed record DeliveryCompleted(DateTimeOffset At, Actor By, string Cause, [property: Words] SystemicCause? Systemic = null) : CaseEvent(At, By);

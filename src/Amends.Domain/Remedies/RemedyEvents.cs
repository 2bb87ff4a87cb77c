using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Remedies;

/// <summary>The customer's choice made this line.</summary>
public sealed record RemedyAdded(DateTimeOffset At, Actor By, int Id, RemedyKind Kind, [property: Words] string What, Money Value, DateTimeOffset DueAt, string? ApprovedBy, bool IsStatutory = false) : CaseEvent(At, By);

/// <summary>It was done.</summary>
public sealed record RemedyDone(DateTimeOffset At, Actor By, int Id, [property: Words] string? Note) : CaseEvent(At, By);

/// <summary>It did not work; a failed recovery after a failure.</summary>
public sealed record RemedyFailed(DateTimeOffset At, Actor By, int Id, [property: Words] string Note) : CaseEvent(At, By);

/// <summary>Everything that was chosen is done; the customer is asked next.</summary>
public sealed record DeliveryCompleted(DateTimeOffset At, Actor By, string Cause) : CaseEvent(At, By);

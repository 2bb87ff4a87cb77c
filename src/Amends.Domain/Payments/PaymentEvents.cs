using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Payments;

/// <summary>A refund is to be paid; where a provider pays it back, <c>Original</c> is the customer's own payment there.</summary>
public sealed record PaymentRequested(DateTimeOffset At, Actor By, int Id, int RemedyId, Money Amount, string Provider, bool IsOtherRoute, string? Original = null) : CaseEvent(At, By);

/// <summary>It may go out: within what may be given, or because a second person agreed.</summary>
public sealed record PaymentAuthorised(DateTimeOffset At, Actor By, int Id) : CaseEvent(At, By);

/// <summary>Whoever pays says that it went out.</summary>
public sealed record PaymentSent(DateTimeOffset At, Actor By, int Id, string? Reference) : CaseEvent(At, By);

/// <summary>It was seen.</summary>
public sealed record PaymentConfirmed(DateTimeOffset At, Actor By, int Id, [property: Words] string Proof) : CaseEvent(At, By);

/// <summary>It did not go out, or what was said of it is not so.</summary>
public sealed record PaymentFailed(DateTimeOffset At, Actor By, int Id, [property: Words] string Problem) : CaseEvent(At, By);

/// <summary>It had been seen, or was said to have gone out, and the money came back to us: it is owed again, by <c>DueAt</c>. <c>GoesOn</c> when the case goes back to putting it right.</summary>
public sealed record PaymentReturned(DateTimeOffset At, Actor By, int Id, int RemedyId, [property: Words] string Problem, DateTimeOffset DueAt, bool GoesOn) : CaseEvent(At, By);

using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Returns;

/// <summary>The customer has a label; or a new one in place of the old.</summary>
public sealed record ReturnIssued(DateTimeOffset At, Actor By, int Id, string Number, [property: Words] ReturnLabel Label) : CaseEvent(At, By);

/// <summary>The parcel is with the carrier, or with us: the step that it reached, and when that was.</summary>
public sealed record ReturnScanned(DateTimeOffset At, Actor By, int Id, RemedyStep Step, DateTimeOffset ScannedAt, [property: Words] string? Where) : CaseEvent(At, By);

/// <summary>We looked at what came back; <c>Mark</c> is the lot or serial number on it, <c>Sent</c> what the order says was sent.</summary>
public sealed record ReturnInspected(DateTimeOffset At, Actor By, int Id, Inspection Result, [property: Words] string? Note, [property: Words] string? Mark = null, [property: Words] string? Sent = null) : CaseEvent(At, By);

/// <summary>The label lapses soon, and no parcel has been seen.</summary>
public sealed record ReturnLapsesSoon(DateTimeOffset At, Actor By, int Id, DateTimeOffset ExpiresAt) : CaseEvent(At, By);

/// <summary>The label lapsed, and no parcel has been seen.</summary>
public sealed record ReturnExpired(DateTimeOffset At, Actor By, int Id) : CaseEvent(At, By);

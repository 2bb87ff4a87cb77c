using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.CallBacks;

/// <summary>A call was agreed.</summary>
public sealed record CallBooked(DateTimeOffset At, Actor By, int Id, [property: Words] string Phone, DateTimeOffset From, DateTimeOffset To, CallReason Reason, string? Zone) : CaseEvent(At, By);

/// <summary>A call got another time, or another number.</summary>
public sealed record CallMoved(DateTimeOffset At, Actor By, int Id, [property: Words] string Phone, DateTimeOffset From, DateTimeOffset To, CallReason Reason, string? Zone, int Sequence) : CaseEvent(At, By);

/// <summary>It is time to call; the owner is told, or the team.</summary>
public sealed record CallDue(DateTimeOffset At, Actor By, int Id, DateTimeOffset From, long? OwnerId) : CaseEvent(At, By);

/// <summary>We rang.</summary>
public sealed record CallTried(DateTimeOffset At, Actor By, int Id, int Attempt, CallOutcome Outcome, [property: Words] string? Note) : CaseEvent(At, By);

/// <summary>The time of a call passed and nobody rang.</summary>
public sealed record CallMissed(DateTimeOffset At, Actor By, int Id, DateTimeOffset From, long? OwnerId) : CaseEvent(At, By);

/// <summary>A call is owed no longer.</summary>
public sealed record CallEnded(DateTimeOffset At, Actor By, int Id, CallEnd How, int Sequence, [property: Words] string? Why = null) : CaseEvent(At, By);

/// <summary>They rang us, and nobody answered.</summary>
public sealed record TheyRang(DateTimeOffset At, Actor By, [property: Words] string Phone, DateTimeOffset RangAt) : CaseEvent(At, By);

/// <summary>The rules began to say that one should ring rather than write; the case shows it from then on. A call that follows is a later event of the case.</summary>
public sealed record PhoneNudged(DateTimeOffset At, Actor By, IReadOnlyList<NudgeReason> Reasons) : CaseEvent(At, By);

/// <summary>Somebody said why writing will do. The case says to ring again when there is a new reason.</summary>
public sealed record PhoneNudgeSetAside(DateTimeOffset At, Actor By, IReadOnlyList<NudgeReason> Reasons, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>Something was promised for after a call that is agreed.</summary>
public sealed record AgreedAfterCall(DateTimeOffset At, Actor By, int Id, [property: Words] string What, DateTimeOffset DueAt) : CaseEvent(At, By);

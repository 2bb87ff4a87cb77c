using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Handling;

/// <summary>For whom the case waits.</summary>
public sealed record WaitingNoted(DateTimeOffset At, Actor By, WaitsFor On, [property: Words] string? What) : CaseEvent(At, By);

/// <summary>What the person needs from us; the newest replaces what was noted before.</summary>
public sealed record SupportNeedsNoted(DateTimeOffset At, Actor By, IReadOnlyList<SupportNeed> Needs, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>The case was put aside until then.</summary>
public sealed record CaseSnoozed(DateTimeOffset At, Actor By, DateTimeOffset Until, [property: Words] string? Why) : CaseEvent(At, By);

/// <summary>It is back: the time has come, or something happened.</summary>
public sealed record CaseWoke(DateTimeOffset At, Actor By, long? OwnerId) : CaseEvent(At, By);

/// <summary>When it is to be put right; <c>null</c> takes the date back.</summary>
public sealed record FixPlanned(DateTimeOffset At, Actor By, DateTimeOffset? DueAt) : CaseEvent(At, By);

/// <summary>Nobody answered in time what the customer wrote.</summary>
public sealed record ReplyOverdue(DateTimeOffset At, Actor By, DateTimeOffset DueAt, long? OwnerId) : CaseEvent(At, By);

/// <summary>The second stage began: somebody else of us looks at all of it.</summary>
public sealed record ReviewBegun(DateTimeOffset At, Actor By, long ReviewerId, string Reviewer, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>Nothing of this case may be deleted, or may again.</summary>
public sealed record LegalHoldSet(DateTimeOffset At, Actor By, bool IsHeld, [property: Words] string Why) : CaseEvent(At, By);

using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;

namespace Amends.Domain.Issues;

/// <summary>Something that went wrong was raised; it needs an answer.</summary>
public sealed record IssueRaised(DateTimeOffset At, Actor By, int Id, [property: Words] string Words) : CaseEvent(At, By);

/// <summary>An issue was raised by mistake, or is part of another one. Nothing is deleted.</summary>
public sealed record IssueWithdrawn(DateTimeOffset At, Actor By, int Id, [property: Words] string Reason, int? MergedInto) : CaseEvent(At, By);

/// <summary>We decided how far an issue is justified. A later decision replaces it; both stay in the log.</summary>
public sealed record DecisionRecorded(DateTimeOffset At, Actor By, int IssueId, Finding Finding, [property: Words] string? Reasons, [property: Words] string? CanDo, [property: Words] string? Evidence, bool OnSuspicion = false, [property: Words] IReadOnlyList<OptionRemedy>? Remedies = null) : CaseEvent(At, By);

/// <summary>The customer was told what we decided on these issues; with where to go next when it was our final decision.</summary>
public sealed record DecisionSent(DateTimeOffset At, Actor By, IReadOnlyList<int> Issues, string? OutsideRoute) : CaseEvent(At, By);

using Amends.Domain.CallBacks;
using Amends.Domain.CheckBacks;
using Amends.Domain.FollowOns;

namespace Amends.Domain.Cases;

/// <summary>What the events of a check-back mean for it, and what stays true of the case afterwards.</summary>
public sealed partial record CaseState
{
    /// <summary>How often the customer said that it is not put right, or only in part.</summary>
    public int NotPutRight { get; init; }

    /// <summary>The thank-you letter after a good end; <c>null</c> while there is none.</summary>
    public FollowOn? FollowOn { get; init; }

    /// <summary>Letters that told the customer what changed because of the complaint.</summary>
    public IReadOnlyList<Improvements.ToldChange> ToldChanges { get; init; } = [];

    /// <summary>How often what we did to put it right failed them: things that did not work, and answers that it is not put right.</summary>
    public int Failures => Remedies.Count(remedy => remedy.FailedAt is not null)
        + Math.Max(NotPutRight, CheckBack is { Answer: CheckBackAnswer.No or CheckBackAnswer.Partly } ? 1 : 0);

    /// <summary>Double deviation: a failure, and then a failed recovery. It stays true of the case, whatever comes after.</summary>
    public bool IsDoubleFailure => Failures > 0;

    /// <summary>The ways of all attempts of the check-back, in order; empty when none is agreed.</summary>
    public IReadOnlyList<CheckBackManner> CheckBackWays =>
        CheckBack is { } check ? check.Rules.Ways(check.Manner, check.Wished, Channel, SupportNeeds) : [];

    /// <summary>How the next attempt is made; <c>null</c> when none comes.</summary>
    public CheckBackManner? NextCheckBackWay => CheckBack is { Answer: null, Waived: false } check && CheckBackWays is var ways && check.Attempts < ways.Count ? ways[check.Attempts] : null;

    private CheckBack Agreed(CheckBackAgreed e)
    {
        var fresh = new CheckBack(e.DueAt) { Manner = e.Manner, Wished = e.Wished };
        if (this is not { Stage: CaseStage.CheckBack, CheckBack: { Answer: null, Waived: false, Attempts: > 0 } before })
            return fresh;
        var asked = Math.Min(before.Attempts, before.Rules.Attempts - 1); // a day that they chose is asked on, however often we asked before
        return fresh with { Attempts = asked, Asked = [.. before.Asked.Take(asked)] };
    }

    private CheckBack AskedBy(CheckBackAsked e)
    {
        var (check, isCall) = (CheckBack!, e.Manner == CheckBackManner.Phone);
        return check with { Attempts = e.Attempt, Asked = [.. check.Asked.Take(e.Attempt - 1), e.Manner], CallDueAt = isCall ? e.At : null, DueAt = isCall ? e.At : e.At.AddDays(check.Rules.DaysBetween) };
    }

    private CheckBack TriedBy(CheckBackTried e)
    {
        var after = CheckBack! with { CallDueAt = null, DueAt = e.At.AddDays(CheckBack.Rules.DaysBetween) };
        return e.Outcome == CallOutcome.WrongNumber ? after with { Manner = CheckBackManner.Mail, Wished = false, Plan = after.Rules with { HasPhone = false } } : after;
    }
}

using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;

namespace Amends.Domain.FollowOns;

/// <summary>
/// When a customer who complained may be thanked and asked for a recommendation: only after their own, satisfied yes, and never where it
/// would use their trouble against them (decision X7). Pure.
/// </summary>
public static class FollowOnRule
{
    /// <summary>From this score on, of five, somebody counts as satisfied.</summary>
    public const int Satisfied = 4;

    /// <summary>What stands against a letter; empty when it may be written.</summary>
    /// <param name="state">The case.</param>
    /// <param name="wantsNone">The customer said no to such letters.</param>
    public static IReadOnlyList<FollowOnRefusal> Against(CaseState state, bool wantsNone)
    {
        var check = state.CheckBack;
        return
        [
            .. When(state.Kind != CaseKind.Complaint, FollowOnRefusal.NoComplaint),
            .. When(state.IsOpen, FollowOnRefusal.Open),
            .. When(!state.IsOpen && (state.CloseReason != CloseReason.Confirmed || check?.Answer != CheckBackAnswer.Yes), FollowOnRefusal.NotConfirmed),
            .. When(check is { Score: < Satisfied } or { Survey.Met: OutcomeMet.Missed } or { Survey.Return: WouldReturn.No } or { Survey.Heard: < 3 }, FollowOnRefusal.NotSatisfied),
            .. When(state.NotPutRight > 0 || check is { Answer: CheckBackAnswer.No or CheckBackAnswer.Partly }, FollowOnRefusal.SaidNoBefore),
            .. When(state.AtRisk == true || state.Severity == Severity.High, FollowOnRefusal.Safety),
            .. When(state.SupportNeeds.Count > 0, FollowOnRefusal.SupportNeeds),
            .. When(state.Referral is not null || state.CloseReason is CloseReason.Deadlock or CloseReason.OutsideDecision, FollowOnRefusal.Deadlock),
            .. When(state.Raised.Any(issue => issue.Decision is { Finding: Finding.NotUpheld }), FollowOnRefusal.Rejected),
            .. When(wantsNone, FollowOnRefusal.WantsNone),
            .. When(state.FollowOn is not null, FollowOnRefusal.SentAlready),
        ];
    }

    private static IEnumerable<FollowOnRefusal> When(bool holds, FollowOnRefusal refusal) => holds ? [refusal] : [];
}

/// <summary>Why a follow-on letter must not go.</summary>
public enum FollowOnRefusal
{
    /// <summary>It is no complaint.</summary>
    NoComplaint = 1,

    /// <summary>The case is open.</summary>
    Open,

    /// <summary>The customer did not say that it is put right.</summary>
    NotConfirmed,

    /// <summary>They said so, but are not satisfied.</summary>
    NotSatisfied,

    /// <summary>They had to say no before.</summary>
    SaidNoBefore,

    /// <summary>Somebody was in danger, or it was serious for the person.</summary>
    Safety,

    /// <summary>The person needs support from us.</summary>
    SupportNeeds,

    /// <summary>We could not agree, or somebody outside had to be named or asked.</summary>
    Deadlock,

    /// <summary>Something that they raised was rejected.</summary>
    Rejected,

    /// <summary>They want no such letters.</summary>
    WantsNone,

    /// <summary>There was one for this case.</summary>
    SentAlready,
}

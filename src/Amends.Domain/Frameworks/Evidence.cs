using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;

namespace Amends.Domain.Frameworks;

/// <summary>Something that happened in a case and lights a step of a framework. Nobody ticks it.</summary>
public enum Evidence
{
    /// <summary>They were heard: asked what would put it right, or what we understood was written down.</summary>
    Heard = 1,

    /// <summary>What we understood went to them.</summary>
    SummarySent,

    /// <summary>They said that we understood.</summary>
    SummaryConfirmed,

    /// <summary>Their account was sent back to them as they gave it, and nobody holds a suspicion against it.</summary>
    Believed,

    /// <summary>A letter of ours was sorry for what happened, or said that it was us.</summary>
    Apologised,

    /// <summary>A letter of ours took up their own story.</summary>
    Empathised,

    /// <summary>A letter of ours thanked them for something.</summary>
    Thanked,

    /// <summary>A letter of ours had no words that burn.</summary>
    StayedCalm,

    /// <summary>They were told what we do: in a letter of ours, or by options or a decision.</summary>
    ToldWhatWeDo,

    /// <summary>They were told what went wrong, or got a decision with its reasons.</summary>
    Explained,

    /// <summary>They were told when and how they hear from us next, or a follow-up is agreed.</summary>
    NextStepsTold,

    /// <summary>We were in touch when we had promised it.</summary>
    UpdateKept,

    /// <summary>We spoke on the phone.</summary>
    Spoke,

    /// <summary>It was looked into: an issue was decided, or the ladder of whys has a step.</summary>
    LookedInto,

    /// <summary>Options or a decision went to them.</summary>
    Offered,

    /// <summary>What was agreed is done.</summary>
    PutRight,

    /// <summary>When and how we ask whether it is put right is agreed.</summary>
    FollowUpAgreed,

    /// <summary>They told us whether it is put right, or that we need not ask.</summary>
    FollowedUp,

    /// <summary>The cause is known.</summary>
    CauseKnown,
}

/// <summary>What a case has of it.</summary>
public static class EvidenceOf
{
    /// <summary>All that happened, and since when, where that is known; what is not in it did not happen.</summary>
    /// <param name="state">The case.</param>
    public static IReadOnlyDictionary<Evidence, DateTimeOffset?> Case(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<Evidence, DateTimeOffset?> found = [];
        foreach (var evidence in Enum.GetValues<Evidence>())
        {
            if (Find(state, evidence) is (true, var at))
                found[evidence] = at;
        }

        return found;
    }

    private static (bool Is, DateTimeOffset? At) Find(CaseState state, Evidence evidence) => evidence switch
    {
        Evidence.Heard => (state.OutcomeAsked || state.Summaries.Count > 0, state.Summaries.Count > 0 ? state.Summaries[0].WrittenAt : null),
        Evidence.SummarySent => First(state.Summaries.Select(summary => summary.SentAt)),
        Evidence.SummaryConfirmed => First(state.Summaries.Select(summary => summary.ConfirmedAt)),
        Evidence.Believed => state.Suspicion is null or { IsShared: false } ? First(state.Summaries.Select(summary => summary.SentAt)) : (false, null),
        Evidence.Apologised => Said(state, SaidPart.Apology, SaidPart.Responsibility),
        Evidence.Empathised => Said(state, SaidPart.Empathy),
        Evidence.Thanked => Said(state, SaidPart.Thanks),
        Evidence.StayedCalm => Said(state, SaidPart.Calm),
        Evidence.ToldWhatWeDo => First([Said(state, SaidPart.Repair).At, .. state.Offers.Select(offer => offer.SentAt)]),
        Evidence.Explained => First([Said(state, SaidPart.Explanation).At, .. state.Issues.Select(issue => issue.ToldAt)]),
        Evidence.NextStepsTold => Said(state, SaidPart.NextContact) is (true, var at) ? (true, at) : (IsFollowUpAgreed(state), null),
        Evidence.UpdateKept => First(state.Promises.Select(promise => promise.KeptAt)),
        Evidence.Spoke => (state.LastCallAt is not null, state.LastCallAt),
        Evidence.LookedInto => First([.. state.Issues.Select(issue => issue.Decision?.At), .. state.Whys.Where(why => why.Stands).Select(why => (DateTimeOffset?)why.At)]),
        Evidence.Offered => First(state.Offers.Select(offer => offer.SentAt)),
        Evidence.PutRight => IsPutRight(state) ? (true, state.Remedies.Max(remedy => remedy.DoneAt)) : (false, null),
        Evidence.FollowUpAgreed => (IsFollowUpAgreed(state), null),
        Evidence.FollowedUp => (state.CheckBack is { Answer: not null } or { Waived: true }, null),
        Evidence.CauseKnown => (state.Cause is not (null or Cases.Case.UnknownCause) || state.Whys.Any(why => why.Stands), null),
        _ => (false, null),
    };

    private static bool IsPutRight(CaseState state) =>
        state.Stage == CaseStage.CheckBack || state is { CloseReason: CloseReason.Confirmed or CloseReason.Unconfirmed, CheckBack: not null, EndedUnanswered: false }
        || (state.Remedies.Any(remedy => remedy.DoneAt is not null) && state.Remedies.All(remedy => !remedy.IsOpen));

    private static bool IsFollowUpAgreed(CaseState state) => state.CheckBack is { Waived: false };

    private static (bool Is, DateTimeOffset? At) Said(CaseState state, params SaidPart[] parts) =>
        First(state.Said.Where(said => parts.Contains(said.Part)).Select(said => (DateTimeOffset?)said.At));

    private static (bool Is, DateTimeOffset? At) First(IEnumerable<DateTimeOffset?> moments) => moments.Min() is { } at ? (true, at) : (false, null);
}

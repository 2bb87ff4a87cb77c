using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;

namespace Amends.Domain.Customers;

/// <summary>
/// What somebody has been through with us before this case, and whether this one may be the last straw. It is computed when it is
/// looked at, says why in words, and is stored nowhere: nobody is marked. Pure.
/// </summary>
/// <param name="Earlier">Their complaints before this one, newest first.</param>
/// <param name="Days">Whole days between the newest of them, or its end, and this one; <c>null</c> when there is none.</param>
/// <param name="Reasons">Why it may be the last straw; empty when nothing speaks for it.</param>
public sealed record LastStraw(IReadOnlyList<EarlierComplaint> Earlier, int? Days, IReadOnlyList<LastStrawReason> Reasons)
{
    /// <summary>How long the same trouble, or a failure, counts as a repetition.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(60);

    /// <summary>It may be the last straw.</summary>
    public bool IsNear => Reasons.Count > 0;

    /// <summary>What failed that was to put it right, over all of them.</summary>
    public int Failures => Earlier.Sum(each => each.Failures);

    /// <summary>Looks at a case and what was before it.</summary>
    /// <param name="state">The case.</param>
    /// <param name="others">The customer's other complaints, in any order; those after this one do not count.</param>
    public static LastStraw Of(CaseState state, IEnumerable<EarlierComplaint> others)
    {
        if (state.Kind != CaseKind.Complaint)
            return new([], null, []);
        var earlier = others.Where(each => each.OpenedAt <= state.OpenedAt).OrderByDescending(each => each.OpenedAt).ThenByDescending(each => each.Number).ToList();
        var recent = earlier.Where(each => state.OpenedAt - each.LastAt <= Window).ToList();
        var failures = Failed(state);
        List<LastStrawReason> reasons = [];
        if (recent.FirstOrDefault(each => IsSame(each.Category, state.Category?.Code)) is { } same)
            reasons.Add(new(LastStrawKind.SameAgain, same.Number));
        if (earlier.FirstOrDefault(each => each.CloseReason == CloseReason.Unconfirmed) is { } unanswered)
            reasons.Add(new(LastStrawKind.NeverConfirmed, unanswered.Number));
        if (failures > 0 && recent.Count > 0 || failures > 1)
            reasons.Add(new(LastStrawKind.FailedAgain, null));
        else if (recent.FirstOrDefault(each => each.Failures > 0) is { } failed)
            reasons.Add(new(LastStrawKind.FailedAgain, failed.Number));
        return new(earlier, earlier.Count == 0 ? null : earlier.Min(each => (int)Math.Max(0, (state.OpenedAt - each.LastAt).TotalDays)), reasons);
    }

    /// <summary>What was done to put it right and failed, and a "no" to whether it is.</summary>
    internal static int Failed(CaseState state) =>
        state.Remedies.Count(remedy => remedy.FailedAt is not null) + (state.CheckBack is { Answer: CheckBackAnswer.No or CheckBackAnswer.Partly } ? 1 : 0);

    /// <summary>The same category, or one that lies within the other, such as <c>DEL</c> and <c>DEL.late</c>.</summary>
    private static bool IsSame(string? one, string? other) =>
        one is not null && other is not null && (one == other || one.StartsWith(other + ".", StringComparison.Ordinal) || other.StartsWith(one + ".", StringComparison.Ordinal));
}

/// <summary>A complaint that came before.</summary>
/// <param name="Number">Its case.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="ClosedAt">When it ended; <c>null</c> while it is open.</param>
/// <param name="CloseReason">How.</param>
/// <param name="Category">Its category, when it has one.</param>
/// <param name="Failures">What was to put it right and failed, or did not satisfy.</param>
public sealed record EarlierComplaint(long Number, string Subject, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, CloseReason? CloseReason, string? Category, int Failures)
{
    /// <summary>Its end, or its beginning while it is open.</summary>
    public DateTimeOffset LastAt => ClosedAt ?? OpenedAt;

    /// <summary>What counts of a case.</summary>
    public static EarlierComplaint Of(long number, CaseState state) => new(number, state.Subject, state.OpenedAt, state.ClosedAt, state.CloseReason, state.Category?.Code, LastStraw.Failed(state));
}

/// <summary>A reason, and the earlier case that gives it; <c>null</c> when it is this one.</summary>
public sealed record LastStrawReason(LastStrawKind Kind, long? Number);

/// <summary>Why a complaint may be the last straw.</summary>
public enum LastStrawKind
{
    /// <summary>The same kind of trouble within sixty days.</summary>
    SameAgain = 1,

    /// <summary>An earlier complaint ended without their yes.</summary>
    NeverConfirmed,

    /// <summary>They came with a failure of ours, and what should have put it right failed as well.</summary>
    FailedAgain,
}

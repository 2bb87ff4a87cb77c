using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;

namespace Amends.Domain.Handling;

/// <summary>The hardest case of a week that ended with the customer's own yes, so that whoever stayed with it is noticed. It tells nothing of the customer.</summary>
/// <param name="Number">The case.</param>
/// <param name="OwnerId">Who had it in the end.</param>
/// <param name="Words">What made it hard, who stayed with it, and for how long.</param>
public sealed record HardestWeek(long Number, long OwnerId, string Words)
{
    /// <summary>Of the cases that were closed in a week; <c>null</c> when none of them was hard and ended well.</summary>
    /// <param name="closed">The cases by number, as they stand.</param>
    public static HardestWeek? Of(IEnumerable<(long Number, CaseState State)> closed)
    {
        var hardest = closed
            .Where(each => each.State is { Kind: CaseKind.Complaint, CloseReason: CloseReason.Confirmed, CheckBack.Answer: CheckBackAnswer.Yes, OwnerId: not null, ClosedAt: not null } && each.State.Hardness.Any())
            .OrderByDescending(each => each.State.Hardness.Count()).ThenByDescending(each => each.State.Failures + each.State.Declines).ThenByDescending(each => each.State.ClosedAt - each.State.OpenedAt).ThenBy(each => each.Number)
            .FirstOrDefault();
        if (hardest.State is not { } state)
            return null;
        var days = Math.Max(1, (int)Math.Ceiling((state.ClosedAt!.Value - state.OpenedAt).TotalDays));
        return new(hardest.Number, state.OwnerId!.Value, $"The hardest case of last week that was put right: {string.Join(", ", state.Hardness)}. {state.OwnerName} stayed with it for {(days == 1 ? "a day" : $"{days} days")}, until the customer said yes.");
    }
}

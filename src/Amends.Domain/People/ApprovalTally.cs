using Amends.Domain.Offers;

namespace Amends.Domain.People;

/// <summary>How decisions on money went for one role: whether its limit fits.</summary>
/// <param name="Role">Of who prepared the offers.</param>
/// <param name="Sent">Offers with money that went out.</param>
/// <param name="Asked">Of those and of what was refused: how many waited for a second person.</param>
/// <param name="Unchanged">How many of the asked were agreed to as they were.</param>
/// <param name="Waits">How long each answer took, in open hours.</param>
public sealed record ApprovalTally(Role Role, int Sent, int Asked, int Unchanged, IReadOnlyList<TimeSpan> Waits)
{
    /// <summary>Answers that a suggestion needs at least (domain rule: n ≥ 20).</summary>
    public const int EnoughAnswers = 20;

    /// <summary>Above this share agreed to unchanged, the limit only costs time (domain rule: over 95 %).</summary>
    public const double NearlyAll = 0.95;

    /// <summary>One tally a role of who put offers together, the lowest first.</summary>
    /// <param name="offers">The offers with money.</param>
    public static IReadOnlyList<ApprovalTally> Of(IEnumerable<OfferDecided> offers) => [.. offers.GroupBy(offer => offer.Role).OrderBy(group => group.Key).Select(group => new ApprovalTally(
        group.Key, group.Count(offer => offer.IsSent), group.Count(offer => offer.IsAsked), group.Count(offer => offer is { IsAsked: true, IsAgreed: true }), [.. group.Where(offer => offer.Waited is not null).Select(offer => offer.Waited!.Value)])
    {
        AskedAndSent = group.Count(offer => offer is { IsAsked: true, IsSent: true }),
    })];

    /// <summary>Offers that went out without anybody being asked.</summary>
    public int WithoutApproval => Sent - AskedAndSent;

    /// <summary>Asked offers that went out.</summary>
    public int AskedAndSent { get; init; }

    /// <summary>The middle wait; <c>null</c> when nobody waited. Of an even number the mean of the two in the middle.</summary>
    public TimeSpan? MedianWait
    {
        get
        {
            if (Waits.Count == 0)
                return null;
            var sorted = Waits.Order().ToList();
            return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>Nearly everything was agreed to as it was: the limit could be higher.</summary>
    public bool SuggestsMore => Waits.Count >= EnoughAnswers && Unchanged > NearlyAll * Waits.Count;
}

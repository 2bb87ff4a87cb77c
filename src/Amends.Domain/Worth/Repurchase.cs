using Amends.Domain.Statistics;

namespace Amends.Domain.Worth;

/// <summary>An order, as whether somebody bought again is counted.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="PlacedAt">When, Unix milliseconds.</param>
/// <param name="Month">Its month at the desk, as year × 12 + month.</param>
/// <param name="Minor">What it cost, minor units.</param>
/// <param name="CaseNumber">The complaint about it; <c>null</c> without one.</param>
/// <param name="ComplainedAt">When that came, Unix milliseconds.</param>
public sealed record BoughtOnce(long CustomerId, long PlacedAt, int Month, long Minor, long? CaseNumber, long? ComplainedAt);

/// <summary>
/// Whether customers who complained bought again, beside customers who did not and are alike in the month of the order and in what it cost. Whoever complained counts once, from the first complaint on; their days begin
/// with it, those of the others as many days after their order as complaints come after orders in the middle. Who complains may differ in other ways, so this shows what goes together and not what leads to what.
/// </summary>
/// <param name="Days">Within how many days.</param>
/// <param name="DelayDays">After how many days complaints come, in the middle.</param>
/// <param name="Compared">The comparison; <c>null</c> when nobody has anybody alike, or nobody's days are over.</param>
/// <param name="Cases">The complaints that count.</param>
/// <param name="Alike">The customers without one who are alike to one who complained, those with the newest order first, <see cref="MostAlike"/> at the most.</param>
public sealed record Repurchase(int Days, int DelayDays, MatchedComparison? Compared, IReadOnlyList<long> Cases, IReadOnlyList<long> Alike)
{
    /// <summary>So many of those alike are named.</summary>
    public const int MostAlike = 100;

    /// <summary>Upper ends of the bands of order values, minor units of a currency with hundredths: what lies in one band is alike.</summary>
    public static readonly IReadOnlyList<long> Bands = [2_500, 5_000, 10_000, 25_000, 50_000];

    private const long Day = 86_400_000;

    /// <summary>Compares.</summary>
    /// <param name="orders">All orders of the time that is looked at, of everybody.</param>
    /// <param name="days">Within how many days.</param>
    /// <param name="now">Now, Unix milliseconds; whose days are not over is left out.</param>
    public static Repurchase Of(IReadOnlyList<BoughtOnce> orders, int days, long now)
    {
        var customers = orders.OrderBy(order => order.PlacedAt).GroupBy(order => order.CustomerId).Select(group => group.ToList()).ToList();
        var complained = customers.Select(theirs => theirs.Where(order => order.ComplainedAt is not null).MinBy(order => order.ComplainedAt)).ToList();
        var delays = complained.OfType<BoughtOnce>().Select(order => Math.Max(0, order.ComplainedAt!.Value - order.PlacedAt)).Order().ToList();
        var delay = delays.Count == 0 ? 0 : delays[(delays.Count - 1) / 2];
        Dictionary<(int, int), (int With, int WithAgain, int Without, int WithoutAgain)> groups = [];
        List<long> cases = [];
        List<BoughtOnce> others = [];
        foreach (var (theirs, first) in customers.Zip(complained))
        {
            foreach (var order in first is not null ? [first] : theirs.DistinctBy(KeyOf))
            {
                var from = order.ComplainedAt ?? order.PlacedAt + delay;
                if (from + days * Day > now)
                    continue;
                var again = theirs.Any(later => later.PlacedAt > from && later.PlacedAt <= from + days * Day) ? 1 : 0;
                var counted = groups.GetValueOrDefault(KeyOf(order));
                groups[KeyOf(order)] = first is not null ? counted with { With = counted.With + 1, WithAgain = counted.WithAgain + again } : counted with { Without = counted.Without + 1, WithoutAgain = counted.WithoutAgain + again };
                if (first is not null)
                    cases.Add(first.CaseNumber!.Value);
                else
                    others.Add(order);
            }
        }

        var alike = others.Where(order => groups[KeyOf(order)].With > 0).OrderByDescending(order => order.PlacedAt).Select(order => order.CustomerId).Distinct().Take(MostAlike);
        return new(days, (int)(delay / Day), MatchedComparison.Of(groups.Values.Select(group => new MatchedGroup(new(group.WithAgain, group.With), new(group.WithoutAgain, group.Without)))), cases, [.. alike]);
    }

    private static (int Month, int Band) KeyOf(BoughtOnce order) => (order.Month, Bands.Count(end => order.Minor > end));
}

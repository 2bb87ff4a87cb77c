namespace Amends.Domain.Statistics;

/// <summary>Customers who are alike but for one thing, such as a complaint.</summary>
/// <param name="With">So many of those with it did (bought again).</param>
/// <param name="Without">So many of those without it did.</param>
public readonly record struct MatchedGroup(Proportion With, Proportion Without);

/// <summary>
/// Two shares compared among those who are alike: each group of alike ones is compared with itself, and groups count by how many are in them with it. It evens out what groups were made by, and nothing else: those who
/// complain may differ in other ways.
/// </summary>
/// <param name="With">The share of those with it, in groups that have both.</param>
/// <param name="Expected">The share that those without it would have, if they were spread over the groups alike; 0 to 1.</param>
/// <param name="Difference">The first less the second.</param>
/// <param name="Unmatched">How many with it have nobody alike without it, and are left out.</param>
public sealed record MatchedComparison(Proportion With, double Expected, Difference Difference, int Unmatched)
{
    /// <summary>Too few to lean on.</summary>
    public bool IsFew => With.IsFew;

    /// <summary>
    /// Compares. The interval recovers the variance from Wilson's intervals of each group (Zou and Donner 2008, for weighted sums); of one group it is Newcombe's.
    /// </summary>
    /// <param name="groups">Each with both sides.</param>
    /// <returns><c>null</c> when no group has both.</returns>
    public static MatchedComparison? Of(IEnumerable<MatchedGroup> groups)
    {
        var all = groups.ToList();
        var both = all.Where(group => group.With.Of > 0 && group.Without.Of > 0).ToList();
        var unmatched = all.Sum(group => group.With.Of) - both.Sum(group => group.With.Of);
        if (both.Count == 0)
            return null;
        var with = new Proportion(both.Sum(group => group.With.Hits), both.Sum(group => group.With.Of));
        double expected = 0, below = 0, above = 0;
        foreach (var (mine, theirs) in both)
        {
            var weight = (double)mine.Of / with.Of;
            var (share, other, within, otherWithin) = (mine.Share!.Value, theirs.Share!.Value, mine.Interval!.Value, theirs.Interval!.Value);
            expected += weight * other;
            below += weight * weight * (Square(share - within.Low) + Square(otherWithin.High - other));
            above += weight * weight * (Square(within.High - share) + Square(other - otherWithin.Low));
        }

        var by = with.Share!.Value - expected;
        return new(with, expected, new(by, new(Math.Max(-1, by - Math.Sqrt(below)), Math.Min(1, by + Math.Sqrt(above)))), unmatched);

        static double Square(double x) => x * x;
    }
}

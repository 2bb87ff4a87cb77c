namespace Amends.Domain.Statistics;

/// <summary>
/// Whether pairs moved up or down, by the signed-rank test of Wilcoxon (1945). Pairs that did not move are left out, equal sizes share the mean of
/// their ranks, and the chance is exact: of all ways in which the signs could have fallen on these ranks (so ties are no trouble).
/// </summary>
/// <param name="Up">Pairs that rose.</param>
/// <param name="Down">Pairs that fell.</param>
/// <param name="Same">Pairs that did not move.</param>
/// <param name="Sum">The sum of the ranks of those that rose.</param>
/// <param name="Chance">The two-sided chance of a sum as far from the middle as this one if up and down were alike; 1 where nothing moved.</param>
public sealed record SignedRank(int Up, int Down, int Same, double Sum, double Chance)
{
    /// <summary>Up to so many that moved the chance is exact; above, the normal approximation with ties counted in (Hollander and Wolfe 1999, 3.1).</summary>
    public const int MostExact = 300;

    /// <summary>Below this chance a move is called clear.</summary>
    public const double Clear = 0.05;

    /// <summary>Too few moved to lean on.</summary>
    public bool IsFew => Up + Down + Same < Proportion.Few;

    /// <summary>There are enough, and it is more than chance.</summary>
    public bool IsClear => !IsFew && Chance < Clear;

    /// <summary>Tests differences: each after less before, in whole units.</summary>
    public static SignedRank Of(IEnumerable<long> differences)
    {
        var all = differences.ToList();
        var moved = all.Where(each => each != 0).OrderBy(Math.Abs).ToList();
        var (same, up) = (all.Count - moved.Count, moved.Count(each => each > 0));
        if (moved.Count == 0)
            return new(0, 0, same, 0, 1);
        var twice = new int[moved.Count]; // twice the rank, so that shared ranks are whole
        double ties = 0;
        for (var i = 0; i < moved.Count;)
        {
            var next = i;
            while (next < moved.Count && Math.Abs(moved[next]) == Math.Abs(moved[i]))
                next++;
            double size = next - i;
            ties += size * size * size - size;
            Array.Fill(twice, i + 1 + next, i, next - i);
            i = next;
        }

        var sum = moved.Select((each, i) => each > 0 ? twice[i] : 0L).Sum();
        return new(up, moved.Count - up, same, sum / 2.0, moved.Count <= MostExact ? Exact(twice, sum) : Normal(moved.Count, ties, sum / 2.0));
    }

    /// <summary>Of all signs on these ranks, the share with a sum as far out, on both sides.</summary>
    private static double Exact(int[] twice, long sum)
    {
        var most = twice.Sum();
        var shares = new double[most + 1];
        shares[0] = 1;
        var reached = 0;
        foreach (var rank in twice)
        {
            reached += rank;
            for (var at = reached; at >= 0; at--)
                shares[at] = (shares[at] + (at >= rank ? shares[at - rank] : 0)) / 2;
        }

        var (low, high) = (Math.Min(sum, most - sum), Math.Max(sum, most - sum));
        double tail = 0;
        for (var at = 0; at <= most; at++)
            tail += at <= low || at >= high ? shares[at] : 0;
        return Math.Min(1, tail);
    }

    private static double Normal(double n, double ties, double sum)
    {
        var (mean, variance) = (n * (n + 1) / 4, n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
        var z = Math.Max(0, Math.Abs(sum - mean) - 0.5) / Math.Sqrt(variance);
        return Distributions.NormalBeyond(z);
    }
}

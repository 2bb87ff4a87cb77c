namespace Amends.Domain.Statistics;

/// <summary>One point of a control chart.</summary>
/// <param name="Value">What was seen: a count, a share, or a rate.</param>
/// <param name="Lower">Below it is out; never below 0.</param>
/// <param name="Upper">Above it is out.</param>
/// <param name="IsExact">The limits are quantiles of the distribution itself, since so few are expected that three standard deviations mislead.</param>
public readonly record struct ControlPoint(double Value, double Lower, double Upper, bool IsExact)
{
    /// <summary>Outside of what chance does: look for the reason.</summary>
    public bool IsOut => Value > Upper || Value < Lower;
}

/// <summary>
/// Shewhart's control charts (1931) for complaints. Limits lie three standard deviations around the centre. Where fewer than five are expected at a point,
/// its limits are the exact quantiles that leave as much outside as three standard deviations do of a normal distribution (0.135 % on each side).
/// </summary>
/// <param name="Centre">The mean that the limits lie around.</param>
/// <param name="Points">In the order given.</param>
public sealed record ControlChart(double Centre, IReadOnlyList<ControlPoint> Points)
{
    /// <summary>With fewer expected, limits are exact.</summary>
    public const double FewExpected = 5;

    private const double Tail = 0.0013498980316301; // above three standard deviations of a normal distribution

    /// <summary>The places, from 0, of the points that are out.</summary>
    public IReadOnlyList<int> Out => [.. Enumerable.Range(0, Points.Count).Where(at => Points[at].IsOut)];

    /// <summary>A p-chart: so many of so many, p̄ ± 3·√(p̄(1 − p̄) ÷ n).</summary>
    /// <param name="points">The share of each stretch of time; those of nothing have no limits to break (0 to 1).</param>
    /// <param name="centre">The share that is usual, 0 to 1; by default all hits of all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A centre outside of 0 to 1.</exception>
    public static ControlChart P(IReadOnlyList<Proportion> points, double? centre = null)
    {
        var (hits, all) = (points.Sum(point => (long)point.Hits), points.Sum(point => (long)point.Of));
        var share = centre is { } given ? Numbers.Share(given) : all == 0 ? 0 : (double)hits / all;
        return new(share, [.. points.Select(point =>
        {
            if (point.Of == 0)
                return new ControlPoint(0, 0, 1, true);
            var n = point.Of;
            if (n * Math.Min(share, 1 - share) < FewExpected)
                return new ControlPoint(point.Share!.Value, (double)Quantile(hit => Distributions.BinomialAtMost(hit, n, share), Tail, n) / n,
                    (double)Quantile(hit => Distributions.BinomialAtMost(hit, n, share), 1 - Tail, n) / n, true);
            var width = 3 * Math.Sqrt(share * (1 - share) / n);
            return new ControlPoint(point.Share!.Value, Math.Max(0, share - width), Math.Min(1, share + width), false);
        })]);
    }

    /// <summary>A c-chart: counts over stretches that are alike, c̄ ± 3·√c̄.</summary>
    /// <param name="counts">None below zero.</param>
    /// <param name="centre">The count that is usual; by default the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the centre is below zero.</exception>
    public static ControlChart C(IReadOnlyList<long> counts, double? centre = null) => U([.. counts.Select(count => (count, 1.0))], centre);

    /// <summary>A u-chart: counts by exposure, such as complaints by thousand orders, ū ± 3·√(ū ÷ n) with limits of its own at each point.</summary>
    /// <param name="points">How many, and of how much exposure; a point without exposure has no limits to break.</param>
    /// <param name="centre">The rate that is usual; by default all counts by all exposure.</param>
    /// <returns>Values and limits as rates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, an exposure or the centre is below zero or no number.</exception>
    public static ControlChart U(IReadOnlyList<(long Count, double Exposure)> points, double? centre = null)
    {
        foreach (var (count, exposure) in points)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(points));
            Numbers.NotNegative(exposure, nameof(points));
        }

        var all = points.Where(point => point.Exposure > 0).Sum(point => point.Exposure);
        var rate = centre is { } given ? Numbers.NotNegative(given) : all == 0 ? 0 : points.Where(point => point.Exposure > 0).Sum(point => (double)point.Count) / all;
        return new(rate, [.. points.Select(point =>
        {
            var (count, exposure) = point;
            if (exposure == 0)
                return new ControlPoint(0, 0, double.MaxValue, true);
            var expected = rate * exposure;
            if (expected < FewExpected)
                return new ControlPoint(count / exposure, Quantile(hit => Distributions.PoissonAtMost(hit, expected), Tail, int.MaxValue) / exposure,
                    Quantile(hit => Distributions.PoissonAtMost(hit, expected), 1 - Tail, int.MaxValue) / exposure, true);
            var width = 3 * Math.Sqrt(rate / exposure);
            return new ControlPoint(count / exposure, Math.Max(0, rate - width), rate + width, false);
        })]);
    }

    /// <summary>The smallest count with at least this chance of no more than it. At most a few dozen where fewer than five are expected; from the far end where nearly all are.</summary>
    private static long Quantile(Func<long, double> atMost, double chance, long most)
    {
        long tooFew = -1, enough = 1;
        while (enough < most && atMost(enough) < chance)
            (tooFew, enough) = (enough, Math.Min(most, enough * 2));
        while (enough - tooFew > 1)
        {
            var middle = tooFew + (enough - tooFew) / 2;
            (tooFew, enough) = atMost(middle) < chance ? (middle, enough) : (tooFew, middle);
        }

        return enough;
    }
}

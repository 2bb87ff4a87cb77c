namespace Amends.Domain.Statistics;

/// <summary>How far apart values lie: the middle one, and between which two the middle half lies.</summary>
/// <param name="Count">How many.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Median">The middle.</param>
/// <param name="Upper">The upper quartile.</param>
public sealed record Spread(int Count, double Lower, double Median, double Upper)
{
    /// <summary>Below this many nothing is said about single values.</summary>
    public const int Few = 5;

    /// <summary>Too few to say what is usual.</summary>
    public bool IsFew => Count < Few;

    /// <summary>Of these values; quartiles by linear interpolation between ranks (Hyndman and Fan 1996, definition 7).</summary>
    /// <returns><c>null</c> of nothing.</returns>
    public static Spread? Of(IEnumerable<long> values) => Of(values.Select(value => (double)value));

    /// <inheritdoc cref="Of(IEnumerable{long})"/>
    public static Spread? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : new Spread(sorted.Count, At(0.25), At(0.5), At(0.75));

        double At(double share)
        {
            var place = (sorted.Count - 1) * share;
            var below = (int)Math.Floor(place);
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]);
        }
    }

    /// <summary>Further than one and a half times the middle half outside of it (Tukey's fences, 1977); never where there are few.</summary>
    public bool IsOutlier(long value) => !IsFew && (value < Lower - 1.5 * (Upper - Lower) || value > Upper + 1.5 * (Upper - Lower));
}

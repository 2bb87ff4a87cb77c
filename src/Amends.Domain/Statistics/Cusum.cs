namespace Amends.Domain.Statistics;

/// <summary>One point of a <see cref="Cusum"/>.</summary>
/// <param name="High">What has summed up above the usual.</param>
/// <param name="Low">What has summed up below the usual, as a number from 0 on; 0 where only the upper side is watched.</param>
/// <param name="IsHigh">The upper sum is at its limit.</param>
/// <param name="IsLow">The lower sum is at its limit.</param>
public readonly record struct CusumPoint(double High, double Low, bool IsHigh, bool IsLow);

/// <summary>Cumulative sums (Page 1954): shifts that are small and stay.</summary>
public static class Cusum
{
    /// <summary>Of measured values, in standard deviations: S⁺ = max(0, S⁺ + z − k), S⁻ = max(0, S⁻ − z − k); at h or above it is an alarm.</summary>
    /// <param name="values">In order of time.</param>
    /// <param name="mean">What is usual.</param>
    /// <param name="deviation">The standard deviation of single values, above 0.</param>
    /// <param name="slack">k, half of the shift to find, in standard deviations, from 0 on.</param>
    /// <param name="limit">h, above 0; 4 to 5 is usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<CusumPoint> Normal(IReadOnlyList<double> values, double mean, double deviation, double slack = 0.5, double limit = 5)
    {
        Numbers.Finite(mean);
        Numbers.Positive(deviation);
        Numbers.NotNegative(slack);
        Numbers.Positive(limit);
        double high = 0, low = 0;
        var points = new List<CusumPoint>(values.Count);
        foreach (var value in values)
        {
            var z = (Numbers.Finite(value, nameof(values)) - mean) / deviation;
            high = Math.Max(0, high + z - slack);
            low = Math.Max(0, low - z - slack);
            points.Add(new(high, low, high >= limit, low >= limit));
        }

        return points;
    }

    /// <summary>The reference value k = (λ₁ − λ₀) ÷ (ln λ₁ − ln λ₀) that tells two Poisson means apart soonest (Lucas 1985).</summary>
    /// <param name="usual">λ₀, above 0.</param>
    /// <param name="raised">λ₁, above 0 and not the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not above 0, or they are the same.</exception>
    public static double PoissonReference(double usual, double raised)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(Numbers.Positive(raised), Numbers.Positive(usual));
        return (raised - usual) / (Math.Log(raised) - Math.Log(usual));
    }

    /// <summary>Of counts, the upper side: S = max(0, S + x − k); at h or above it is an alarm (Lucas 1985).</summary>
    /// <param name="counts">In order of time, none below zero.</param>
    /// <param name="reference">k, as <see cref="PoissonReference"/> gives it, above 0.</param>
    /// <param name="limit">h, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<CusumPoint> Poisson(IReadOnlyList<long> counts, double reference, double limit)
    {
        Numbers.Positive(reference);
        Numbers.Positive(limit);
        double high = 0;
        var points = new List<CusumPoint>(counts.Count);
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            high = Math.Max(0, high + count - reference);
            points.Add(new(high, 0, high >= limit, false));
        }

        return points;
    }
}

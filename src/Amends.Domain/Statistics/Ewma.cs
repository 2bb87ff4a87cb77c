namespace Amends.Domain.Statistics;

/// <summary>One point of an <see cref="Ewma"/>.</summary>
/// <param name="Smoothed">The weighted mean up to here.</param>
/// <param name="Lower">Below it is out.</param>
/// <param name="Upper">Above it is out.</param>
public readonly record struct EwmaPoint(double Smoothed, double Lower, double Upper)
{
    /// <summary>Drifted further than chance does.</summary>
    public bool IsOut => Smoothed > Upper || Smoothed < Lower;
}

/// <summary>Exponentially weighted moving averages (Roberts 1959): small drifts that last.</summary>
public static class Ewma
{
    /// <summary>zₜ = λxₜ + (1 − λ)zₜ₋₁ from the mean on; limits μ ± Lσ·√(λ ÷ (2 − λ) · (1 − (1 − λ)^(2t))), which widen from the start to their full width.</summary>
    /// <param name="values">In order of time.</param>
    /// <param name="mean">What is usual.</param>
    /// <param name="deviation">The standard deviation of single values, from 0 on.</param>
    /// <param name="weight">λ, the weight of the newest, above 0 and at most 1; 0.2 to 0.3 is usual.</param>
    /// <param name="width">L, how many standard deviations wide, above 0; 2.7 to 3 is usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<EwmaPoint> Of(IReadOnlyList<double> values, double mean, double deviation, double weight = 0.2, double width = 2.7)
    {
        Numbers.Finite(mean);
        Numbers.NotNegative(deviation);
        Numbers.Positive(Numbers.Share(weight));
        Numbers.Positive(width);
        var smoothed = mean;
        var points = new List<EwmaPoint>(values.Count);
        foreach (var value in values)
        {
            smoothed = weight * Numbers.Finite(value, nameof(values)) + (1 - weight) * smoothed;
            var half = width * deviation * Math.Sqrt(weight / (2 - weight) * (1 - Math.Pow(1 - weight, 2 * (points.Count + 1))));
            points.Add(new(smoothed, mean - half, mean + half));
        }

        return points;
    }
}

namespace Amends.Domain.Statistics;

/// <summary>So many in so much exposure, such as complaints in thousand orders.</summary>
/// <param name="Count">How many, from 0 on.</param>
/// <param name="Exposure">In how much, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A count below zero, or an exposure that is not above zero.</exception>
public readonly record struct PoissonRate(long Count, double Exposure)
{
    /// <summary>How many.</summary>
    public long Count { get; } = Count >= 0 ? Count : throw new ArgumentOutOfRangeException(nameof(Count), Count, "A count is not below zero.");

    /// <summary>In how much.</summary>
    public double Exposure { get; } = Numbers.Positive(Exposure);

    /// <summary>How many by one of exposure.</summary>
    public double Rate => Count / Exposure;

    /// <summary>The exact 95 % interval of the rate (Garwood 1936).</summary>
    public Interval Interval => CountInterval(Count) is var counts ? new(counts.Low / Exposure, counts.High / Exposure) : default;

    /// <summary>The exact 95 % interval of a Poisson mean of which this count was seen (Garwood 1936), by quantiles of the gamma distribution.</summary>
    /// <param name="count">From 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public static Interval CountInterval(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(count == 0 ? 0 : Distributions.GammaQuantile(count, 0.025), Distributions.GammaQuantile(count + 1.0, 0.975));
    }

    /// <summary>So many for a thousand of what they could have come from, with the exact 95 % interval.</summary>
    /// <param name="count">How many, such as complaints.</param>
    /// <param name="of">Of how many, such as orders.</param>
    /// <returns><c>null</c> of nothing.</returns>
    public static (double Rate, Interval Within)? PerThousand(long count, long of) => of == 0 ? null : new PoissonRate(count, of / 1000.0) is var rate ? (rate.Rate, rate.Interval) : null;

    /// <summary>P(X ≥ count): how likely at least so many are by chance, where so many are expected.</summary>
    /// <param name="count">What was seen.</param>
    /// <param name="expected">The mean, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A mean below zero.</exception>
    public static double AtLeast(long count, double expected) => Distributions.PoissonAtLeast(count, Numbers.NotNegative(expected));

    /// <summary>P(X ≤ count): how likely no more than so many are by chance, where so many are expected.</summary>
    /// <param name="count">What was seen.</param>
    /// <param name="expected">The mean, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A mean below zero.</exception>
    public static double AtMost(long count, double expected) => Distributions.PoissonAtMost(count, Numbers.NotNegative(expected));

    /// <summary>The two-sided exact p-value against a rate: twice the smaller tail, at most 1 (the test that belongs to Garwood's interval).</summary>
    /// <param name="rate">The rate that is doubted, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate below zero.</exception>
    public double PValueAgainst(double rate)
    {
        var expected = Numbers.NotNegative(rate) * Exposure;
        return Math.Min(1, 2 * Math.Min(AtLeast(Count, expected), AtMost(Count, expected)));
    }
}

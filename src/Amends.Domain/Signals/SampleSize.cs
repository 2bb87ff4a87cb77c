namespace Amends.Domain.Signals;

/// <summary>How many to look at, so that something that is wrong is hardly missed.</summary>
public static class SampleSize
{
    /// <summary>
    /// The smallest sample without replacement that holds at least one wrong one with this confidence, if this share of all is wrong: the smallest n for which
    /// C(N − D, n) ÷ C(N, n) ≤ 1 − confidence, with D = ⌈share · N⌉ (hypergeometric; discovery sampling of auditors).
    /// </summary>
    /// <param name="population">How many there are.</param>
    /// <param name="share">The share that is wrong, above 0 and at most 1.</param>
    /// <param name="confidence">From 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share or confidence outside its bounds, or a negative population.</exception>
    public static int For(int population, double share = 0.05, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var wrong = (int)Math.Ceiling(share * population);
        var missed = 1.0; // the chance that none of the n drawn so far is wrong
        for (var n = 0; n < population; n++)
        {
            if (missed <= 1 - confidence)
                return n;
            missed *= Math.Max(0, (double)(population - wrong - n) / (population - n));
        }

        return population;
    }
}

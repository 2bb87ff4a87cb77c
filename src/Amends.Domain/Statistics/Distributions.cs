using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Amends.Domain.Statistics;

/// <summary>The few distributions that are asked for, by MathNet.Numerics; nothing else names that library.</summary>
internal static class Distributions
{
    /// <summary>P(X ≥ count) of a Poisson distribution, by the lower incomplete gamma function: no small tail is lost to a subtraction.</summary>
    public static double PoissonAtLeast(long count, double mean) => count <= 0 ? 1 : mean <= 0 ? 0 : Bounded(SpecialFunctions.GammaLowerRegularized(count, mean));

    /// <summary>P(X ≤ count) of a Poisson distribution.</summary>
    public static double PoissonAtMost(long count, double mean) => count < 0 ? 0 : mean <= 0 ? 1 : Bounded(SpecialFunctions.GammaUpperRegularized(count + 1, mean));

    /// <summary>The quantile of a gamma distribution of scale 1.</summary>
    public static double GammaQuantile(double shape, double chance)
    {
        if (shape < 50_000)
            return Gamma.InvCDF(shape, 1, chance);
        var z = Normal.InvCDF(0, 1, chance); // Wilson and Hilferty 1931; at this shape the cube root is normal to nine digits
        return shape * Math.Pow(1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape)), 3);
    }

    /// <summary>P(X ≥ hits) of a binomial distribution.</summary>
    public static double BinomialAtLeast(long hits, long of, double chance) =>
        hits <= 0 ? 1 : hits > of ? 0 : chance <= 0 ? 0 : chance >= 1 ? 1 : Bounded(SpecialFunctions.BetaRegularized(hits, of - hits + 1, chance));

    /// <summary>P(X ≤ hits) of a binomial distribution.</summary>
    public static double BinomialAtMost(long hits, long of, double chance) =>
        hits < 0 ? 0 : hits >= of ? 1 : chance <= 0 ? 1 : chance >= 1 ? 0 : Bounded(SpecialFunctions.BetaRegularized(of - hits, hits + 1, 1 - chance));

    /// <summary>The logarithm of P(X = hits) of a binomial distribution with a chance between 0 and 1.</summary>
    public static double LogBinomial(long hits, long of, double chance) =>
        SpecialFunctions.GammaLn(of + 1.0) - SpecialFunctions.GammaLn(hits + 1.0) - SpecialFunctions.GammaLn(of - hits + 1.0)
        + hits * Math.Log(chance) + (of - hits) * Math.Log(1 - chance);

    /// <summary>P(B ≤ x) of a beta distribution.</summary>
    public static double Beta(double a, double b, double x) => x <= 0 ? 0 : x >= 1 ? 1 : Bounded(SpecialFunctions.BetaRegularized(a, b, x));

    /// <summary>The quantile of a beta distribution, by bisection: slower than a solver, and it always ends.</summary>
    public static double BetaQuantile(double a, double b, double chance)
    {
        double low = 0, high = 1;
        for (var step = 0; step < 200 && high - low > 1e-15 * high; step++)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            (low, high) = Beta(a, b, middle) < chance ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>P(|Z| ≥ z) of a standard normal distribution.</summary>
    public static double NormalBeyond(double z) => Bounded(SpecialFunctions.Erfc(z / Math.Sqrt(2)));

    private static double Bounded(double chance) => double.IsNaN(chance) ? throw new ArithmeticException("These numbers are too large for this distribution.") : Math.Clamp(chance, 0, 1);
}

namespace Amends.Domain.Statistics;

/// <summary>
/// Two counts with their exposures, before and after a change. Given both together, the count before is binomial (Przyborowski and Wilenski 1940): with a true ratio R
/// of the rates its chance is R·t₁ ÷ (R·t₁ + t₂), so tests and limits are exact. The stretch of time that triggered the change is not for "before": whatever is picked because it was bad
/// looks better afterwards without anybody's doing.
/// </summary>
/// <param name="CountBefore">How many before.</param>
/// <param name="ExposureBefore">In how much exposure, such as orders.</param>
/// <param name="CountAfter">How many after.</param>
/// <param name="ExposureAfter">In how much exposure.</param>
/// <exception cref="ArgumentOutOfRangeException">A count below zero, or an exposure that is not above zero.</exception>
public sealed record BeforeAfter(long CountBefore, double ExposureBefore, long CountAfter, double ExposureAfter)
{
    private const double Outside = 0.025; // on each side of a 95 % interval

    /// <summary>Before.</summary>
    public PoissonRate Before { get; } = new(CountBefore, ExposureBefore);

    /// <summary>After.</summary>
    public PoissonRate After { get; } = new(CountAfter, ExposureAfter);

    /// <summary>The rate before by the rate after; <c>null</c> when nothing was counted after.</summary>
    public double? Ratio => CountAfter == 0 ? null : Before.Rate / After.Rate;

    /// <summary>
    /// The exact 95 % interval of before ÷ after, from that of Clopper and Pearson (1934) for the share of "before"; the upper end is <c>null</c> (no limit) when nothing was counted after.
    /// </summary>
    public OpenInterval RatioWithin => new(
        CountBefore == 0 ? 0 : RatioOf(Distributions.BetaQuantile(CountBefore, CountAfter + 1.0, Outside)),
        CountAfter == 0 ? null : RatioOf(Distributions.BetaQuantile(CountBefore + 1.0, CountAfter, 1 - Outside)));

    /// <summary>The exact 95 % interval of after ÷ before; the upper end is <c>null</c> (no limit) when nothing was counted before.</summary>
    public OpenInterval ChangeWithin => new(RatioWithin.High is { } high ? 1 / high : 0, RatioWithin.Low > 0 ? 1 / RatioWithin.Low : null);

    /// <summary>The change is shown to have helped: the whole interval of after ÷ before lies below one.</summary>
    public bool IsShown => ChangeWithin.High < 1;

    /// <summary>The one-sided p-value for a ratio (before ÷ after) that is larger than this: small values speak for it.</summary>
    /// <param name="ratio">Above 0; 1 asks whether it got better at all.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double PGreater(double ratio = 1) => Distributions.BinomialAtLeast(CountBefore, CountBefore + CountAfter, Chance(ratio));

    /// <summary>The one-sided p-value for a ratio that is smaller than this.</summary>
    /// <param name="ratio">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double PLess(double ratio = 1) => Distributions.BinomialAtMost(CountBefore, CountBefore + CountAfter, Chance(ratio));

    /// <summary>As <see cref="PGreater"/>, with what was seen counted by half (the mid-p of Lancaster 1961): less cautious, and right on average.</summary>
    /// <param name="ratio">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double MidPGreater(double ratio = 1) => Math.Max(0, PGreater(ratio) - Math.Exp(Distributions.LogBinomial(CountBefore, CountBefore + CountAfter, Chance(ratio))) / 2);

    /// <summary>The two-sided p-value: all outcomes that are no more likely than what was seen.</summary>
    /// <param name="ratio">Above 0; 1 asks whether anything changed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double PTwoSided(double ratio = 1)
    {
        var (all, chance) = (CountBefore + CountAfter, Chance(ratio));
        if (all == 0)
            return 1;
        var seen = Distributions.LogBinomial(CountBefore, all, chance) + 1e-7; // equal in all but the last digits is equal
        var mode = Math.Min(all, (long)((all + 1) * chance));
        if (CountBefore == mode)
            return 1;
        // Chances rise up to the mode and fall behind it, so on its other side the border is found by halving.
        if (CountBefore < mode)
        {
            var (more, less) = (mode, all + 1);
            while (less - more > 1)
                (more, less) = more + (less - more) / 2 is var middle && Distributions.LogBinomial(middle, all, chance) <= seen ? (more, middle) : (middle, less);
            return Math.Min(1, Distributions.BinomialAtMost(CountBefore, all, chance) + Distributions.BinomialAtLeast(less, all, chance));
        }
        else
        {
            var (less, more) = (-1L, mode);
            while (more - less > 1)
                (less, more) = less + (more - less) / 2 is var middle && Distributions.LogBinomial(middle, all, chance) <= seen ? (middle, more) : (less, middle);
            return Math.Min(1, Distributions.BinomialAtMost(less, all, chance) + Distributions.BinomialAtLeast(CountBefore, all, chance));
        }
    }

    /// <summary>
    /// The 95 % interval of before ÷ after that belongs to the two-sided test: from the smallest to the largest ratio that it does not turn down. Mostly narrower than
    /// <see cref="RatioWithin"/>; the upper end is <c>null</c> when nothing was counted after.
    /// </summary>
    public OpenInterval LikelyRatioWithin
    {
        get
        {
            var wide = RatioWithin;
            if (CountBefore == 0 && CountAfter == 0)
                return wide;
            var best = Ratio ?? wide.Low * 2;
            var lower = CountBefore == 0 ? 0 : First(wide.Low / 2, best);
            return new(lower, wide.High is { } high ? First(high * 2, CountBefore == 0 ? high / 1e6 : best) : null);

            // From far outside inwards in small steps, since the p-value jumps: the first ratio that is not turned down.
            double First(double outer, double inner)
            {
                const int Steps = 400;
                var (turnedDown, taken) = (outer, inner);
                for (var step = 1; step <= Steps; step++)
                {
                    var ratio = outer * Math.Pow(inner / outer, (double)step / Steps);
                    if (PTwoSided(ratio) > 2 * Outside)
                    {
                        taken = ratio;
                        break;
                    }

                    turnedDown = ratio;
                }

                for (var step = 0; step < 60; step++)
                {
                    var middle = (turnedDown + taken) / 2;
                    (turnedDown, taken) = PTwoSided(middle) > 2 * Outside ? (turnedDown, middle) : (middle, taken);
                }

                return taken;
            }
        }
    }

    /// <summary>
    /// How much more exposure after the change is needed until it is shown, if the rate after it stays what it is so far. By the same exact interval, with the beta distribution taken between
    /// whole counts, too, so that the answer does not jump.
    /// </summary>
    /// <returns>Whole units of exposure, rounded up; 0 when it is shown; <c>null</c> when no amount would show it: the rate after is not lower, or too little was counted before.</returns>
    public double? ExposureNeeded()
    {
        const double Most = 1e12;
        if (IsShown)
            return 0;
        if (CountBefore == 0 || After.Rate >= Before.Rate || !Shown(Most))
            return null;
        double tooLittle = 0, enough = Math.Max(1, ExposureAfter);
        while (!Shown(enough))
            (tooLittle, enough) = (enough, Math.Min(Most, enough * 2));
        while (enough - tooLittle > 0.5 && enough - tooLittle > enough * 1e-9)
        {
            var middle = (tooLittle + enough) / 2;
            (tooLittle, enough) = Shown(middle) ? (tooLittle, middle) : (middle, enough);
        }

        return Math.Ceiling(enough);

        bool Shown(double more)
        {
            var exposure = ExposureAfter + more;
            var share = Distributions.BetaQuantile(CountBefore, After.Rate * exposure + 1, Outside);
            return share / (1 - share) * exposure / ExposureBefore > 1;
        }
    }

    private double Chance(double ratio) => Numbers.Positive(ratio) * ExposureBefore / (ratio * ExposureBefore + ExposureAfter);

    private double RatioOf(double share) => share / (1 - share) * ExposureAfter / ExposureBefore;
}

/// <summary>From where to where.</summary>
/// <param name="Low">From here.</param>
/// <param name="High">To here; <c>null</c> where there is no limit.</param>
public readonly record struct OpenInterval(double Low, double? High);

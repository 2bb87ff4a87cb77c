namespace Amends.Domain.Statistics;

/// <summary>What a customer is worth over the time that they stay. Money goes in and comes out as minor units of one currency.</summary>
public static class LifetimeValue
{
    /// <summary>How many years a customer is expected to stay, 1 ÷ (1 − retention): the mean of a geometric distribution.</summary>
    /// <param name="retention">The share of customers who are still there a year later, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside.</exception>
    public static double ExpectedYears(double retention)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Numbers.Share(retention), 1);
        return 1 / (1 - retention);
    }

    /// <summary>The simple value: mean order × orders a year × gross margin × expected years, without discounting.</summary>
    /// <param name="orderMinor">The mean order, in minor units.</param>
    /// <param name="ordersPerYear">How often they order in a year.</param>
    /// <param name="margin">The gross margin, 0 to 1.</param>
    /// <param name="retention">From 0 to below 1, by year.</param>
    /// <returns>Minor units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static long Simple(long orderMinor, double ordersPerYear, double margin, double retention) =>
        Numbers.Minor(Numbers.NotNegative(orderMinor) * Numbers.NotNegative(ordersPerYear) * Numbers.Share(margin) * ExpectedYears(retention));

    /// <summary>
    /// The margin multiple r ÷ (1 + i − r) of Gupta and Lehmann (2003): what all periods to come are worth now, as a multiple of one period's margin, the first of them one period from now.
    /// </summary>
    /// <param name="retention">r, 0 to 1, by period.</param>
    /// <param name="discount">i, from 0 on, by period; not 0 where everybody stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside, or the sum has no end.</exception>
    public static double Multiple(double retention, double discount) => Numbers.Share(retention) / Denominator(retention, discount);

    /// <summary>The same with the first margin now: (1 + i) ÷ (1 + i − r), one more than <see cref="Multiple"/>.</summary>
    /// <param name="retention">r, 0 to 1, by period.</param>
    /// <param name="discount">i, from 0 on, by period; not 0 where everybody stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside, or the sum has no end.</exception>
    public static double MultipleFromNow(double retention, double discount) => (1 + discount) / Denominator(retention, discount);

    /// <summary>Only so many periods of <see cref="Multiple"/>: the sum of (r ÷ (1 + i))^t for t from 1.</summary>
    /// <param name="retention">r, 0 to 1, by period.</param>
    /// <param name="discount">i, from 0 on, by period.</param>
    /// <param name="periods">From 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static double MultipleOver(double retention, double discount, int periods)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        var step = Numbers.Share(retention) / (1 + Numbers.NotNegative(discount));
        return step == 1 ? periods : step * (1 - Math.Pow(step, periods)) / (1 - step);
    }

    /// <summary>The discounted value: one period's margin times a multiple.</summary>
    /// <param name="marginMinor">The margin of one period, in minor units.</param>
    /// <param name="multiple">As one of the functions gives it.</param>
    /// <returns>Minor units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A margin that is no number, or a multiple below zero.</exception>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static long Discounted(long marginMinor, double multiple) => Numbers.Minor(marginMinor * Numbers.NotNegative(multiple));

    /// <summary>The multiples for several retentions and discounts, a row for each retention.</summary>
    /// <param name="retentions">The rows.</param>
    /// <param name="discounts">The columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside, or a sum has no end.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Table(IReadOnlyList<double> retentions, IReadOnlyList<double> discounts) =>
        [.. retentions.Select(retention => (IReadOnlyList<double>)[.. discounts.Select(discount => Multiple(retention, discount))])];

    private static double Denominator(double retention, double discount) => Numbers.Positive(1 + Numbers.NotNegative(discount) - Numbers.Share(retention), nameof(discount));
}

using Amends.Domain.Statistics;

namespace Amends.Domain.Worth;

/// <summary>What a customer ordered until a day, in one currency.</summary>
/// <param name="Orders">How many.</param>
/// <param name="TotalMinor">What they cost together, minor units.</param>
/// <param name="First">When the first was placed.</param>
public sealed record OrderHistory(int Orders, long TotalMinor, DateTimeOffset First)
{
    private const double DaysPerYear = 365.25;

    /// <summary>Years from the first order until a day, one at the least: somebody new is not taken for somebody who orders all the time.</summary>
    public double Years(DateTimeOffset at) => Math.Max(1, (at - First).TotalDays / DaysPerYear);

    /// <summary>What they ordered for in a year, minor units. What customers are worth is a multiple of it, so that the sum over many follows from the sum of this.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long YearlyMinor(DateTimeOffset at) => Numbers.Minor(TotalMinor / Years(at));
}

/// <summary>
/// What a customer is expected to bring, by their own orders: counted in the same way for everybody. Orders a year are their orders over the years since the first, one year at the least, so that somebody new is not
/// taken for somebody who orders all the time. How many stay is the company's own figure, or assumed.
/// </summary>
/// <param name="History">Their orders.</param>
/// <param name="MeanOrder">The mean order, minor units.</param>
/// <param name="OrdersPerYear">Orders a year.</param>
/// <param name="Margin">What of the price is left after the goods, 0 to 1.</param>
/// <param name="Retention">The share of customers who order again within a year.</param>
/// <param name="Discount">By how much a year makes money worth less.</param>
public sealed record CustomerWorth(OrderHistory History, long MeanOrder, double OrdersPerYear, double Margin, LowMidHigh<double> Retention, LowMidHigh<double> Discount)
{
    /// <summary>The most that is taken to stay each year: of few customers all may have stayed, and nobody stays for ever.</summary>
    public const double MostStay = 0.95;

    /// <summary>What they ordered for in a year, minor units.</summary>
    public long YearlyRevenue { get; private init; }

    /// <summary>What they bring in a year after the goods, minor units.</summary>
    public long YearlyMargin => Numbers.Minor(YearlyRevenue * Margin);

    /// <summary>The simple value: mean order × orders a year × margin × expected years.</summary>
    public LowMidHigh<long> Simple => Retention.To(stay => LifetimeValue.Simple(MeanOrder, OrdersPerYear, Margin, stay));

    /// <summary>The discounted value, the first margin a year from now: yearly margin × r ÷ (1 + i − r). At the low end fewer stay and money loses more.</summary>
    public LowMidHigh<long> Discounted => DiscountedOf(YearlyRevenue, Margin, Retention, Discount);

    /// <summary>The same of many customers together, by the sum of what they ordered for in a year: what it makes of all is, but for less than a minor unit each, what it makes of each.</summary>
    /// <param name="yearlyRevenue">What they ordered for in a year, minor units.</param>
    /// <param name="margin">What of the price is left after the goods, 0 to 1.</param>
    /// <param name="retention">The share that stays, by year.</param>
    /// <param name="discount">By year.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static LowMidHigh<long> DiscountedOf(long yearlyRevenue, double margin, LowMidHigh<double> retention, LowMidHigh<double> discount) => retention.With(new LowMidHigh<double>(discount.High, discount.Mid, discount.Low),
        (stay, lost) => Numbers.Minor(yearlyRevenue * margin * LifetimeValue.Multiple(Math.Min(stay, MostStay), lost)));

    /// <summary>Counts.</summary>
    /// <param name="history">Their orders until the day.</param>
    /// <param name="at">The day.</param>
    /// <param name="margin">What of the price is left after the goods, 0 to 1.</param>
    /// <param name="retention">The share that stays, by year.</param>
    /// <param name="discount">By year.</param>
    /// <returns><c>null</c> without an order.</returns>
    public static CustomerWorth? Of(OrderHistory history, DateTimeOffset at, double margin, LowMidHigh<double> retention, LowMidHigh<double> discount)
    {
        if (history.Orders == 0)
            return null;
        return new(history, Numbers.Minor((double)history.TotalMinor / history.Orders), history.Orders / history.Years(at), margin, retention.To(stay => Math.Min(stay, MostStay)), discount) { YearlyRevenue = history.YearlyMinor(at) };
    }
}

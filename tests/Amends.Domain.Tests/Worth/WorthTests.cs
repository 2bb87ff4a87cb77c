using Amends.Domain.Statistics;
using Amends.Domain.Worth;

namespace Amends.Domain.Tests.Worth;

/// <summary>What customers are worth and what is at stake, recounted by hand.</summary>
public sealed class WorthTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly Assumption Share = new("x", "X", "y", Measure.Share, 0.1, 0.2, 0.3, "A guess", "", Grade.Folklore) { OwnFrom = 30 };

    [Fact]
    public void A_customer_is_worth_what_their_own_orders_bring()
    {
        // six orders of 100 in three years, 40 % are left: 80 a year; of 80 % who stay, five years simply, and 80 x 0.8 / (1 + 0.1 - 0.8) discounted
        var worth = CustomerWorth.Of(new(6, 60_000, Now.AddDays(-3 * 365.25)), Now, 0.4, Same(0.8), Same(0.1))!;
        Assert.Equal((10_000L, 8_000L, 40_000L, 21_333L), (worth.MeanOrder, worth.YearlyMargin, worth.Simple.Mid, worth.Discounted.Mid));
        Assert.Equal(2, worth.OrdersPerYear, 1e-9);

        var range = CustomerWorth.Of(new(6, 60_000, Now.AddDays(-3 * 365.25)), Now, 0.4, new(0.6, 0.8, 0.9), new(0.1, 0.12, 0.16))!;
        Assert.Equal((8_571L, 20_000L, 36_000L), (range.Discounted.Low, range.Discounted.Mid, range.Discounted.High)); // 80 x 0.6/0.56, 0.8/0.32, 0.9/0.2
        Assert.Equal(2_000L, CustomerWorth.Of(new(2, 5_000, Now.AddDays(-3)), Now, 0.4, Same(0.5), Same(0.0))!.YearlyMargin); // somebody new: two a year, not two hundred
        Assert.Equal(20, LifetimeValue.ExpectedYears(CustomerWorth.Of(new(2, 5_000, Now), Now, 0.4, Same(1.0), Same(0.0))!.Retention.Mid), 1e-9); // nobody stays for ever
        Assert.Null(CustomerWorth.Of(new(0, 0, Now), Now, 0.4, Same(0.5), Same(0.1)));
    }

    [Fact]
    public void What_is_at_stake_is_a_range_from_where_assumptions_make_least_to_where_they_make_most()
    {
        var odds = new RiskOdds(new(0.3, 0.6, 0.9), new(0.05, 0.25, 0.46), new(0, 5_000, 10_000), new(5, 10, 16), new(0, 0.01, 0.05));
        var risk = CaseRisk.Of(new(10_000, 20_000, 30_000), odds);
        Assert.Equal(new LowMidHigh<long>(3_000, 15_500, 44_000), risk.Before); // 0.6 x 25,000 + 10 x 0.01 x 5,000
        Assert.Equal(new LowMidHigh<long>(3_000, 6_250, 2_000), risk.After); // at the low end as many leave as would anyway
        Assert.Equal(new LowMidHigh<long>(0, 9_250, 42_000), risk.AtRisk);
        Assert.Equal(new LowMidHigh<long>(0, 18_500, 84_000), (risk + risk).AtRisk);
        Assert.Equal(default, CaseRisk.None.AtRisk);
        var loyal = CaseRisk.Of(Same<long>(100), odds with { LeavesUnresolved = Same(0.1), LeavesResolved = Same(0.4) });
        Assert.True(loyal.AtRisk is { Low: >= 0, Mid: >= 0, High: >= 0 }); // putting it right drives nobody away
    }

    [Fact]
    public void What_many_put_at_risk_follows_from_two_sums_as_it_does_case_by_case()
    {
        var random = new Random(7310);
        double Chance(double least, double most) => least + random.NextDouble() * (most - least);
        LowMidHigh<double> Range(double most) => Chance(0, most / 3) is var low && Chance(low, most * 2 / 3) is var mid ? new(low, mid, Chance(mid, most)) : default;
        for (var round = 0; round < 50; round++)
        {
            var (count, margin, retention, discount) = (random.Next(1, 400), Chance(0.05, 0.9), Range(1), Range(0.3) is var some ? new LowMidHigh<double>(some.Low + 0.01, some.Mid + 0.01, some.High + 0.01) : default);
            var odds = new RiskOdds(Range(1), Range(1), new(random.Next(500), 500 + random.Next(2_000), 3_000 + random.Next(5_000)), Range(16), Range(0.2));
            var (each, revenue) = (CaseRisk.None, 0L);
            for (var i = 0; i < count; i++)
            {
                if (random.Next(5) == 0) // no order is known
                {
                    each += CaseRisk.Of(default, odds);
                    continue;
                }

                var history = new OrderHistory(random.Next(1, 40), random.NextInt64(0, 5_000_000), Now.AddDays(-random.NextDouble() * 2_000));
                each += CaseRisk.Of(CustomerWorth.Of(history, Now, margin, retention, discount)!.Discounted, odds);
                revenue += history.YearlyMinor(Now);
            }

            var all = CaseRisk.OfMany(count, CustomerWorth.DiscountedOf(revenue, margin, retention, discount), odds);
            foreach (var (one, other) in new[] { (each.Before, all.Before), (each.After, all.After) })
                Assert.All(new[] { one.Low - other.Low, one.Mid - other.Mid, one.High - other.High }, off => Assert.InRange(Math.Abs(off), 0, count + 1)); // less than a minor unit each
        }
    }

    [Fact]
    public void An_assumption_needs_a_range_in_order_and_a_source_and_gives_way_to_enough_of_ones_own()
    {
        Assert.Equal("low", Assert.Throws<Refused>(() => Share.With(0.3, 0.2, 0.4, "A study", null, Grade.Survey)).Code);
        Assert.Equal("high", Assert.Throws<Refused>(() => Share.With(0.1, 0.5, 0.4, "A study", null, Grade.Survey)).Code);
        Assert.Equal("value", Assert.Throws<Refused>(() => Share.With(0.1, 1.5, 2, "A study", null, Grade.Survey)).Code);
        Assert.Equal("source", Assert.Throws<Refused>(() => Share.With(0.1, 0.2, 0.4, " ", null, Grade.Survey)).Code);
        Assert.Equal("grade", Assert.Throws<Refused>(() => Share.With(0.1, 0.2, 0.4, "A study", null, 0)).Code);
        Assert.Equal((0.15, Grade.Survey), (Share.With(0.1, 0.15, 0.4, "A study", "2020", Grade.Survey).Value!.Value, Share.With(0.1, 0.15, 0.4, "A study", "2020", Grade.Survey).Grade));

        var some = new Held(Share, OwnFigure.Of(new Proportion(6, 29), new(2025, 1, 1)));
        Assert.Equal((false, Grade.Folklore, 0.2), (some.IsOwn, some.Grade, some.Range!.Value.Mid));
        var enough = new Held(Share, OwnFigure.Of(new Proportion(15, 30), new(2025, 1, 1)));
        Assert.Equal((true, Grade.OwnData, 0.5), (enough.IsOwn, enough.Grade, enough.Range!.Value.Mid));
        Assert.Equal(new Proportion(15, 30).Interval!.Value.Low, enough.Range!.Value.Low);
        Assert.Null(new Held(Share with { Low = null, Value = null, High = null }, null).Range);
        var mean = OwnFigure.Mean([2, 4, 6], new(2025, 1, 1))!; // sd 2, half 1.96 x 2 / sqrt 3
        Assert.Equal((4.0, 3), (mean.Value, mean.N));
        Assert.Equal(2.263, mean.High - 4, 1e-3);
        Assert.Null(OwnFigure.Mean([1], new(2025, 1, 1)));
    }

    [Fact]
    public void Work_is_the_time_between_two_signs_and_no_long_pause()
    {
        Assert.Equal(TimeSpan.FromMinutes(3), WorkClock.Between(Now, Now.AddMinutes(3)));
        Assert.Equal(TimeSpan.FromMinutes(5), WorkClock.Between(Now, Now.AddMinutes(5)));
        Assert.Equal(TimeSpan.Zero, WorkClock.Between(Now, Now.AddMinutes(5.1)));
        Assert.Equal(TimeSpan.Zero, WorkClock.Between(Now, Now.AddMinutes(-1)));
    }

    [Fact]
    public void Who_bought_again_is_compared_among_those_alike_in_month_and_value()
    {
        const long day = 86_400_000;
        List<BoughtOnce> orders =
        [
            new(1, 0, 1, 3_000, 1001, 10 * day), new(1, 50 * day, 2, 9_000, null, null), // complained, and came again
            new(2, 0, 1, 4_000, 1002, 10 * day), // complained, and did not
            new(3, 0, 1, 3_500, null, null), new(3, 60 * day, 3, 3_500, null, null), new(4, 0, 1, 2_600, null, null), new(4, 60 * day, 3, 100_000, null, null),
            new(5, 0, 1, 5_000, null, null), new(5, 60 * day, 3, 200, null, null), new(6, 0, 1, 4_999, null, null), // three of four came again
            new(7, 0, 1, 60_000, 1003, 10 * day), // nobody alike
            new(8, 280 * day, 10, 3_000, 1004, 290 * day), // 90 days are not over
        ];
        var again = Repurchase.Of(orders, 90, 365 * day);
        Assert.Equal((10, new Proportion(1, 2), 0.75, -0.25, 1), (again.DelayDays, again.Compared!.With, again.Compared.Expected, again.Compared.Difference.By, again.Compared.Unmatched));
        Assert.False(again.Compared.Difference.IsClear);
        Assert.Equal([1001, 1002, 1003], again.Cases.Order());
        Assert.Equal([3, 4, 5, 6], again.Alike.Order()); // not who complained, and not whom nobody is like
        Assert.Null(Repurchase.Of([], 90, 0).Compared);
        Assert.Null(Repurchase.Of(orders, 365, 365 * day).Compared); // nobody's year is over
    }

    [Fact]
    public void A_recovery_that_mends_our_own_handling_is_told_apart()
    {
        Assert.Equal(SelfMadeBy.OurHandling, SelfMade.Of(new("SRV.broken_promise", null, false, false)));
        Assert.Equal(SelfMadeBy.OurHandling, SelfMade.Of(new("DEL.late", "service", true, true)));
        Assert.Equal(SelfMadeBy.OurHandling, SelfMade.Of(new("HND", null, false, false)));
        Assert.Equal(SelfMadeBy.FailedFix, SelfMade.Of(new("DEL.late", "delivery", true, true)));
        Assert.Equal(SelfMadeBy.BrokenPromise, SelfMade.Of(new(null, null, false, true)));
        Assert.Null(SelfMade.Of(new("PRD.quality", "product", false, false)));
    }

    private static LowMidHigh<T> Same<T>(T value) => new(value, value, value);
}

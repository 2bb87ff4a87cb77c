using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>Exact tests of counts, against values of R's exactci as statsmodels quotes them, and recomputed ones.</summary>
public sealed class RareCountsTests
{
    [Theory]
    [InlineData(10, 4, 0.0081322)]
    [InlineData(8, 3.2, 0.0168298)]
    [InlineData(3, 0.5, 0.0143877)]
    [InlineData(0, 5, 1)]
    [InlineData(1, 0, 0)]
    public void At_least_so_many_by_chance(long count, double expected, double chance) => Assert.Equal(chance, PoissonRate.AtLeast(count, expected), 5.1e-8);

    [Fact]
    public void The_interval_of_a_rate_is_Garwoods()
    {
        var rate = new PoissonRate(15, 400);
        Assert.Equal(0.0209884653, rate.Interval.Low, 5e-11);
        Assert.Equal(0.0618505472, rate.Interval.High, 5e-11);
        Assert.Equal(0.3130262693, rate.PValueAgainst(0.05), 5e-11);
        Assert.Equal(0, PoissonRate.CountInterval(0).Low);
        Assert.Equal(3.688879454, PoissonRate.CountInterval(0).High, 5e-10); // -ln 0.025
        Assert.Equal(1, new PoissonRate(0, 1).PValueAgainst(0));
        Assert.Equal(0, new PoissonRate(1, 1).PValueAgainst(0));
    }

    /// <summary>At both ends of the interval the tail beyond what was seen is 2.5 %, also where the quantile is taken by the cube root.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(49_998)]
    [InlineData(50_001)]
    [InlineData(1_000_000)]
    public void Both_ends_of_the_interval_leave_two_and_a_half_percent(long count)
    {
        var (low, high) = PoissonRate.CountInterval(count);
        Assert.Equal(0.025, PoissonRate.AtLeast(count, low), 1e-7);
        Assert.Equal(0.025, PoissonRate.AtMost(count, high), 1e-7);
    }

    [Fact]
    public void What_is_no_rate_is_turned_down()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonRate(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonRate(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonRate(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonRate.AtLeast(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeforeAfter(1, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeforeAfter(1, 1, 1, 1).PGreater(0));
    }

    /// <summary>The fifteen p-values of the paper's example: four stand out at 5 %.</summary>
    [Fact]
    public void Of_many_tests_those_of_the_paper_stand_out()
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        Assert.Equal(4, BenjaminiHochberg.StandOut(p).Count(each => each));
        var adjusted = BenjaminiHochberg.Adjusted(p);
        Assert.Equal(0.0015, adjusted[0], 1e-12);
        Assert.Equal(0.035625, adjusted[3], 1e-12);
        Assert.Equal(0.0645, adjusted[7], 1e-12); // 0.0344 · 15 ÷ 8, which the two before it are not above
        Assert.Equal(0.0603, adjusted[4], 1e-12);
        Assert.Equal(1, adjusted[^1]);
        Assert.Equal(adjusted.Reverse(), BenjaminiHochberg.Adjusted([.. p.Reverse()]));
        Assert.Empty(BenjaminiHochberg.Adjusted([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjusted([double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.StandOut([0.1], 1));
    }

    [Fact]
    public void Before_and_after_are_compared_exactly()
    {
        var change = new BeforeAfter(60, 51477.5, 30, 54308.7);
        Assert.Equal(2.1099976, change.Ratio!.Value, 5e-8);
        Assert.Equal(0.00665177455, change.PGreater(1.2), 5e-12);
        Assert.Equal(0.00509460353, change.MidPGreater(1.2), 5e-12);
        Assert.Equal(0.9964625675, change.PLess(1.2), 5e-11);
        Assert.Equal(0.000675183, change.PTwoSided(), 5e-10);
        Assert.Equal(1.34983, change.LikelyRatioWithin.Low, 5e-4); // R stops its search that far from the end
        Assert.Equal(3.27765, change.LikelyRatioWithin.High!.Value, 5e-4);
        Assert.Equal(1.3397357, change.RatioWithin.Low, 5e-7); // by bisection of the binomial tails
        Assert.Equal(3.3883656, change.RatioWithin.High!.Value, 5e-7);
        Assert.Equal(1 / 1.3397357, change.ChangeWithin.High!.Value, 5e-7);
        Assert.True(change.IsShown);
        Assert.Equal(0, change.ExposureNeeded());
    }

    [Fact]
    public void The_two_sided_test_sums_what_is_no_more_likely_on_either_side()
    {
        foreach (var (before, after, ratio) in ((long, long, double)[])[(7, 3, 1), (3, 7, 1), (5, 5, 1), (0, 6, 2), (9, 1, 0.25), (40, 12, 1.7), (1, 0, 3)])
        {
            var test = new BeforeAfter(before, 1000, after, 700);
            var (n, p) = ((int)(before + after), ratio * 1000 / (ratio * 1000 + 700));
            var chances = Enumerable.Range(0, n + 1).Select(k => Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (n - i) / (i + 1)) * Math.Pow(p, k) * Math.Pow(1 - p, n - k)).ToArray();
            Assert.Equal(chances.Where(chance => chance <= chances[before] * (1 + 1e-7)).Sum(), test.PTwoSided(ratio), 1e-10);
            Assert.Equal(chances[(int)before..].Sum(), test.PGreater(ratio), 1e-10);
            Assert.Equal(chances[..((int)before + 1)].Sum(), test.PLess(ratio), 1e-10);
        }
    }

    [Fact]
    public void A_small_shop_sees_its_improvement_and_is_told_how_many_more_orders_it_takes()
    {
        var shop = new BeforeAfter(24, 1000, 9, 1000);
        Assert.Equal(2.667, shop.Ratio!.Value, 5e-4);
        Assert.Equal(0.0067655, shop.PGreater(), 5e-8);
        Assert.True(shop.IsShown);

        var early = new BeforeAfter(24, 1000, 1, 150);
        Assert.False(early.IsShown);
        var more = early.ExposureNeeded()!.Value;
        Assert.InRange(more, 1, 1000);
        Assert.True(new BeforeAfter(24, 1000, (long)Math.Floor((150 + more) / 150), 150 + more).IsShown); // the same rate over so many orders
        Assert.False(new BeforeAfter(24, 1000, (long)Math.Ceiling((150 + more * 0.9) / 150), 150 + more * 0.9).IsShown);
        Assert.Equal(more, Math.Floor(more));
    }

    [Fact]
    public void Nothing_counted_and_nothing_better_have_no_end_instead_of_no_number()
    {
        var nothing = new BeforeAfter(0, 10, 0, 10);
        Assert.Null(nothing.Ratio);
        Assert.Equal((new OpenInterval(0, null), new OpenInterval(0, null)), (nothing.RatioWithin, nothing.LikelyRatioWithin));
        Assert.Equal((1, 1, 1), (nothing.PTwoSided(), nothing.PGreater(), nothing.PLess()));
        Assert.Equal(0.5, nothing.MidPGreater(), 1e-12);
        Assert.Null(nothing.ExposureNeeded());
        Assert.Null(new BeforeAfter(5, 100, 9, 100).ExposureNeeded());
        Assert.False(new BeforeAfter(1, 100, 0, 10).IsShown);

        var gone = new BeforeAfter(12, 500, 0, 100);
        Assert.Null(gone.Ratio);
        Assert.Null(gone.RatioWithin.High);
        Assert.Equal(0, gone.ChangeWithin.Low);
        Assert.InRange(gone.ExposureNeeded()!.Value, 20, 100);
        Assert.True(gone.LikelyRatioWithin.Low > 0);
        var appeared = new BeforeAfter(0, 500, 6, 500);
        Assert.Equal(0, appeared.LikelyRatioWithin.Low);
        Assert.InRange(appeared.LikelyRatioWithin.High!.Value, 0.05, 1);
        Assert.Null(appeared.ChangeWithin.High);
        var large = new BeforeAfter(600_000, 1e9, 500_000, 1e9);
        Assert.True(large.IsShown);
        Assert.InRange(large.PTwoSided(), 0, 1e-100);
    }
}

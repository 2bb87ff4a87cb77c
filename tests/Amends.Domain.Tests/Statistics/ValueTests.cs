using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

public sealed class ValueTests
{
    /// <summary>The printed example of three halves, a third and a sixth.</summary>
    [Fact]
    public void Promoters_less_detractors_come_with_their_error()
    {
        var score = new NetPromoterScore(150, 100, 50);
        Assert.Equal(1 / 3.0, score.Score!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(5 / 9.0 / 300), score.StandardError!.Value, 1e-12);
        Assert.Equal(0.0430, score.StandardError!.Value, 5e-5);
        Assert.Equal(0.084, (score.Interval!.Value.High - score.Interval!.Value.Low) / 2, 5e-4);
        Assert.Equal(new NetPromoterScore(2, 2, 3), NetPromoterScore.Of([10, 9, 8, 7, 6, 3, 0]));
        Assert.Equal(1, new NetPromoterScore(int.MaxValue, 0, 0).Interval!.Value.High);
        Assert.Equal(0, new NetPromoterScore(5, 0, 0).StandardError);
        Assert.True(new NetPromoterScore(9, 0, 0).IsFew);
        Assert.Null(default(NetPromoterScore).Score);
        Assert.Null(default(NetPromoterScore).StandardError);
        Assert.Null(default(NetPromoterScore).Interval);
        Assert.Throws<ArgumentOutOfRangeException>(() => NetPromoterScore.Of([11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetPromoterScore(-1, 0, 0));
    }

    [Fact]
    public void The_vital_few_are_the_smallest_set_of_eighty_percent()
    {
        (string What, long Count)[] causes = [("part number", 33), ("contact number", 94), ("schedule date", 27), ("price code", 80), ("supplier code", 66)];
        var lines = Pareto.Of(causes, cause => cause.Count);
        Assert.Equal(["contact number", "price code", "supplier code", "part number", "schedule date"], lines.Select(line => line.What.What));
        Assert.All(lines.Zip([31.33, 58, 80, 91, 100]), pair => Assert.Equal(pair.Second, pair.First.Cumulative * 100, 0.0051));
        Assert.Equal([true, true, true, false, false], lines.Select(line => line.IsVital));
        Assert.Empty(Pareto.Of<int>([], each => each));
        Assert.All(Pareto.Of([1, 2], _ => 0L), line => Assert.Equal((0, 0, false), (line.Share, line.Cumulative, line.IsVital)));
        Assert.True(Pareto.Of([1, 2], _ => long.MaxValue)[1].IsVital);
        Assert.Equal(1, Pareto.Of([1, 2, 3], _ => long.MaxValue)[2].Cumulative);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pareto.Of([1], _ => -1L));
    }

    [Fact]
    public void Few_costly_causes_are_vital_by_cost_and_serious_ones_by_severity()
    {
        (string What, long Cases, long Cost, long Serious)[] causes = [("dented", 90, 90_00, 1), ("late", 60, 20_00, 0), ("smoke", 3, 900_00, 3)];
        Assert.Equal("dented", Pareto.Of(causes, cause => cause.Cases)[0].What.What);
        Assert.Equal(["smoke"], Pareto.Of(causes, cause => cause.Cost).Where(line => line.IsVital).Select(line => line.What.What));
        Assert.Equal("smoke", Pareto.Of(causes, cause => cause.Cases - cause.Serious + 100 * cause.Serious)[0].What.What);
    }

    [Fact]
    public void The_multiples_of_the_table_come_out()
    {
        double[][] printed = [[1.20, 1.15, 1.11, 1.07], [1.75, 1.67, 1.59, 1.52], [2.67, 2.50, 2.35, 2.22], [4.50, 4.09, 3.75, 3.46]];
        var table = LifetimeValue.Table([0.6, 0.7, 0.8, 0.9], [0.10, 0.12, 0.14, 0.16]);
        for (var row = 0; row < 4; row++)
            Assert.All(printed[row].Zip(table[row]), pair => Assert.Equal(pair.First, pair.Second, 0.0051));
    }

    [Fact]
    public void A_hundred_a_period_is_worth_what_is_published()
    {
        Assert.Equal(266_67, LifetimeValue.Discounted(100_00, LifetimeValue.Multiple(0.8, 0.1)));
        Assert.Equal(366_67, LifetimeValue.Discounted(100_00, LifetimeValue.MultipleFromNow(0.8, 0.1)));
        Assert.Equal(1.640872, LifetimeValue.MultipleOver(0.8, 0.1, 3), 5e-7);
        Assert.Equal(LifetimeValue.Multiple(0.8, 0.1), LifetimeValue.MultipleOver(0.8, 0.1, 1000), 1e-12);
        Assert.Equal(7, LifetimeValue.MultipleOver(1, 0, 7));
        Assert.Equal(5, LifetimeValue.ExpectedYears(0.8), 1e-12);
        Assert.Equal(360_00, LifetimeValue.Simple(60_00, 3, 0.4, 0.8)); // 60 × 3 × 40 % × 5 years
        Assert.Equal(0, LifetimeValue.Multiple(0, 0.1));
        Assert.Equal(-266_67, LifetimeValue.Discounted(-100_00, LifetimeValue.Multiple(0.8, 0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LifetimeValue.ExpectedYears(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LifetimeValue.Multiple(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LifetimeValue.Multiple(double.NaN, 0.1));
        Assert.Throws<OverflowException>(() => LifetimeValue.Discounted(long.MaxValue, 4));
    }

    [Fact]
    public void A_few_complaints_stand_for_many_silent_ones()
    {
        Assert.Equal((300, 288), (Round(Iceberg.Of(12, Same(0.04)).Unhappy), Round(Iceberg.Of(12, Same(0.04)).Silent)));
        Assert.Equal((240, 228), (Round(Iceberg.Of(12, Same(0.05)).Unhappy), Round(Iceberg.Of(12, Same(0.05)).Silent)));
        var asked = Iceberg.Of(12, new Proportion(4, 200));
        Assert.Equal(600, asked.Unhappy!.Value, 1e-9);
        Assert.Equal((239, 1538), (Round(asked.UnhappyByVoice.Low), Round(asked.UnhappyByVoice.High)));
        var count = PoissonRate.CountInterval(12);
        Assert.Equal(count.Low / 0.0502870869, asked.UnhappyWithin.Low, 1e-5);
        Assert.Equal(count.High / 0.0078044264, asked.UnhappyWithin.High!.Value, 1e-3);
        Assert.Equal(count.Low * (1 / 0.0502870869 - 1), asked.SilentWithin.Low, 1e-5);

        static LowMidHigh<double> Same(double rate) => new(rate, rate, rate);
        static double Round(double? value) => Math.Round(value!.Value);
    }

    [Fact]
    public void Who_never_complained_or_was_never_asked_leaves_the_silent_ones_without_a_limit()
    {
        var none = Iceberg.Of(3, new Proportion(0, 50));
        Assert.Null(none.Unhappy);
        Assert.Null(none.UnhappyWithin.High);
        Assert.True(none.UnhappyWithin.Low > 3 && double.IsFinite(none.UnhappyWithin.Low));
        var unasked = Iceberg.Of(3, default(Proportion));
        Assert.Null(unasked.Silent);
        Assert.Equal(new OpenInterval(3, null), unasked.UnhappyByVoice);
        var all = Iceberg.Of(5, new Proportion(10, 10));
        Assert.Equal((5, 0), (all.Unhappy, all.Silent));
        Assert.Equal(0, all.SilentWithin.Low, 1e-12);
        Assert.Equal(0, Iceberg.Of(0, new Proportion(4, 200)).Unhappy);
        Assert.Throws<ArgumentOutOfRangeException>(() => Iceberg.Of(-1, new Proportion(4, 200)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Iceberg.Of(1, new LowMidHigh<double>(0, 0.04, 0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Iceberg.Of(1, new LowMidHigh<double>(0.2, 0.1, 0.3)));
    }

    [Fact]
    public void What_is_at_risk_what_it_cost_and_what_recovery_brought()
    {
        // (0.6 − 0.2) × (300 + 50) + 10 told × 2 % × 50
        var risk = new ValueAtRisk(0.6, 0.2, 300_00, 50_00, 10, 0.02);
        Assert.Equal(150_00, risk.Minor);
        Assert.Equal(-140_00, new ValueAtRisk(0.2, 0.6, 300_00, 50_00, 0, 0).Minor);
        Assert.Equal(0, new ValueAtRisk(0.5, 0.5, 0, 0, 0, 0).Minor);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValueAtRisk(1.2, 0, 1, 1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValueAtRisk(1, 0, -1, 1, 0, 0));

        Assert.Equal(43_00, new ComplaintCost(10_00, 20_00, 5_00, 7_00, 1_00).Total);
        Assert.Equal(new ComplaintCost(3, 5, 1), new ComplaintCost(1, 2) + new ComplaintCost(2, 3, 1));
        Assert.Throws<OverflowException>(() => new ComplaintCost(long.MaxValue, 1).Total);

        var brought = RecoveryReturn.Of(new(50_00, 150_00, 400_00), new(40_00, 50_00, 60_00), 30_00, 10_00);
        Assert.Equal((-0.75, 1.5, 7.5), (brought.Low.Ratio, brought.Mid.Ratio, brought.High.Ratio));
        Assert.Equal(60_00, brought.Mid.Gain);
        Assert.Null(new RecoveryReturn(1, 0, 0, 0).Ratio);
    }
}

using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>EWMA, CUSUM and EARS against published examples and values recomputed from the published formulas.</summary>
public sealed class DriftTests
{
    private static readonly double[] Nist = [52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    private static readonly long[] Daily = [3, 2, 4, 3, 1, 2, 3, 2, 4, 3, 5, 7, 9, 4];

    [Fact]
    public void The_moving_average_of_the_handbook_comes_out()
    {
        var points = Ewma.Of(Nist, 50, 2.0539, 0.3, 3);
        double[] smoothed = [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99];
        Assert.All(smoothed.Zip(points), pair => Assert.Equal(pair.First, pair.Second.Smoothed, 0.0051));
        Assert.Equal(52.5884, points[^1].Upper, 1.1e-3); // the handbook has the width at the end of time
        Assert.Equal(47.4116, points[^1].Lower, 1.1e-3);
        Assert.DoesNotContain(points, point => point.IsOut);
    }

    [Fact]
    public void The_limits_of_the_moving_average_widen_to_their_full_width()
    {
        var points = Ewma.Of([.. Enumerable.Repeat(34.088, 34), 60], 34.088, 0.5076521, 0.2, 2.7);
        (int At, double Low, double High)[] limits = [(0, 33.81387, 34.36213), (1, 33.73694, 34.43906), (34, 33.63111, 34.54489)];
        Assert.All(limits, limit =>
        {
            Assert.Equal(limit.Low, points[limit.At].Lower, 5.1e-6);
            Assert.Equal(limit.High, points[limit.At].Upper, 5.1e-6);
        });
        Assert.Equal([34], Enumerable.Range(0, 35).Where(at => points[at].IsOut));
        Assert.Empty(Ewma.Of([], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ewma.Of([double.NaN], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ewma.Of([1], 1, 1, 0));
    }

    /// <summary>By hand from S = max(0, S + z − k): 1.5, 0 and then up by a half a step.</summary>
    [Fact]
    public void A_cumulative_sum_rises_with_a_shift_that_stays_and_falls_back_to_zero()
    {
        var points = Cusum.Normal([14, 4, 12, 12, 12, 6], 10, 2, 0.5, 1.5);
        Assert.Equal([1.5, 0, 0.5, 1, 1.5, 0], points.Select(point => point.High));
        Assert.Equal([0, 2.5, 1, 0, 0, 1.5], points.Select(point => point.Low));
        Assert.Equal([true, false, false, false, true, false], points.Select(point => point.IsHigh));
        Assert.Equal([false, true, false, false, false, true], points.Select(point => point.IsLow));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cusum.Normal([1], 1, 0));
    }

    [Theory]
    [InlineData(2, 4, 2.88539)]
    [InlineData(5, 10, 7.21348)]
    [InlineData(1, 2, 1.44270)]
    [InlineData(4, 7, 5.36082)]
    public void The_reference_value_of_counts_lies_between_the_two_means(double usual, double raised, double reference) =>
        Assert.Equal(reference, Cusum.PoissonReference(usual, raised), 5e-6);

    [Fact]
    public void A_cumulative_sum_of_counts_alarms_at_its_limit()
    {
        var points = Cusum.Poisson([2, 4, 5, 5, 0, 0, 0, 0], 2.5, 7);
        Assert.Equal([0, 1.5, 4, 6.5, 4, 1.5, 0, 0], points.Select(point => point.High));
        Assert.DoesNotContain(points, point => point.IsHigh);
        Assert.True(Cusum.Poisson([2, 4, 5, 5], 2.5, 6.5)[^1].IsHigh);
        Assert.Throws<ArgumentOutOfRangeException>(() => Cusum.Poisson([-1], 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cusum.PoissonReference(2, 2));
    }

    [Fact]
    public void The_three_detectors_give_what_their_formulas_give()
    {
        double?[] c1 = [null, null, null, null, null, null, null, -0.58554, 1.61024, 0.25678, 2.48855, 3.07977, 2.93737, -0.28599];
        double?[] c2 = [null, null, null, null, null, null, null, null, null, 0.43916, 2.63493, 3.85164, 6.58733, 0.84959];
        double?[] c3 = [null, null, null, null, null, null, null, null, null, null, null, 4.48657, 10.07390, 8.43897];
        Same(c1, Ears.C1(Daily));
        Same(c2, Ears.C2(Daily));
        Same(c3, Ears.C3(Daily));
        Assert.Equal([11], Alarms(Ears.C1(Daily)));
        Assert.Equal([11, 12], Alarms(Ears.C2(Daily)));
        Assert.Equal([11, 12, 13], Alarms(Ears.C3(Daily)));

        static void Same(double?[] expected, IReadOnlyList<EarsDay> days) => Assert.All(expected.Zip(days), pair =>
        {
            Assert.Equal(pair.First is null, pair.Second.Score is null);
            Assert.Equal(pair.First ?? 0, pair.Second.Score ?? 0, 5.1e-6);
        });

        static IEnumerable<int> Alarms(IReadOnlyList<EarsDay> days) => Enumerable.Range(0, days.Count).Where(day => days[day].IsAlarm);
    }

    [Fact]
    public void One_complaint_after_a_week_of_none_is_no_alarm_and_a_few_days_say_nothing()
    {
        Assert.Equal(2, Ears.C1([0, 0, 0, 0, 0, 0, 0, 1])[^1].Score);
        Assert.False(Ears.C1([0, 0, 0, 0, 0, 0, 0, 1])[^1].IsAlarm);
        Assert.True(Ears.C1([0, 0, 0, 0, 0, 0, 0, 2])[^1].IsAlarm);
        Assert.All(Ears.C3([1, 2, 3]), day => Assert.Null(day.Score));
        Assert.Empty(Ears.C2([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ears.C1([1], minSigma: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ears.C2([-1]));
    }
}

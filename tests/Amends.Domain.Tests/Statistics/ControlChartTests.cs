using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>Data sets of the R package qcc (numbers only) and the limits published with them, or recomputed.</summary>
public sealed class ControlChartTests
{
    [Fact]
    public void A_p_chart_finds_the_two_samples_of_orange_juice()
    {
        int[] found = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];
        var chart = ControlChart.P([.. found.Select(each => new Proportion(each, 50))]);
        Assert.Equal(0.2313333, chart.Centre, 5e-8);
        Assert.All(chart.Points, point =>
        {
            Assert.Equal(0.05242755, point.Lower, 5e-8);
            Assert.Equal(0.4102391, point.Upper, 5e-8);
            Assert.False(point.IsExact);
        });
        Assert.Equal([14, 22], chart.Out); // samples 15 and 23
    }

    [Fact]
    public void A_c_chart_finds_the_two_circuit_boards()
    {
        long[] found = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15];
        var chart = ControlChart.C(found);
        Assert.Equal(19.846154, chart.Centre, 5e-7);
        Assert.Equal(6.481447, chart.Points[0].Lower, 5e-7);
        Assert.Equal(33.210861, chart.Points[0].Upper, 5e-7);
        Assert.Equal([5, 19], chart.Out);
    }

    [Fact]
    public void A_u_chart_has_limits_of_its_own_at_each_point()
    {
        (long, double)[] cloth = [(14, 10), (12, 8), (20, 13), (11, 10), (7, 9.5), (10, 10), (21, 12), (16, 10.5), (19, 12), (23, 12.5)];
        var chart = ControlChart.U(cloth);
        Assert.Equal(1.4232558, chart.Centre, 5e-8);
        (int At, double Low, double High)[] limits = [(0, 0.2915, 2.5550), (1, 0.1579, 2.6886), (2, 0.4306, 2.4159), (4, 0.2621, 2.5844), (6, 0.3901, 2.4564), (7, 0.3187, 2.5278), (9, 0.4110, 2.4356)];
        Assert.All(limits, limit =>
        {
            Assert.Equal(limit.Low, chart.Points[limit.At].Lower, 5.1e-5);
            Assert.Equal(limit.High, chart.Points[limit.At].Upper, 5.1e-5);
        });
        Assert.Empty(chart.Out);
        Assert.Equal(1.4, chart.Points[0].Value, 1e-12);

        long[] computers = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5];
        var even = ControlChart.U([.. computers.Select(each => (each, 5.0))]);
        Assert.Equal(1.93, even.Centre, 1e-12);
        Assert.Equal(0.06613305, even.Points[0].Lower, 5e-9);
        Assert.Equal(3.793867, even.Points[0].Upper, 5e-7);
    }

    /// <summary>Of a mean of 0.5 three deviations give 2.62, and three would be an alarm that chance gives once in seventy times.</summary>
    [Fact]
    public void Where_few_are_expected_the_limits_are_exact()
    {
        var chart = ControlChart.C([0, 1, 3, 4, 5], centre: 0.5);
        Assert.All(chart.Points, point => Assert.Equal((0, 4, true), (point.Lower, point.Upper, point.IsExact)));
        Assert.Equal([4], chart.Out);
        Assert.True(PoissonRate.AtLeast(5, 0.5) < 0.00135 && PoissonRate.AtLeast(4, 0.5) > 0.00135);

        var shares = ControlChart.P([new(0, 100), new(5, 100), new(6, 100), new(1, 0x7fffffff)], centre: 0.01);
        Assert.Equal((0, 0.05, true), (shares.Points[0].Lower, shares.Points[0].Upper, shares.Points[0].IsExact)); // P(X > 5) = 0.0005, P(X > 4) = 0.0034
        Assert.Equal([2, 3], shares.Out);
        var nearlyAll = ControlChart.P([new(93, 100), new(95, 100), new(100, 100)], centre: 0.99);
        Assert.Equal([0], nearlyAll.Out);
    }

    [Fact]
    public void Nothing_and_points_without_exposure_are_never_out_and_never_no_number()
    {
        Assert.Empty(ControlChart.P([]).Points);
        Assert.Equal(0, ControlChart.C([]).Centre);
        Assert.Empty(ControlChart.U([(3, 0), (0, 0)]).Out);
        Assert.Empty(ControlChart.P([default, new(0, 5)]).Out);
        var zero = ControlChart.C([0, 0, 0]);
        Assert.Equal((0, 0), (zero.Points[0].Lower, zero.Points[0].Upper));
        Assert.Empty(zero.Out);
        var huge = ControlChart.C([1_000_000_000_000, 1_000_000_000_000]);
        Assert.Equal(1e12 + 3e6, huge.Points[0].Upper, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlChart.C([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlChart.U([(1, double.NaN)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlChart.P([], 1.1));
    }
}

using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>Published values of the R package ErlangC and of pyworkforce's tests, and recomputed ones.</summary>
public sealed class ErlangTests
{
    [Theory]
    [InlineData(1, 2, 0.2, 1 / 3.0)]
    [InlineData(2, 3, 0.210526, 4 / 9.0)]
    [InlineData(5, 7, 0.120519, 0.324150)]
    [InlineData(8, 10, 0.121661, 0.409180)]
    [InlineData(10, 12, 0.119739, 0.449388)]
    [InlineData(20, 24, 0.066097, 0.298072)]
    [InlineData(50, 55, 0.053749, 0.384547)]
    public void A_load_is_turned_away_or_waits_as_Erlang_has_it(double load, int agents, double blocked, double waits)
    {
        Assert.Equal(blocked, ErlangB.Blocked(load, agents), 5e-7);
        Assert.Equal(waits, ErlangC.OfLoad(load, agents, 1).ChanceOfWaiting, 5e-7);
    }

    [Theory]
    [InlineData(11, 20, 0.6821182, 0.3896138, 122.78127684, 0.9090909)]
    [InlineData(12, 20, 0.4493882, 0.6401580, 40.4449402, 0.8333333)]
    [InlineData(13, 20, 0.2852705, 0.7955948, 17.1162272, 0.7692308)]
    [InlineData(14, 20, 0.1741319, 0.8883500, 7.8359370, 0.7142857)]
    [InlineData(15, 19.8, 0.1020424, 0.9411267, null, 0.6666667)]
    public void A_hundred_calls_in_half_an_hour_wait_as_published(int agents, double seconds, double waits, double level, double? mean, double occupancy)
    {
        var desk = ErlangC.Of(200, 180, agents);
        Assert.Equal(10, desk.Load, 1e-12);
        Assert.Equal(waits, desk.ChanceOfWaiting, 5e-8);
        Assert.Equal(level, desk.ServiceLevel(seconds), 1e-7);
        Assert.Equal(occupancy, desk.Occupancy, 5e-8);
        if (mean is { } expected)
            Assert.Equal(expected, desk.MeanWaitSeconds!.Value, 5e-8);
        Assert.Equal(desk.MeanQueue!.Value, desk.MeanWaitSeconds!.Value * 200 / 3600, 1e-12); // Little's law
    }

    [Fact]
    public void Larger_desks_wait_as_published()
    {
        var mitan = ErlangC.Of(720, 240, 55);
        Assert.Equal(0.2387009, mitan.ChanceOfWaiting, 5e-8);
        Assert.Equal(0.8458831, mitan.ServiceLevel(15), 5e-8);
        Assert.Equal(8.1840, mitan.MeanWaitSeconds!.Value, 5e-5);
        Assert.Equal(0.8727273, mitan.Occupancy, 5e-8);

        var classic = ErlangC.OfLoad(48, 50, 60);
        Assert.Equal(20.8337, classic.MeanWaitSeconds!.Value, 5e-5);
        Assert.Equal(58.1387, classic.WaitSeconds(0.9)!.Value, 5e-5);
        Assert.Equal(0.9, classic.ServiceLevel(classic.WaitSeconds(0.9)!.Value), 1e-12);
        Assert.Equal(16.667, classic.MeanQueue!.Value, 5e-4);
        Assert.Equal(0.96, classic.Occupancy, 1e-12);
    }

    [Fact]
    public void So_many_people_are_needed_and_so_many_go_on_the_rota()
    {
        Assert.Equal(14, ErlangC.Needed(200, 180, new(0.8, 20, 0.85)));
        Assert.Equal(20, Workload.Scheduled(14, 0.3));
        Assert.Equal(15, ErlangC.Needed(200, 180, new(0.8, 20, 0.70)));
        Assert.Equal(22, Workload.Scheduled(15, 0.3));
        Assert.Equal(28, ErlangC.Needed(250, 330, new(0.8, 30)));
        Assert.Equal(0.85685, ErlangC.Of(250, 330, 28).ServiceLevel(30), 5e-6);
        Assert.True(ErlangC.Of(250, 330, 27).ServiceLevel(30) < 0.8);
        Assert.Equal(0, ErlangC.Needed(0, 180, new(0.8, 20)));
        Assert.Equal(14, Workload.Scheduled(14, 0));
        Assert.Equal(0, Workload.Scheduled(0, 0.9));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9)]
    [InlineData(0)]
    public void Where_there_is_more_work_than_people_the_queue_is_called_endless_and_nothing_is_no_number(int agents)
    {
        var desk = ErlangC.OfLoad(10, agents, 180);
        Assert.False(desk.IsStable);
        Assert.Equal((1, 0, 1), (desk.ChanceOfWaiting, desk.ServiceLevel(1e6), desk.Occupancy));
        Assert.Null(desk.MeanWaitSeconds);
        Assert.Null(desk.MeanQueue);
        Assert.Null(desk.WaitSeconds(0.9));
    }

    [Fact]
    public void Nobody_waits_where_nothing_comes_in_and_large_desks_are_computed_too()
    {
        var idle = ErlangC.OfLoad(0, 0, 180);
        Assert.True(idle.IsStable);
        Assert.Equal((0, 1, 0, 0, 0, 0), (idle.ChanceOfWaiting, idle.ServiceLevel(0), idle.Occupancy, idle.MeanWaitSeconds, idle.MeanQueue, idle.WaitSeconds(0.5)));
        var large = ErlangC.OfLoad(99_000, 99_500, 300);
        Assert.InRange(large.ChanceOfWaiting, 0.01, 0.5);
        Assert.InRange(ErlangC.Needed(99_000 * 12, 300, new(0.8, 20)), 99_001, 99_500);
    }

    [Fact]
    public void What_is_no_load_no_time_or_no_target_is_turned_down()
    {
        foreach (var bad in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.OfLoad(bad, 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.Of(1, bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.Of(1, 1, 1).ServiceLevel(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => ErlangA.Of(bad, 1, 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => ErlangA.Of(1, 1, bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => new StaffingTarget(bad, 20));
            Assert.Throws<ArgumentOutOfRangeException>(() => new StaffingTarget(0.8, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new StaffingTarget(0.8, 20, bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new StaffingTarget(1, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.OfLoad(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.OfLoad(1e9, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangA.Of(1, 1, 1e9, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Workload.Scheduled(1, 1));
    }

    [Theory]
    [InlineData(200, 180, 300, 14, 0.1452601, 0.0139837, 0.7042973, 4.195122, 0.9167921)]
    [InlineData(200, 180, 300, 13, 0.2257971, 0.0249633, 0.7500282, 7.48899, 0.8581777)]
    [InlineData(2880, 60, 120, 50, 0.4677741, 0.0309122, 0.9303242, 3.7095, 0.9430190)]
    public void Those_who_hang_up_shorten_the_queue_as_published(double perHour, double service, double patience, int agents, double waits, double lost, double occupancy, double mean, double level)
    {
        var desk = ErlangA.Of(perHour, service, patience, agents);
        Assert.Equal(waits, desk.ChanceOfWaiting, 1e-7);
        Assert.Equal(lost, desk.Abandoned, 1e-7);
        Assert.Equal(occupancy, desk.Occupancy, 1e-7);
        Assert.Equal(mean, desk.MeanWaitSeconds, 5e-5);
        Assert.Equal(level, desk.ServiceLevel(20), 1e-7);
        Assert.Equal(1 - desk.Abandoned, desk.Occupancy * agents / desk.Load, 1e-10); // who did not hang up was served
        Assert.Equal(1 - desk.Abandoned, desk.ServiceLevel(1e7), 1e-9);
        Assert.Equal(1 - desk.ChanceOfWaiting, desk.ServiceLevel(0), 1e-12);
    }

    /// <summary>The closed form against the chain itself: what becomes of somebody with k before them, by Runge and Kutta.</summary>
    [Theory]
    [InlineData(200, 180, 300, 14, 20)]
    [InlineData(200, 180, 300, 9, 120)]
    [InlineData(60, 180, 45, 2, 60)]
    public void The_share_that_is_answered_in_time_is_that_of_the_chain_followed_step_by_step(double perHour, double service, double patience, int agents, double seconds)
    {
        const int States = 160, Steps = 4000;
        double arrivals = perHour / 3600, mu = 1 / service, theta = 1 / patience;
        var chances = new double[agents + States];
        chances[0] = 1;
        for (var n = 1; n < chances.Length; n++)
            chances[n] = chances[n - 1] * arrivals / (Math.Min(n, agents) * mu + Math.Max(0, n - agents) * theta);
        var total = chances.Sum();

        // served[k]: the chance of having been served by now, that many ahead at the start.
        double[] Slope(double[] served) => [.. served.Select((chance, k) => agents * mu * ((k == 0 ? 1 : served[k - 1]) - chance) + k * theta * ((k == 0 ? 0 : served[k - 1]) - chance) - theta * chance)];
        var served = new double[States];
        var step = seconds / Steps;
        for (var i = 0; i < Steps; i++)
        {
            var one = Slope(served);
            var two = Slope([.. served.Zip(one, (s, d) => s + d * step / 2)]);
            var three = Slope([.. served.Zip(two, (s, d) => s + d * step / 2)]);
            var four = Slope([.. served.Zip(three, (s, d) => s + d * step)]);
            served = [.. served.Select((s, k) => s + step / 6 * (one[k] + 2 * two[k] + 2 * three[k] + four[k]))];
        }

        var answered = chances.Take(agents).Sum() / total + served.Select((chance, k) => chance * chances[agents + k] / total).Sum();
        Assert.Equal(answered, ErlangA.Of(perHour, service, patience, agents).ServiceLevel(seconds), 1e-9);
    }

    [Fact]
    public void With_endless_patience_it_is_Erlang_C_and_with_more_work_than_people_it_still_has_a_steady_state()
    {
        var (patient, queue) = (ErlangA.Of(200, 180, 1e8, 12), ErlangC.Of(200, 180, 12));
        Assert.Equal(queue.ChanceOfWaiting, patient.ChanceOfWaiting, 1e-5);
        Assert.Equal(queue.ServiceLevel(20), patient.ServiceLevel(20), 1e-5);
        Assert.Equal(queue.MeanWaitSeconds!.Value, patient.MeanWaitSeconds, 1e-2);

        var crowded = ErlangA.Of(2000, 180, 300, 40); // a hundred erlangs for forty
        Assert.Equal(0.6, crowded.Abandoned, 1e-6);
        Assert.Equal(1, crowded.Occupancy, 1e-6);
        var endless = ErlangA.Of(2_000_000, 180, 1e8, 1000);
        Assert.Equal(0.99, endless.Abandoned, 1e-3);
        Assert.Equal(0, endless.ServiceLevel(20), 1e-9);
        Assert.All((double[])[endless.ChanceOfWaiting, endless.MeanQueue, endless.MeanWaitSeconds, endless.Occupancy], figure => Assert.True(double.IsFinite(figure)));
    }

    [Fact]
    public void Nobody_there_answers_nobody_and_nothing_coming_in_keeps_nobody_waiting()
    {
        var nobody = ErlangA.Of(10, 180, 60, 0);
        Assert.Equal(1, nobody.Abandoned, 1e-12);
        Assert.Equal((1, 0), (nobody.ChanceOfWaiting, nobody.ServiceLevel(1000)));
        var idle = ErlangA.Of(0, 180, 60, 2);
        Assert.Equal((0, 1, 0, 0), (idle.ChanceOfWaiting, idle.ServiceLevel(0), idle.Abandoned, idle.MeanWaitSeconds));
        Assert.Equal(0, ErlangA.Needed(0, 180, 60, new(0.8, 20)));
    }

    [Fact]
    public void Fewer_are_needed_where_some_hang_up_and_one_fewer_misses_the_target()
    {
        var target = new StaffingTarget(0.8, 20);
        var needed = ErlangA.Needed(200, 180, 300, target);
        Assert.Equal(13, needed);
        Assert.True(ErlangA.Of(200, 180, 300, needed - 1).ServiceLevel(20) < 0.8);
        Assert.True(needed <= ErlangC.Needed(200, 180, target));
    }

    [Fact]
    public void Mail_is_reckoned_by_the_day_and_a_backlog_that_grows_is_never_worked_off()
    {
        Assert.Equal(2, Workload.Deferred(60, 8, 360, 0.85)); // 480 of 306 minutes each
        Assert.Equal(1, Workload.Deferred(45, 8, 360, 1)); // exactly one day's minutes
        Assert.Equal(0, Workload.Deferred(0, 8, 360, 0.85));
        Assert.Equal(5, Workload.DaysToClear(100, 40, 60));
        Assert.Equal(0, Workload.DaysToClear(0, 60, 40));
        Assert.Null(Workload.DaysToClear(1, 60, 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => Workload.Deferred(1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Workload.DaysToClear(double.NaN, 1, 1));
    }
}

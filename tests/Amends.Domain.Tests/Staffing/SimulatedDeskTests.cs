using Amends.Domain.Staffing;
using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Staffing;

public sealed class SimulatedDeskTests
{
    private static readonly double[] Long = [.. Enumerable.Repeat(10.0, 2000)]; // so long that the start does not count

    [Fact]
    public void A_very_long_day_comes_to_what_the_formulas_say()
    {
        var played = SimulatedDesk.Run(Long, 240, null, 2, 20, 7);
        var queue = ErlangC.Of(20, 240, 2); // 1.33 erlangs
        Assert.Equal(queue.ServiceLevel(20), played.InTimeShare.Share!.Value, 0.02);
        Assert.Equal(queue.MeanWaitSeconds!.Value, played.MeanWaitSeconds!.Value, queue.MeanWaitSeconds!.Value * 0.08);
        Assert.Equal(queue.WaitSeconds(0.9)!.Value, played.P90WaitSeconds!.Value, queue.WaitSeconds(0.9)!.Value * 0.08);
        Assert.Equal(queue.Occupancy, played.Busy, 0.02);
        Assert.Equal(0, played.HungUp);

        var leaving = SimulatedDesk.Run(Long, 240, 90, 2, 20, 7);
        var hangingUp = ErlangA.Of(20, 240, 90, 2);
        Assert.Equal(hangingUp.ServiceLevel(20), leaving.InTimeShare.Share!.Value, 0.02);
        Assert.Equal(hangingUp.Abandoned, leaving.HungUpShare.Share!.Value, 0.01);
        Assert.Equal(hangingUp.Occupancy, leaving.Busy, 0.02);
    }

    [Fact]
    public void The_same_seed_plays_the_same_callers_and_one_more_person_never_makes_it_worse()
    {
        double[] day = [1, 2, 4, 6, 4, 2, 1, 0, 3, 3];
        var (one, two, three) = (SimulatedDesk.Run(day, 300, 120, 1, 20, 5), SimulatedDesk.Run(day, 300, 120, 2, 20, 5), SimulatedDesk.Run(day, 300, 120, 3, 20, 5));
        Assert.Equal(one, SimulatedDesk.Run(day, 300, 120, 1, 20, 5));
        Assert.NotEqual(one, SimulatedDesk.Run(day, 300, 120, 1, 20, 6));
        Assert.Equal((one.Days, one.Calls), (three.Days, three.Calls));
        Assert.True(one.InTime < two.InTime && two.InTime < three.InTime);
        Assert.True(one.HungUp > two.HungUp && two.HungUp > three.HungUp);
        Assert.True(one.BadDay < one.InTimeShare.Share);
        Assert.Equal(26, (double)one.Calls / one.Days, 0.6);
    }

    [Fact]
    public void A_day_without_calls_and_a_desk_with_far_too_many_have_figures_too()
    {
        var quiet = SimulatedDesk.Run([0, 0], 300, null, 1, 20, 1);
        Assert.Equal((0, 0, null, null, null, 0.0), (quiet.Days, quiet.Calls, quiet.MeanWaitSeconds, quiet.BadDay, quiet.InTimeShare.Share, quiet.Busy));
        var flooded = SimulatedDesk.Run([500, 500], 300, null, 1, 20, 1);
        Assert.Equal(1, flooded.Busy, 0.01);
        Assert.InRange(flooded.InTimeShare.Share!.Value, 0, 0.01);
        Assert.InRange(flooded.MeanWaitSeconds!.Value, 50_000, 300_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedDesk.Run([1], 300, null, 0, 20, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedDesk.Run([double.NaN], 300, null, 1, 20, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedDesk.Run([1], 0, null, 1, 20, 1));
    }
}

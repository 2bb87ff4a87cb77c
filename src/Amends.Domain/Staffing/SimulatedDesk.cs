using Amends.Domain.Statistics;

namespace Amends.Domain.Staffing;

/// <summary>
/// Many days of a small desk, played through one after the other: calls come by chance at the rate of each half hour, each is taken by whoever is free first, in turn, and who waits longer than their patience hangs up.
/// The formulas of Erlang look at a half hour that never ends; a desk of one to three people empties and fills too slowly for that. The same seed plays the same callers, for one person fewer or more, too, so that the two are compared alike.
/// </summary>
/// <param name="Days">How many days were played.</param>
/// <param name="Calls">Calls on all of them.</param>
/// <param name="InTime">Of these, taken within the seconds.</param>
/// <param name="HungUp">Of these, hung up before anybody took them.</param>
/// <param name="MeanWaitSeconds">The mean wait of those who were taken, in seconds; <c>null</c> when nobody was.</param>
/// <param name="P90WaitSeconds">Nine of ten who were taken waited no longer, in seconds, by nearest rank; <c>null</c> when nobody was.</param>
/// <param name="BadDay">On one day of ten no more than this share was taken in time (nearest rank, days with calls alone); <c>null</c> without calls.</param>
/// <param name="Busy">The share of open time that people spoke, at most 1.</param>
public sealed record SimulatedDesk(int Days, int Calls, int InTime, int HungUp, double? MeanWaitSeconds, double? P90WaitSeconds, double? BadDay, double Busy)
{
    /// <summary>So many days are played at the most; fewer where a day has many calls.</summary>
    public const int MostDays = 1000;

    private const int MostCalls = 100_000;

    /// <summary>The share that was taken in time, with the interval that so many days leave.</summary>
    public Proportion InTimeShare => new(InTime, Calls);

    /// <summary>The share that hung up.</summary>
    public Proportion HungUpShare => new(HungUp, Calls);

    /// <summary>Plays.</summary>
    /// <param name="meansPerHalfHour">How many calls come in each half hour of the day, in the mean, from the opening on.</param>
    /// <param name="eachSeconds">How long one takes in the mean, in seconds, exponentially spread.</param>
    /// <param name="patienceSeconds">How long callers wait in the mean before they hang up, exponentially spread; <c>null</c> if nobody does.</param>
    /// <param name="people">How many take calls, 1 at least; who waits at closing time is still taken.</param>
    /// <param name="withinSeconds">In time is within so many seconds.</param>
    /// <param name="seed">Begins the chance.</param>
    /// <exception cref="ArgumentOutOfRangeException">A mean below zero, a time that is not above zero, or nobody there.</exception>
    public static SimulatedDesk Run(IReadOnlyList<double> meansPerHalfHour, double eachSeconds, double? patienceSeconds, int people, double withinSeconds, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        var perDay = meansPerHalfHour.Sum(mean => Numbers.NotNegative(mean, nameof(meansPerHalfHour)));
        if (perDay == 0)
            return new(0, 0, 0, 0, null, null, null, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perDay, MostCalls);
        var days = (int)Math.Clamp(MostCalls / perDay, 1, MostDays);
        var (chance, waits, shares) = (new SeededChance(seed), new List<double>(), new List<double>());
        int calls = 0, inTime = 0, hungUp = 0;
        double spoken = 0, length = meansPerHalfHour.Count * 1800.0;
        for (var day = 0; day < days; day++)
        {
            var free = new PriorityQueue<int, double>(Enumerable.Range(0, people).Select(person => (person, 0.0))); // who is free from when on
            var (ofDay, inTimeOfDay) = (0, 0);
            foreach (var at in Arrivals(meansPerHalfHour, chance))
            {
                var (takes, patience) = (chance.Exponential(eachSeconds), chance.Exponential(patienceSeconds ?? 1));
                ofDay++;
                free.TryPeek(out var person, out var from);
                var wait = Math.Max(0, from - at);
                if (patienceSeconds is not null && wait > patience)
                {
                    hungUp++;
                    continue;
                }

                free.DequeueEnqueue(person, at + wait + takes);
                waits.Add(wait);
                spoken += Math.Max(0, Math.Min(length, at + wait + takes) - Math.Min(length, at + wait));
                if (wait <= withinSeconds)
                    inTimeOfDay++;
            }

            calls += ofDay;
            inTime += inTimeOfDay;
            if (ofDay > 0)
                shares.Add((double)inTimeOfDay / ofDay);
        }

        waits.Sort();
        shares.Sort();
        return new(days, calls, inTime, hungUp, waits.Count == 0 ? null : waits.Average(), waits.Count == 0 ? null : waits[(waits.Count * 9 + 9) / 10 - 1], shares.Count == 0 ? null : shares[(shares.Count + 9) / 10 - 1],
            Math.Min(1, spoken / (days * length * people)));
    }

    /// <summary>Moments in seconds from the opening on: in each half hour at its own rate, begun anew at its start, which exponential times allow.</summary>
    private static IEnumerable<double> Arrivals(IReadOnlyList<double> means, SeededChance chance)
    {
        for (var halfHour = 0; halfHour < means.Count; halfHour++)
        {
            if (means[halfHour] == 0)
                continue;
            var gap = 1800 / means[halfHour];
            for (var at = chance.Exponential(gap); at < 1800; at += chance.Exponential(gap))
                yield return halfHour * 1800 + at;
        }
    }
}

namespace Amends.Domain.Statistics;

/// <summary>Arithmetic around how many people are needed.</summary>
public static class Workload
{
    /// <summary>How many have to be on the rota so that so many are there, when a share of paid time goes to breaks, training and illness: ⌈N ÷ (1 − shrinkage)⌉.</summary>
    /// <param name="agents">How many are needed at the same time.</param>
    /// <param name="shrinkage">From 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Agents below zero, or a share outside.</exception>
    public static int Scheduled(int agents, double shrinkage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Numbers.Share(shrinkage), 1);
        return Ceiling(agents / (1 - shrinkage));
    }

    /// <summary>How many people work that can wait a while takes, such as mail: ⌈volume × minutes ÷ (productive minutes of one × utilisation)⌉.</summary>
    /// <param name="perDay">How many come in a day.</param>
    /// <param name="minutesEach">How long one takes, in minutes.</param>
    /// <param name="productiveMinutes">How many minutes of a day one person has for it.</param>
    /// <param name="utilisation">How much of them may be planned, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static int Deferred(double perDay, double minutesEach, double productiveMinutes, double utilisation)
    {
        Numbers.Positive(Numbers.Share(utilisation));
        return Ceiling(Numbers.NotNegative(perDay) * Numbers.NotNegative(minutesEach) / (Numbers.Positive(productiveMinutes) * utilisation));
    }

    /// <summary>In how many days a backlog is worked off, by what is left over of each day's work after what comes in.</summary>
    /// <param name="backlog">How many wait.</param>
    /// <param name="perDay">How many come in a day.</param>
    /// <param name="donePerDay">How many are answered in a day.</param>
    /// <returns>Days, 0 where nothing waits; <c>null</c> where it never ends, because no more is done than comes in.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below zero.</exception>
    public static double? DaysToClear(double backlog, double perDay, double donePerDay)
    {
        var spare = Numbers.NotNegative(donePerDay) - Numbers.NotNegative(perDay);
        return Numbers.NotNegative(backlog) == 0 ? 0 : spare > 0 && backlog / spare is var days && double.IsFinite(days) ? days : null;
    }

    private static int Ceiling(double people)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(people, int.MaxValue - 1);
        return (int)Math.Ceiling(people - 1e-9 * Math.Max(1, people)); // 14 ÷ 0.7 is 20 people, whatever the last digit says
    }
}

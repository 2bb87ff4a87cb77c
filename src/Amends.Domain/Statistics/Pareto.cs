namespace Amends.Domain.Statistics;

/// <summary>One cause in a <see cref="Pareto"/> order.</summary>
/// <typeparam name="T">What is weighed.</typeparam>
/// <param name="What">The cause.</param>
/// <param name="Weight">How much it weighs.</param>
/// <param name="Share">Its share of all, 0 to 1.</param>
/// <param name="Cumulative">Its share and those before it, 0 to 1.</param>
/// <param name="IsVital">One of the vital few: the smallest set that makes at least 80 %.</param>
public sealed record ParetoLine<T>(T What, long Weight, double Share, double Cumulative, bool IsVital);

/// <summary>The vital few and the useful many (Juran 1951): most first, until four fifths of the whole are reached.</summary>
public static class Pareto
{
    private const int VitalPercent = 80;

    /// <summary>
    /// Orders by weight, most first, equals in the order given. The weight says what is asked: how many cases, what they cost in minor units of one currency, or how many
    /// cases each times the weight of its severity. Whole numbers are compared as whole numbers, so exactly 80 % is 80 %.
    /// </summary>
    /// <typeparam name="T">What is weighed.</typeparam>
    /// <param name="causes">Each once.</param>
    /// <param name="weight">How much it weighs, from 0 on.</param>
    /// <returns>Empty of nothing; where all weigh nothing, every share is 0 and none is vital.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is below zero.</exception>
    public static IReadOnlyList<ParetoLine<T>> Of<T>(IEnumerable<T> causes, Func<T, long> weight)
    {
        var weighed = causes.Select(cause => (Cause: cause, Weight: Checked(weight(cause)))).OrderByDescending(each => each.Weight).ToList();
        var total = weighed.Aggregate((Int128)0, (sum, each) => sum + each.Weight);
        Int128 before = 0;
        var lines = new List<ParetoLine<T>>(weighed.Count);
        foreach (var (cause, weighs) in weighed)
        {
            var upTo = before + weighs;
            lines.Add(total == 0 ? new(cause, 0, 0, 0, false)
                : new(cause, weighs, (double)weighs / (double)total, (double)upTo / (double)total, weighs > 0 && before * 100 < total * VitalPercent));
            before = upTo;
        }

        return lines;
    }

    private static long Checked(long weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        return weight;
    }
}

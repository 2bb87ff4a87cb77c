namespace Amends.Domain.Statistics;

/// <summary>Many tests at once, with few false alarms among the alarms (Benjamini and Hochberg 1995).</summary>
public static class BenjaminiHochberg
{
    /// <summary>The adjusted p-values: p · m ÷ rank, never above that of a larger p, at most 1.</summary>
    /// <param name="pValues">From 0 to 1, in any order.</param>
    /// <returns>In the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value outside of 0 to 1.</exception>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> pValues)
    {
        foreach (var p in pValues)
            Numbers.Share(p, nameof(pValues));
        var order = Enumerable.Range(0, pValues.Count).OrderByDescending(at => pValues[at]).ToArray();
        var adjusted = new double[pValues.Count];
        var least = 1.0;
        for (var i = 0; i < order.Length; i++)
            adjusted[order[i]] = least = Math.Min(least, pValues[order[i]] * order.Length / (order.Length - i));
        return adjusted;
    }

    /// <summary>Which of them stand out when at most this share of the alarms may be false.</summary>
    /// <param name="pValues">From 0 to 1, in any order.</param>
    /// <param name="falseShare">Above 0 and below 1; 0.05 is usual.</param>
    /// <returns>In the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<bool> StandOut(IReadOnlyList<double> pValues, double falseShare = 0.05)
    {
        Numbers.Between(falseShare);
        return [.. Adjusted(pValues).Select(adjusted => adjusted <= falseShare)];
    }
}

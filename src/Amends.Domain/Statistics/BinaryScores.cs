namespace Amends.Domain.Statistics;

/// <summary>How well scores tell two kinds apart.</summary>
public static class BinaryScores
{
    /// <summary>
    /// The area under the receiver operating characteristic: how often a positive scores above a negative, ties counting half
    /// (Mann and Whitney 1947; Hanley and McNeil 1982).
    /// </summary>
    /// <param name="scored">Each with its score and whether it is positive.</param>
    /// <returns>0 to 1; 0 when one of the kinds is missing.</returns>
    public static double AreaUnderCurve(IReadOnlyList<(double Score, bool IsPositive)> scored)
    {
        var ranks = Ranks([.. scored.Select(each => each.Score)]);
        long positives = scored.Count(each => each.IsPositive), negatives = scored.Count - positives;
        var sum = ranks.Where((_, i) => scored[i].IsPositive).Sum();
        return positives == 0 || negatives == 0 ? 0 : (sum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }

    /// <summary>The mean of the precision at each positive, from the highest score down.</summary>
    /// <param name="scored">Each with its score and whether it is positive.</param>
    /// <returns>0 to 1; 0 without positives.</returns>
    public static double AveragePrecision(IReadOnlyList<(double Score, bool IsPositive)> scored)
    {
        var (seen, hits, sum) = (0, 0, 0.0);
        foreach (var (_, isPositive) in scored.OrderByDescending(each => each.Score))
        {
            seen++;
            if (isPositive)
                sum += (double)++hits / seen;
        }

        return hits == 0 ? 0 : sum / hits;
    }

    /// <summary>Ranks from 1, with the mean rank for equals.</summary>
    /// <param name="values">In any order.</param>
    /// <returns>A rank for each, in the same order.</returns>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]];)
                to++;
            for (var i = from; i < to; i++)
                ranks[order[i]] = (from + 1 + to) / 2.0;
        }

        return ranks;
    }

    /// <summary>The correlation of Pearson; of ranks it is that of Spearman.</summary>
    /// <returns>-1 to 1; 0 when one side is all the same.</returns>
    public static double Correlation(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double meanOne = one.Average(), meanOther = other.Average(), both = 0, squareOne = 0, squareOther = 0;
        for (var i = 0; i < one.Count; i++)
        {
            double a = one[i] - meanOne, b = other[i] - meanOther;
            both += a * b;
            squareOne += a * a;
            squareOther += b * b;
        }

        return squareOne == 0 || squareOther == 0 ? 0 : both / Math.Sqrt(squareOne * squareOther);
    }
}

/// <summary>How a yes or no came out beside what was true.</summary>
/// <param name="TruePositives">Said yes, was yes.</param>
/// <param name="FalsePositives">Said yes, was no.</param>
/// <param name="FalseNegatives">Said no, was yes.</param>
/// <param name="TrueNegatives">Said no, was no.</param>
public sealed record Confusion(int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>Counts pairs.</summary>
    public static Confusion Of(IReadOnlyList<(bool Said, bool Was)> pairs) => new(
        pairs.Count(pair => pair is { Said: true, Was: true }), pairs.Count(pair => pair is { Said: true, Was: false }),
        pairs.Count(pair => pair is { Said: false, Was: true }), pairs.Count(pair => pair is { Said: false, Was: false }));

    /// <summary>Of those said yes, how many were; 0 when none was said.</summary>
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Of those that were, how many were said; 0 when there are none.</summary>
    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>How many came out right.</summary>
    public double Accuracy => Share(TruePositives + TrueNegatives, TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Share(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>The mean of F1 for yes and F1 for no.</summary>
    public double MacroF1 => (F1 + Share(2 * TrueNegatives, 2 * TrueNegatives + FalsePositives + FalseNegatives)) / 2;

    private static double Share(int part, int of) => of == 0 ? 0 : (double)part / of;
}

namespace Amends.Domain.Statistics;

/// <summary>A day of an <see cref="Ears"/> series.</summary>
/// <param name="Count">How many came.</param>
/// <param name="Score">How far above what was usual, in standard deviations (for C3 a sum of them); <c>null</c> while there are too few days before.</param>
/// <param name="IsAlarm">At or above the threshold.</param>
public readonly record struct EarsDay(long Count, double? Score, bool IsAlarm);

/// <summary>
/// The early aberration reporting system's three detectors for daily counts without a long history (Hutwagner, Thompson, Seeman and Treadwell 2003): the mean and the
/// sample standard deviation (n − 1) of seven days, the deviation never taken as less than a floor, so that one complaint after a week of none is no alarm.
/// </summary>
public static class Ears
{
    /// <summary>How many days the baseline has.</summary>
    public const int Baseline = 7;

    /// <summary>Against the seven days right before (t−7 … t−1): a sudden rise.</summary>
    /// <param name="counts">Days in order, without a gap; none below zero.</param>
    /// <param name="threshold">Alarm from here on, above 0.</param>
    /// <param name="minSigma">The floor of the standard deviation, above 0; 0.5 to 1 for few complaints.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<EarsDay> C1(IReadOnlyList<long> counts, double threshold = 3, double minSigma = 0.5) => Days(counts, 0, threshold, minSigma);

    /// <summary>Against seven days with two left out between (t−9 … t−3): a rise that builds up does not lift its own baseline.</summary>
    /// <param name="counts">Days in order, without a gap; none below zero.</param>
    /// <param name="threshold">Alarm from here on, above 0.</param>
    /// <param name="minSigma">The floor of the standard deviation, above 0; 0.5 to 1 for few complaints.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<EarsDay> C2(IReadOnlyList<long> counts, double threshold = 3, double minSigma = 0.5) => Days(counts, 2, threshold, minSigma);

    /// <summary>The sum over three days of what <see cref="C2"/> has above one: small rises that last.</summary>
    /// <param name="counts">Days in order, without a gap; none below zero.</param>
    /// <param name="threshold">Alarm from here on, above 0.</param>
    /// <param name="minSigma">The floor of the standard deviation, above 0; 0.5 to 1 for few complaints.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static IReadOnlyList<EarsDay> C3(IReadOnlyList<long> counts, double threshold = 2, double minSigma = 0.5)
    {
        Numbers.Positive(threshold);
        var scores = C2(counts, threshold, minSigma);
        return [.. counts.Select((count, day) =>
        {
            double? sum = day >= 2 && scores[day - 2].Score is { } first && scores[day - 1].Score is { } second && scores[day].Score is { } third
                ? Math.Max(0, first - 1) + Math.Max(0, second - 1) + Math.Max(0, third - 1) : null;
            return new EarsDay(count, sum, sum >= threshold);
        })];
    }

    private static List<EarsDay> Days(IReadOnlyList<long> counts, int lag, double threshold, double minSigma)
    {
        Numbers.Positive(threshold);
        Numbers.Positive(minSigma);
        var days = new List<EarsDay>(counts.Count);
        for (var day = 0; day < counts.Count; day++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[day], nameof(counts));
            double? score = null;
            if (day - lag - Baseline is >= 0 and var from)
            {
                var before = Enumerable.Range(from, Baseline).Select(at => (double)counts[at]).ToList();
                var mean = before.Average();
                var deviation = Math.Sqrt(before.Sum(each => (each - mean) * (each - mean)) / (Baseline - 1));
                score = (counts[day] - mean) / Math.Max(minSigma, deviation);
            }

            days.Add(new(counts[day], score, score >= threshold));
        }

        return days;
    }
}

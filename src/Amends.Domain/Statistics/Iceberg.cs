namespace Amends.Domain.Statistics;

/// <summary>
/// How many were unhappy, by those who said so. Who complains is only the share v of those who have a reason to (the voice rate; Technical Assistance Research Programs, 1979): x complaints stand for x ÷ v
/// unhappy customers, and x · (1 ÷ v − 1) of them are silent. Show the range, never the middle alone.
/// </summary>
public sealed record Iceberg
{
    private Iceberg(long complaints, double? low, double? mid, double? high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(complaints);
        (Complaints, Voice) = (complaints, (low, mid, high));
    }

    /// <summary>How many complaints there were.</summary>
    public long Complaints { get; }

    private (double? Low, double? Mid, double? High) Voice { get; }

    /// <summary>How many were unhappy; <c>null</c> where nobody who was asked had complained, or nobody was asked.</summary>
    public double? Unhappy => Voice.Mid is > 0 and var voice ? Complaints / voice : null;

    /// <summary>How many of them said nothing.</summary>
    public double? Silent => Voice.Mid is > 0 and var voice ? Complaints * (1 / voice - 1) : null;

    /// <summary>Between which two the unhappy lie, by what is uncertain about the voice rate alone.</summary>
    public OpenInterval UnhappyByVoice => Within(Complaints, Complaints, less: 0);

    /// <summary>Between which two the unhappy lie, with the chance in the number of complaints, too (Garwood's interval): cautious, since both ends are taken at once.</summary>
    public OpenInterval UnhappyWithin => PoissonRate.CountInterval(Complaints) is var count ? Within(count.Low, count.High, less: 0) : default;

    /// <summary>Between which two the silent ones lie, by both.</summary>
    public OpenInterval SilentWithin => PoissonRate.CountInterval(Complaints) is var count ? Within(count.Low, count.High, less: 1) : default;

    /// <summary>From customers who had a problem and were asked whether they told us: the interval of the share is Wilson's.</summary>
    /// <param name="complaints">How many complaints there were, from 0 on.</param>
    /// <param name="told">So many of those who were asked had told us.</param>
    /// <exception cref="ArgumentOutOfRangeException">Complaints below zero.</exception>
    public static Iceberg Of(long complaints, Proportion told) => new(complaints, told.Interval?.Low, told.Share, told.Interval?.High);

    /// <summary>From an assumed voice rate with its range.</summary>
    /// <param name="complaints">How many complaints there were, from 0 on.</param>
    /// <param name="voice">Each above 0 and at most 1, the low one first.</param>
    /// <exception cref="ArgumentOutOfRangeException">Complaints below zero, a rate outside, or the rates not in order.</exception>
    public static Iceberg Of(long complaints, LowMidHigh<double> voice)
    {
        voice.To(rate => Numbers.Positive(Numbers.Share(rate, nameof(voice)), nameof(voice)));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(voice.Low, voice.Mid, nameof(voice));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(voice.Mid, voice.High, nameof(voice));
        return new(complaints, voice.Low, voice.Mid, voice.High);
    }

    private OpenInterval Within(double low, double high, int less) =>
        new(low * ((Voice.High is { } most ? 1 / most : 1) - less), high == 0 ? 0 : Voice.Low is > 0 and var least ? high * (1 / least - less) : null);
}

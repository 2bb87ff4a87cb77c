namespace Amends.Domain.Listening;

/// <summary>Who spoke how much, as whoever was on the phone judged it.</summary>
public enum TalkBalance
{
    /// <summary>Mostly the customer.</summary>
    MostlyThem = 1,

    /// <summary>Both about as much.</summary>
    Even,

    /// <summary>Mostly we.</summary>
    MostlyUs,
}

/// <summary>A call as it is logged: who rang, how long it took, and how much of it the customer spoke.</summary>
/// <param name="MessageId">What was said.</param>
/// <param name="TheyRang">The customer rang us.</param>
/// <param name="Minutes">Its length; <c>null</c> when nobody noted it.</param>
/// <param name="Balance">Judged, or from what was tapped; <c>null</c> when neither was done.</param>
/// <param name="TheirSeconds">Tapped while listening: seconds that the customer spoke.</param>
/// <param name="OurSeconds">Seconds that we spoke.</param>
/// <param name="At">When it was written down.</param>
/// <param name="By">Who was on the phone.</param>
public sealed record SpokenCall(long MessageId, bool TheyRang, int? Minutes, TalkBalance? Balance, int? TheirSeconds, int? OurSeconds, DateTimeOffset At, string By)
{
    /// <summary>The longest call that can be logged, in minutes: a day's work.</summary>
    public const int LongestMinutes = 480;

    /// <summary>How often both spoke at once, where a telephone system counted that; it does not say who broke in.</summary>
    public int? Overlaps { get; init; }

    /// <summary>The customer's part of the talk, 0 to 1, where it was tapped or counted.</summary>
    public double? TheirShare => ShareOf(TheirSeconds, OurSeconds);

    /// <summary>Their seconds of all seconds; <c>null</c> when nobody spoke, or nobody tapped.</summary>
    public static double? ShareOf(int? theirs, int? ours) => theirs + ours > 0 ? (double)theirs!.Value / (theirs.Value + ours!.Value) : null;

    /// <summary>A share in words: the middle tenth, 0.45 to 0.55, is even.</summary>
    public static TalkBalance BalanceOf(double theirShare) => theirShare > 0.55 ? TalkBalance.MostlyThem : theirShare < 0.45 ? TalkBalance.MostlyUs : TalkBalance.Even;
}

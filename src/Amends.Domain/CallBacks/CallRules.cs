namespace Amends.Domain.CallBacks;

/// <summary>How calls are agreed: whether customers can book them, how long one takes, and how many people call at the same time.</summary>
/// <param name="IsOn">Customers can book.</param>
/// <param name="Length">How long one call is given.</param>
/// <param name="AtOnce">How many people take calls at the same time.</param>
public sealed record CallRules(bool IsOn, TimeSpan Length, int AtOnce)
{
    /// <summary>Open time between the booking and the call.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(1);

    /// <summary>How many open days can be seen, today among them while it lasts.</summary>
    public const int DaysAhead = 10;

    /// <summary>How often we ring before we write instead.</summary>
    public const int MostAttempts = 3;

    /// <summary>Open time within which somebody is rung back whose call we did not take.</summary>
    public static readonly TimeSpan RingBackWithin = TimeSpan.FromHours(4);
}

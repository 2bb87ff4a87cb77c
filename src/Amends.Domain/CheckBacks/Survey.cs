namespace Amends.Domain.CheckBacks;

/// <summary>
/// What a customer may add to the one question of the check-back. Every part is optional and nothing follows from it for their case.
/// </summary>
/// <param name="Heard">Whether they were taken seriously and not rushed: 1 (not at all) to 5 (very much).</param>
/// <param name="Ease">How easy we made it (the customer effort score in its version of seven steps): 1 (very hard) to 7 (very easy).</param>
/// <param name="Met">How the outcome compares with what they wanted.</param>
/// <param name="Return">Whether they would come back.</param>
/// <param name="Told">How many people they told, 0 to 100.</param>
/// <param name="Recommend">How likely they would recommend us (Reichheld 2003): 0 (not at all) to 10 (surely).</param>
public sealed record Survey(int? Heard = null, int? Ease = null, OutcomeMet? Met = null, WouldReturn? Return = null, int? Told = null, int? Recommend = null)
{
    /// <summary>The highest step of <see cref="Heard"/>.</summary>
    public const int MostHeard = 5;

    /// <summary>The highest step of <see cref="Ease"/>.</summary>
    public const int MostEase = 7;

    /// <summary>The most people in <see cref="Told"/>.</summary>
    public const int MostTold = 100;

    /// <summary>The highest step of <see cref="Recommend"/>.</summary>
    public const int MostRecommend = 10;

    /// <summary>Whether nothing was answered.</summary>
    public bool IsEmpty => this is { Heard: null, Ease: null, Met: null, Return: null, Told: null, Recommend: null };

    /// <summary>Refuses what is on no scale.</summary>
    /// <exception cref="Refused">A value is outside its scale.</exception>
    public void Check()
    {
        if (Heard is < 1 or > MostHeard)
            throw new Refused("heard", $"Whether you were taken seriously goes from 1 to {MostHeard}. Choose one of them, or leave it open.");
        if (Ease is < 1 or > MostEase)
            throw new Refused("ease", $"How easy it was goes from 1 to {MostEase}. Choose one of them, or leave it open.");
        if (Met is { } met && !Enum.IsDefined(met))
            throw new Refused("met", "Choose whether the outcome is more than you wanted, what you wanted, or less, or leave it open.");
        if (Return is { } back && !Enum.IsDefined(back))
            throw new Refused("return", "Choose yes, perhaps or no, or leave it open.");
        if (Told is < 0 or > MostTold)
            throw new Refused("told", $"How many people you told goes from 0 to {MostTold}. Choose one of the answers, or leave it open.");
        if (Recommend is < 0 or > MostRecommend)
            throw new Refused("recommend", $"How likely you would recommend us goes from 0 to {MostRecommend}. Choose one of them, or leave it open.");
    }
}

/// <summary>The outcome beside what the customer wanted.</summary>
public enum OutcomeMet
{
    /// <summary>More than they wanted.</summary>
    Exceeded = 1,

    /// <summary>What they wanted.</summary>
    Met,

    /// <summary>Less than they wanted.</summary>
    Missed,
}

/// <summary>Whether the customer would come back.</summary>
public enum WouldReturn
{
    /// <summary>They would.</summary>
    Yes = 1,

    /// <summary>They do not know yet.</summary>
    Perhaps,

    /// <summary>They would not.</summary>
    No,
}

namespace Amends.Domain.Alerts;

/// <summary>By which rule something stands out.</summary>
public enum AlertRule
{
    /// <summary>More complaints of a category by a thousand orders than chance explains: the last week of a u-chart is above its limit.</summary>
    WeeklyRate = 1,

    /// <summary>More of a category about one product than its own past lets expect: exact Poisson tail, few false ones among many (Benjamini and Hochberg).</summary>
    Rare,

    /// <summary>A day with far more of a category than the days before: EARS C2, for desks with more than one complaint a day.</summary>
    Daily,

    /// <summary>The plain rule of small shops: three alike within fourteen days.</summary>
    Similar,

    /// <summary>Somebody may be in danger. One is enough.</summary>
    Safety,
}

/// <summary>Something that stands out among complaints, with what it rests on.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Category">What they are about; empty where they share none.</param>
/// <param name="Product">The product; empty where it is about all.</param>
/// <param name="From">The first day that was counted.</param>
/// <param name="To">The last one.</param>
/// <param name="Observed">How many there were.</param>
/// <param name="Expected">How many its own past lets expect; <c>null</c> for rules that count alone.</param>
/// <param name="Exposure">The orders that they are counted by; <c>null</c> likewise.</param>
/// <param name="P">The chance of so many or more if nothing had changed, from 0 to 1; adjusted for the number of tests where there are many. <c>null</c> likewise.</param>
public sealed record Alert(AlertRule Rule, string Category, string Product, DateOnly From, DateOnly To, int Observed, double? Expected = null, long? Exposure = null, double? P = null)
{
    /// <summary>The fewest complaints that are worth a sentence, but for danger.</summary>
    public const int Fewest = 3;

    /// <summary>What it is about, whichever days were counted: one alert of this name is open at a time.</summary>
    public string Key => $"{(int)Rule}|{Category}|{Product}";

    /// <summary>The fewest cases that say something under its rule.</summary>
    public int Least => Rule == AlertRule.Safety ? 1 : Fewest;
}

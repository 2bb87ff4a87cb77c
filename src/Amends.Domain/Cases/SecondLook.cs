namespace Amends.Domain.Cases;

/// <summary>That a lead looks once more at a case that was answered plainly.</summary>
/// <param name="DrawnAt">When chance chose it.</param>
public sealed record SecondLook(DateTimeOffset DrawnAt)
{
    /// <summary>The share of answered cases that is drawn at once.</summary>
    public const double Share = 0.05;

    /// <summary>When a lead looked.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Whether a complaint was found.</summary>
    public bool Found { get; init; }

    /// <summary>Whether a case is drawn when it is closed.</summary>
    /// <param name="chance">From 0 to below 1, evenly.</param>
    public static bool IsDrawn(double chance) => chance < Share;

    /// <summary>Of a week in which none was drawn, the one that is drawn after all; <c>null</c> when one was, or nothing was answered.</summary>
    /// <param name="answered">What was answered in that week, and whether it was drawn.</param>
    /// <param name="chance">From 0 to below 1, evenly.</param>
    public static long? OfWeek(IReadOnlyList<(long Number, bool Drawn)> answered, double chance) =>
        answered.Count == 0 || answered.Any(each => each.Drawn) ? null : answered[(int)(chance * answered.Count)].Number;
}

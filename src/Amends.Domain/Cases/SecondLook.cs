namespace Amends.Domain.Cases;

/// <summary>That a lead looks once more at a case that was answered plainly, or ended without being put right.</summary>
/// <param name="DrawnAt">When chance chose it.</param>
public sealed record SecondLook(DateTimeOffset DrawnAt)
{
    /// <summary>The share of such cases that is drawn at once.</summary>
    public const double Share = 0.05;

    /// <summary>When a lead looked.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Whether a complaint was found.</summary>
    public bool Found { get; init; }

    /// <summary>Why the case had ended.</summary>
    public CloseReason Reason { get; init; } = CloseReason.Answered;

    /// <summary>Whether cases that end so are drawn from: those that nobody asks whether it is put right.</summary>
    public static bool IsSampled(CloseReason? reason) => reason is CloseReason.Answered or CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope;

    /// <summary>
    /// The chance of one thing, always the same: which ones are drawn can be checked later, and nobody can try again. FNV-1a of its name
    /// (Fowler, Noll, Vo), mixed as in MurmurHash3 so that neighbours fall far apart.
    /// </summary>
    /// <param name="name">What it is known by, such as <c>case:4812:3</c>.</param>
    /// <returns>From 0 to below 1, evenly.</returns>
    public static double ChanceOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL);
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Whether a case is drawn when it is closed.</summary>
    /// <param name="chance">From 0 to below 1, evenly.</param>
    public static bool IsDrawn(double chance) => chance < Share;

    /// <summary>Of a week in which none was drawn, the one that is drawn after all; <c>null</c> when one was, or nothing ended.</summary>
    /// <param name="answered">What ended in that week, and whether it was drawn.</param>
    /// <param name="chance">From 0 to below 1, evenly.</param>
    public static long? OfWeek(IReadOnlyList<(long Number, bool Drawn)> answered, double chance) =>
        answered.Count == 0 || answered.Any(each => each.Drawn) ? null : answered[(int)(chance * answered.Count)].Number;
}

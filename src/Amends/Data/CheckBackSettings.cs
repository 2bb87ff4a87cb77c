using Amends.Domain.CheckBacks;

namespace Amends.Data;

/// <summary>How often we ask whether it is put right, and how far apart.</summary>
public sealed record CheckBackSettings
{
    /// <summary>Attempts at the most.</summary>
    public int Attempts { get; init; } = CheckBackPlan.Default.Attempts;

    /// <summary>Days between two of them.</summary>
    public int Days { get; init; } = CheckBackPlan.Default.DaysBetween;
}

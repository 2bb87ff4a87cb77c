namespace Amends.Domain.Learning;

/// <summary>Ten minutes once a week.</summary>
public static class LearnPlan
{
    /// <summary>The steps, in their order, with their minutes.</summary>
    public static IReadOnlyList<(string Title, int Minutes)> Steps { get; } =
    [
        ("What most complaints came from", 2), ("Who else may have it", 1), ("What we learned", 2), ("The hardest case that went well", 2), ("What came of the last action", 1), ("One action now", 2),
    ];
}

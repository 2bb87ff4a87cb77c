namespace Amends.Domain.CheckBacks;

/// <summary>The agreed follow-up in which we learn whether the customer feels that it is put right.</summary>
/// <param name="DueAt">When we ask next.</param>
public sealed record CheckBack(DateTimeOffset DueAt)
{
    /// <summary>How often a customer is asked at the most.</summary>
    public const int MaxAttempts = 3;

    /// <summary>Days between two attempts; three attempts span more than seven days.</summary>
    public const int DaysBetween = 4;

    /// <summary>How often we asked.</summary>
    public int Attempts { get; init; }

    /// <summary>The customer's own answer.</summary>
    public CheckBackAnswer? Answer { get; init; }

    /// <summary>1 to 5, when given.</summary>
    public int? Score { get; init; }

    /// <summary>The customer's words with it.</summary>
    public string? Words { get; init; }
}

/// <summary>What the customer can say.</summary>
public enum CheckBackAnswer
{
    /// <summary>It is put right.</summary>
    Yes = 1,

    /// <summary>Some of it.</summary>
    Partly,

    /// <summary>It is not.</summary>
    No,
}

namespace Amends.Domain.CheckBacks;

/// <summary>The agreed follow-up in which we learn whether the customer feels that it is put right.</summary>
/// <param name="DueAt">When we ask next.</param>
public sealed record CheckBack(DateTimeOffset DueAt)
{
    /// <summary>How often a customer is asked at the most.</summary>
    public const int MaxAttempts = 3;

    /// <summary>Days between two attempts; three attempts span more than seven days.</summary>
    public const int DaysBetween = 4;

    /// <summary>How we ask. The last attempt goes by mail in any case, so that two ways were tried.</summary>
    public CheckBackManner Manner { get; init; } = CheckBackManner.Mail;

    /// <summary>The customer chose this time or manner; what an offer proposes does not replace it.</summary>
    public bool Wished { get; init; }

    /// <summary>The customer said that no follow-up is needed.</summary>
    public bool Waived { get; init; }

    /// <summary>How often we asked.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether the newest attempt is a call of the owner's.</summary>
    public bool IsByPhone => Manner == CheckBackManner.Phone && Attempts < MaxAttempts;

    /// <summary>The customer's own answer.</summary>
    public CheckBackAnswer? Answer { get; init; }

    /// <summary>1 to 5, when given.</summary>
    public int? Score { get; init; }

    /// <summary>The customer's words with it.</summary>
    public string? Words { get; init; }

    /// <summary>What they told us beside the one question; null when nothing.</summary>
    public Survey? Survey { get; init; }
}

/// <summary>The ways of asking.</summary>
public enum CheckBackManner
{
    /// <summary>A letter with a link to the customer's page.</summary>
    Mail = 1,

    /// <summary>The owner calls.</summary>
    Phone,
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

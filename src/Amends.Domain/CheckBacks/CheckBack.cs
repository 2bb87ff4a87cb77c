namespace Amends.Domain.CheckBacks;

/// <summary>The agreed follow-up in which we learn whether the customer feels that it is put right.</summary>
/// <param name="DueAt">When we ask next.</param>
public sealed record CheckBack(DateTimeOffset DueAt)
{
    /// <summary>The manner that was agreed; the ways of the attempts follow from it.</summary>
    public CheckBackManner Manner { get; init; } = CheckBackManner.Mail;

    /// <summary>The customer chose this time or manner; what an offer proposes does not replace it.</summary>
    public bool Wished { get; init; }

    /// <summary>The customer said that no follow-up is needed.</summary>
    public bool Waived { get; init; }

    /// <summary>How often we asked, the call that is due now among them.</summary>
    public int Attempts { get; init; }

    /// <summary>How each of these attempts was made.</summary>
    public IReadOnlyList<CheckBackManner> Asked { get; init; } = [];

    /// <summary>Since when a call of ours is due with the question; <c>null</c> when none is. Nothing moves on before somebody has rung.</summary>
    public DateTimeOffset? CallDueAt { get; init; }

    /// <summary>How often and how far apart; <c>null</c> until it was noted.</summary>
    public CheckBackPlan? Plan { get; init; }

    /// <summary>The plan that holds.</summary>
    public CheckBackPlan Rules => Plan ?? CheckBackPlan.Default;

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

    /// <summary>One of us calls.</summary>
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

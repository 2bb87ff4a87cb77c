using Amends.Domain.Issues;
using Amends.Domain.Remedies;

namespace Amends.Features.Api;

/// <summary>What we decided on an issue; the newest decision.</summary>
public sealed record DecisionAnswer(Finding Finding, string? Reasons, string? CanDo, string? Evidence, DateTimeOffset At, string By)
{
    /// <summary>What you can do, as remedies.</summary>
    public IReadOnlyList<OfferedAnswer> Remedies { get; init; } = [];
}

/// <summary>Something that was offered, or goes with a decision.</summary>
public sealed record OfferedAnswer(RemedyKind Kind, string What, Amount Value, DateTimeOffset DueAt, string? Reason, bool Statutory);

/// <summary>Options for the customer, or what we can do with a decision; and the issues that they answer.</summary>
public sealed record OfferAnswer(int Id, DateTimeOffset? SentAt, DateTimeOffset AnswerBy, int? ChosenOptionId, DateTimeOffset? DeclinedAt, IReadOnlyList<OptionAnswer> Options, IReadOnlyList<int> Issues, bool IsDecision)
{
    /// <summary>A second person must say yes or no first.</summary>
    public bool AwaitsApproval { get; init; }
}

/// <summary>One option.</summary>
public sealed record OptionAnswer(int Id, string Title, string Why, bool IsAsWanted, Amount Value)
{
    /// <summary>What is done if it is chosen.</summary>
    public IReadOnlyList<OfferedAnswer> Remedies { get; init; } = [];
}

using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>
/// An offer's money is set aside until the customer answers, and what they chose stays given. It replaces what the case had set aside
/// before. What is beyond a limit or a budget is refused.
/// </summary>
/// <param name="OfferId">For which offer.</param>
/// <param name="PersonId">Who answers for it: the one who prepared it, or the second person.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="At">When.</param>
/// <param name="Gifts">How much of each kind; for an offer with several options the most of each.</param>
/// <param name="Caps">Limits over many cases.</param>
/// <param name="IsChosen">The customer chose it: it can only have become less, and nothing is refused any more.</param>
/// <param name="Month">The first moment of the month at the desk, for budgets.</param>
public sealed record GiveMoney(int OfferId, long PersonId, long CustomerId, DateTimeOffset At, IReadOnlyList<Gift> Gifts, IReadOnlyList<Cap> Caps, bool IsChosen, DateTimeOffset Month) : Claim
{
    /// <summary>Pieces of the list of extras; for an offer with several options the most of each.</summary>
    public IReadOnlyList<HeldExtra> Extras { get; init; } = [];
}

/// <summary>Pieces of something extra.</summary>
/// <param name="Key">Its key in the list.</param>
/// <param name="Name">As the customer reads it.</param>
/// <param name="Pieces">How many.</param>
public sealed record HeldExtra(string Key, string Name, int Pieces);

/// <summary>What was set aside for the customer's answer is free again.</summary>
public sealed record FreeMoney : Claim;

/// <summary>Money of one kind.</summary>
/// <param name="Kind">The kind of remedy.</param>
/// <param name="Value">How much.</param>
/// <param name="IsStatutory">The law gives it: it counts, and is never refused.</param>
/// <param name="Law">Which law.</param>
public sealed record Gift(RemedyKind Kind, Money Value, bool IsStatutory, string? Law = null);

/// <summary>The most that may be given of some kinds since a moment, by one person or to one customer.</summary>
/// <param name="Reason">Whether it is the customer's or the day's.</param>
/// <param name="Kinds">The kinds that count.</param>
/// <param name="Since">From when on.</param>
/// <param name="Most">Minor units.</param>
/// <param name="Adds">What this offer adds at the most, minor units.</param>
public sealed record Cap(ApprovalReason Reason, IReadOnlyList<RemedyKind> Kinds, DateTimeOffset Since, long Most, long Adds);

/// <summary>Something that was chosen did not work: its money was not given.</summary>
/// <param name="Kind">The kind of remedy.</param>
/// <param name="Value">How much.</param>
public sealed record TakeBackMoney(RemedyKind Kind, Money Value) : Claim;

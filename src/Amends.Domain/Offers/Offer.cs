using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Offers;

/// <summary>A choice of remedies put to the customer.</summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="Options">Two or more, or the one that the customer asked for, or one with a recorded reason.</param>
/// <param name="OneOptionReason">Why there is only one option.</param>
/// <param name="PreparedAt">When.</param>
/// <param name="PreparedById">By whom.</param>
/// <param name="AnswerBy">Until when the options are held.</param>
/// <param name="CheckBackAt">When we propose to ask whether it is really put right.</param>
public sealed record Offer(int Id, IReadOnlyList<Option> Options, string? OneOptionReason, DateTimeOffset PreparedAt, long PreparedById, DateTimeOffset AnswerBy, DateTimeOffset CheckBackAt)
{
    /// <summary>The issues that it answers; none in an offer from before there were issues.</summary>
    public IReadOnlyList<int> Issues { get; init; } = [];

    /// <summary>It went with a decision, as what we can do.</summary>
    public bool IsDecision { get; init; }

    /// <summary>A decision that comes while something is being put right already: once it is sent, what we can do is owed on top, and nothing is left to choose.</summary>
    public bool IsAddition { get; init; }

    /// <summary>Where the decision says that the customer can go next; <c>null</c> when there is nowhere.</summary>
    public string? OutsideRoute { get; init; }

    /// <summary>Whether a second person must approve it before it goes out.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>The second person.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When a second person was asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Why a second person must agree.</summary>
    public IReadOnlyList<ApprovalReason> WhyApproval { get; init; } = [];

    /// <summary>The role whose limits held for who prepared it.</summary>
    public Role PreparedByRole { get; init; } = Role.Agent;

    /// <summary>It was above what one should give alone, and nobody else was there to be asked.</summary>
    public bool GivenAlone { get; init; }

    /// <summary>What it rests on: a photo, an order, a tracking number.</summary>
    public string? Evidence { get; init; }

    /// <summary>When the second person agreed; holds for <see cref="ApprovalHolds"/>.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The second person's id, and the role whose limits held.</summary>
    public long? ApprovedById { get; init; }

    /// <summary>The role whose limits held for the second person.</summary>
    public Role ApprovedByRole { get; init; } = Role.Lead;

    /// <summary>When somebody said no to it.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Who said no.</summary>
    public string? RefusedBy { get; init; }

    /// <summary>Why, in words that can be passed on to the customer.</summary>
    public string? RefusedWhy { get; init; }

    /// <summary>How long an approval holds.</summary>
    public static readonly TimeSpan ApprovalHolds = TimeSpan.FromHours(48);

    /// <summary>Somebody must still say yes or no.</summary>
    public bool AwaitsApproval => NeedsApproval && ApprovedBy is null && RefusedAt is null && SentAt is null;

    /// <summary>When it went to the customer.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The option that the customer chose.</summary>
    public int? ChosenId { get; init; }

    /// <summary>The first remedy of what was chosen; the others follow it. <c>null</c> in offers chosen before this was kept.</summary>
    public int? FirstRemedyId { get; init; }

    /// <summary>What the customer had chosen before they changed their mind, oldest first.</summary>
    public IReadOnlyList<EarlierChoice> Earlier { get; init; } = [];

    /// <summary>When the customer said none of these.</summary>
    public DateTimeOffset? DeclinedAt { get; init; }

    /// <summary>When the time to answer passed without one; <c>null</c> again once the customer was reminded.</summary>
    public DateTimeOffset? UnansweredAt { get; init; }

    /// <summary>Reminders that the customer got, oldest first.</summary>
    public IReadOnlyList<OfferReminder> Reminders { get; init; } = [];

    /// <summary>Until when an answer is waited for: as it was said with the offer, or with the newest reminder.</summary>
    public DateTimeOffset WaitsUntil => Reminders.Count > 0 ? Reminders[^1].WaitsUntil : AnswerBy;

    /// <summary>The customer has it, and the time to answer has passed.</summary>
    public bool IsUnanswered => IsWithCustomer && UnansweredAt is not null;

    /// <summary>The customer's words with the answer.</summary>
    public string? Words { get; init; }

    /// <summary>Whether the customer can choose now.</summary>
    public bool IsWithCustomer => SentAt is not null && ChosenId is null && DeclinedAt is null;
}

/// <summary>One of the ways to put it right that the customer can choose.</summary>
/// <param name="Id">Counts up within the offer, from 1.</param>
/// <param name="Title">In a few words, such as "New machine on Saturday".</param>
/// <param name="Why">The reason for this customer, which the customer reads.</param>
/// <param name="Remedies">What is done if it is chosen.</param>
/// <param name="IsAsWanted">Exactly what the customer said would put it right.</param>
public sealed record Option(int Id, string Title, string Why, IReadOnlyList<OptionRemedy> Remedies, bool IsAsWanted)
{
    /// <summary>What the option is worth, all its remedies together.</summary>
    public Money Value => Remedies.Select(remedy => remedy.Value).Aggregate((left, right) => left + right);
}

/// <summary>One remedy inside an option.</summary>
/// <param name="Kind">Its sort.</param>
/// <param name="What">In words for the customer.</param>
/// <param name="Value">What it is worth.</param>
/// <param name="DueAt">When the customer has it.</param>
public sealed record OptionRemedy(RemedyKind Kind, string What, Money Value, DateTimeOffset DueAt)
{
    /// <summary>What its kind knows beyond this.</summary>
    public RemedyData? Data { get; init; }

    /// <summary>What the customer would pay for it. Refused where the fault is ours or not yet decided; none is <c>null</c>.</summary>
    public Money? CustomerCharge { get; init; }

    /// <summary>The law gives it to the customer: it counts against no limit, and nothing may hold it up.</summary>
    public bool IsStatutory { get; init; }

    /// <summary>What it costs us, where that is known; else what it is worth. Limits and budgets count it.</summary>
    public Money Cost => RemedyData.CostOf(Value, Data);

    /// <summary>The same with what goods cost us written down, where the share of their price is known: limits count it, and go on counting it when the share changes.</summary>
    /// <param name="share">What goods cost us of their price, 0 to 1; <c>null</c> when nobody said.</param>
    public OptionRemedy Costed(decimal? share) => share is not { } known || Kind is not (RemedyKind.Replacement or RemedyKind.Substitute) || Value.Minor <= 0 || Data?.Cost is not null ? this
        : this with { Data = (Data ?? new RemedyData()) with { Cost = new Money((long)decimal.Round(Value.Minor * known, 0, MidpointRounding.AwayFromZero), Value.Currency) } };

    /// <summary>Which law gives it; <c>null</c> when none does, and in offers from before this was asked.</summary>
    public Laws.LegalBasis? Law { get; init; }

    /// <summary>The lines that this makes: itself, and before it what the customer sends back, where it hangs on that.</summary>
    public IReadOnlyList<OptionRemedy> WithReturn() => Data?.ReleaseOn is null
        ? [this]
        : [new OptionRemedy(RemedyKind.Return, "You send it back with our label, free of charge", Money.Zero(Value.Currency), DueAt), this];
}

/// <summary>A choice that the customer took back for another.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="Words">Their words with it.</param>
/// <param name="Until">When they changed it.</param>
public sealed record EarlierChoice(int OptionId, string? Words, DateTimeOffset Until);

using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Offers;

/// <summary>Options were put together, for these issues; or what we can do, with a decision.</summary>
public sealed record OfferPrepared(DateTimeOffset At, Actor By, int Id, [property: Words] IReadOnlyList<Option> Options, [property: Words] string? OneOptionReason, DateTimeOffset AnswerBy, DateTimeOffset CheckBackAt, bool NeedsApproval, IReadOnlyList<int>? Issues = null, bool IsDecision = false, Role? Under = null, bool GivenAlone = false, [property: Words] string? Evidence = null, bool IsAddition = false, string? OutsideRoute = null) : CaseEvent(At, By);

/// <summary>A second person agreed to an offer above the first one's limit.</summary>
public sealed record OfferApproved(DateTimeOffset At, Actor By, int Id, Role? Under = null) : CaseEvent(At, By);

/// <summary>A second person is asked to agree to what was prepared, and why.</summary>
public sealed record ApprovalAsked(DateTimeOffset At, Actor By, int Id, IReadOnlyList<ApprovalReason> Why) : CaseEvent(At, By);

/// <summary>Somebody did not agree, in words that can be passed on to the customer.</summary>
public sealed record OfferRefused(DateTimeOffset At, Actor By, int Id, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>What was agreed to did not go out in time; somebody must agree again.</summary>
public sealed record ApprovalLapsed(DateTimeOffset At, Actor By, int Id) : CaseEvent(At, By);

/// <summary>The options went to the customer.</summary>
public sealed record OfferSent(DateTimeOffset At, Actor By, int Id) : CaseEvent(At, By);

/// <summary>The customer chose.</summary>
public sealed record OptionChosen(DateTimeOffset At, Actor By, int OfferId, int OptionId, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>The customer wants none of them, and said why.</summary>
public sealed record OfferDeclined(DateTimeOffset At, Actor By, int OfferId, Channel Via, [property: Words] string Words) : CaseEvent(At, By);

/// <summary>The time to answer passed; the owner is told, nothing is decided for the customer.</summary>
public sealed record OfferUnanswered(DateTimeOffset At, Actor By, int OfferId) : CaseEvent(At, By);

/// <summary>The customer changed their mind before anything had begun; the remedies of what they had chosen are owed no more.</summary>
public sealed record ChoiceChanged(DateTimeOffset At, Actor By, int OfferId, int OptionId, IReadOnlyList<int> Dropped, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>What we can do by a decision that came while something is being put right already is owed on top of it: nobody has to choose it.</summary>
public sealed record DecisionAdded(DateTimeOffset At, Actor By, int OfferId) : CaseEvent(At, By);

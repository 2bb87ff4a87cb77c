using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Customers;

/// <summary>What the customer wants to be called, and how they want to hear from us; the newest holds.</summary>
public sealed record PreferencesNoted(DateTimeOffset At, Actor By, [property: Words] string? Name, PreferredChannel? Channel) : CaseEvent(At, By);

/// <summary>Somebody acts for the customer from now on, in place of whoever did before.</summary>
public sealed record RepresentativeNamed(DateTimeOffset At, Actor By, [property: Words] Representative Who) : CaseEvent(At, By);

/// <summary>Nobody acts for the customer any more.</summary>
public sealed record RepresentativeEnded(DateTimeOffset At, Actor By, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>Two customers turned out to be one. The case is told whose it is now: it came with the other, or it was theirs already.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who said so.</param>
/// <param name="CustomerId">The one whose it is.</param>
/// <param name="CustomerName">Their name.</param>
/// <param name="FromId">The one who joined them.</param>
/// <param name="FromName">Their name.</param>
/// <param name="Why">What shows that they are one.</param>
public sealed record CustomersMerged(DateTimeOffset At, Actor By, long CustomerId, [property: Words] string CustomerName, long FromId, [property: Words] string FromName, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>One customer turned out to be two, or the case was never theirs. It is told whose it is now.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who said so.</param>
/// <param name="CustomerId">Whose it is now.</param>
/// <param name="CustomerName">Their name.</param>
/// <param name="FromId">Whose it was.</param>
/// <param name="FromName">Their name.</param>
/// <param name="Why">What shows it.</param>
public sealed record CustomersSplit(DateTimeOffset At, Actor By, long CustomerId, [property: Words] string CustomerName, long FromId, [property: Words] string FromName, [property: Words] string Why) : CaseEvent(At, By);

/// <summary>We thanked the customer in a letter of ours.</summary>
public sealed record CustomerThanked(DateTimeOffset At, Actor By, long MessageId) : CaseEvent(At, By), IHasMessage;

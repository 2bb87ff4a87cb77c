using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Safety;

/// <summary>Leads and managers are asked whether it is sold on.</summary>
public sealed record StopSaleAsked(DateTimeOffset At, Actor By) : CaseEvent(At, By);

/// <summary>One of them said that it is sold no more, and what was done, or why it is sold on.</summary>
public sealed record StopSaleAnswered(DateTimeOffset At, Actor By, bool IsStopped, [property: Words] string Words, string Product, string Lot) : CaseEvent(At, By);

/// <summary>Somebody counted who else has it.</summary>
public sealed record AffectedCounted(DateTimeOffset At, Actor By, string Product, string Lot, int Orders, int Customers) : CaseEvent(At, By);

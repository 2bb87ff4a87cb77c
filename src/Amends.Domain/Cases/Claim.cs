using Amends.Domain.CallBacks;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>
/// What a change needs and no single case can guard, as a value: the store applies it in the transaction of the change, as a
/// conditional write. When it cannot be had the change is refused in words and nothing is written.
/// </summary>
public abstract record Claim;

/// <summary>A time for a call, in place of the one that the case had.</summary>
/// <param name="Time">Which.</param>
/// <param name="AtOnce">How many calls there may be at the same time, this one among them.</param>
public sealed record TakeCallTime(CallTime Time, int AtOnce) : Claim;

/// <summary>The case's time for a call is free again.</summary>
public sealed record FreeCallTime : Claim;

/// <summary>One piece of what is sent to the customer, from what is there; where nobody counts it, nothing is taken.</summary>
/// <param name="Kind">The same again, or something different.</param>
/// <param name="What">What is sent, in words; something different is found by it.</param>
/// <param name="IsExplained">Somebody wrote how there is one although none is counted.</param>
public sealed record TakeGoods(RemedyKind Kind, string What, bool IsExplained) : Claim;

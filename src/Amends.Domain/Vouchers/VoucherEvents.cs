using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Vouchers;

/// <summary>A code was issued: from now on we owe what it is worth.</summary>
public sealed record VoucherIssued(DateTimeOffset At, Actor By, int Id, [property: Words] string Code, Money Face, DateTimeOffset? ExpiresAt, bool Transferable) : CaseEvent(At, By);

/// <summary>Some of it, or all, was used: we owe that much less.</summary>
public sealed record VoucherUsed(DateTimeOffset At, Actor By, int Id, Money Amount, Money Left, string Reference) : CaseEvent(At, By);

/// <summary>It lapsed: what was left is owed no more.</summary>
public sealed record VoucherExpired(DateTimeOffset At, Actor By, int Id, Money Lost) : CaseEvent(At, By);

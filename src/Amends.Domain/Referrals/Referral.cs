using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Referrals;

/// <summary>The way outside: a body that decides between us and the customer, such as an ombudsman.</summary>
/// <param name="Stage">How far it went.</param>
public sealed record Referral(ReferralStage Stage)
{
    /// <summary>Who decides.</summary>
    public string? Body { get; init; }

    /// <summary>The day on which it went there.</summary>
    public DateOnly? ReferredOn { get; init; }

    /// <summary>The day of the outside decision.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>What was decided there, in words.</summary>
    public string? Outcome { get; init; }
}

/// <summary>How far a case went outside; without a <see cref="Referral"/> it did not.</summary>
public enum ReferralStage
{
    /// <summary>The customer was told where they can go.</summary>
    Signposted = 1,

    /// <summary>It lies with the outside body.</summary>
    Referred,

    /// <summary>The outside body has decided.</summary>
    Decided,
}

/// <summary>The case lies with an outside body.</summary>
public sealed record CaseReferred(DateTimeOffset At, Actor By, string Body, DateOnly On) : CaseEvent(At, By);

/// <summary>The outside body has decided.</summary>
public sealed record OutsideDecided(DateTimeOffset At, Actor By, DateOnly On, [property: Words] string Outcome) : CaseEvent(At, By);

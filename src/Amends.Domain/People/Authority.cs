namespace Amends.Domain.People;

/// <summary>How much money a role may give unaided, for one option of an offer. Above it a second person decides.</summary>
public static class Authority
{
    /// <summary>The limit of a role in the company's currency; <c>null</c> means without limit.</summary>
    public static Money? LimitOf(Role role, string currency) => role switch
    {
        Role.Agent => Money.FromMajor(50, currency),
        Role.Lead => Money.FromMajor(250, currency),
        Role.Manager => Money.FromMajor(1000, currency),
        Role.Owner => null,
        _ => Money.Zero(currency),
    };

    /// <summary>Whether this role may give this amount unaided.</summary>
    public static bool Allows(Role role, Money amount) => LimitOf(role, amount.Currency) is not { } limit || !(amount > limit);
}

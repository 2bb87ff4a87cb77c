using Amends.Domain.Customers;

namespace Amends.Domain.Cases;

/// <summary>What the customer told us of themselves, and who speaks for them.</summary>
public sealed partial record CaseState
{
    /// <summary>What they want to be called; <c>null</c> for their name.</summary>
    public string? PreferredName { get; init; }

    /// <summary>How they want to hear from us; <c>null</c> when they did not say.</summary>
    public PreferredChannel? PreferredChannel { get; init; }

    /// <summary>Who acts for them; look at <see cref="Customers.Representative.SpeaksAt"/>, since it may have ended.</summary>
    public Representative? Representative { get; init; }

    /// <summary>The name that letters begin with.</summary>
    public string GreetingName => PreferredName ?? CustomerName;

    private CaseState? AfterCustomer(CaseEvent news) => news switch
    {
        PreferencesNoted e => this with { PreferredName = e.Name, PreferredChannel = e.Channel },
        RepresentativeNamed e => this with { Representative = e.Who },
        RepresentativeEnded => this with { Representative = null },
        CustomersMerged e => this with { CustomerId = e.CustomerId, CustomerName = e.CustomerName },
        CustomersSplit e => this with { CustomerId = e.CustomerId, CustomerName = e.CustomerName },
        CustomerThanked => this, // a letter without a matter of its own
        _ => null,
    };
}

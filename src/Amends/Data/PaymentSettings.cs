namespace Amends.Data;

/// <summary>Who pays refunds back.</summary>
public sealed record PaymentSettings
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "payments";

    /// <summary>The provider: <c>manual</c> for a transfer by one of us, <c>stripe</c>.</summary>
    public string Provider { get; init; } = "manual";

    /// <summary>Where Stripe's interface is.</summary>
    public string StripeUrl { get; init; } = "https://api.stripe.com";

    /// <summary>The key that lets us refund there, sealed; empty for none.</summary>
    public string StripeKey { get; init; } = "";

    /// <summary>What Stripe signs with that it tells us later, sealed; empty for none.</summary>
    public string StripeSigningSecret { get; init; } = "";
}

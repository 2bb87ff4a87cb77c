namespace Amends.Channels.Email;

/// <summary>The consent of an account at a provider to read and send its mail. Secrets are sealed.</summary>
public sealed record MailGrant
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary><c>microsoft</c>, <c>google</c> or <c>other</c>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The user name it signs in.</summary>
    public string Account { get; init; } = "";

    /// <summary>Our registration at the provider.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its secret, sealed; <c>null</c> for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Where a person consents.</summary>
    public string AuthorizeUrl { get; init; } = "";

    /// <summary>Where tokens are had.</summary>
    public string TokenUrl { get; init; } = "";

    /// <summary>Where codes for another device are had; <c>null</c> where that is not offered.</summary>
    public string? DeviceUrl { get; init; }

    /// <summary>What is asked for.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Sealed; <c>null</c> until somebody has consented.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Sealed.</summary>
    public string? AccessToken { get; init; }

    /// <summary>When the access token ends, Unix milliseconds.</summary>
    public long AccessUntil { get; init; }

    /// <summary>A sign-in under way, sealed.</summary>
    public string? Pending { get; init; }

    /// <summary>When it is void, Unix milliseconds.</summary>
    public long PendingUntil { get; init; }

    /// <summary>One sentence on what is wrong; <c>null</c> while all is well.</summary>
    public string? Error { get; init; }

    /// <summary>The provider as people call it.</summary>
    public string ProviderName => NameOf(Provider, TokenUrl);

    /// <summary>
    /// A grant as the provider documents its endpoints and the rights to read (IMAP, POP) and send (SMTP) mail.
    /// </summary>
    /// <param name="provider"><c>microsoft</c> or <c>google</c>.</param>
    /// <param name="tenant">Microsoft's directory, by id or domain; <c>organizations</c> when empty.</param>
    public static MailGrant Of(string provider, string? tenant) => provider switch
    {
        "microsoft" => new MailGrant
        {
            Provider = provider,
            AuthorizeUrl = $"https://login.microsoftonline.com/{Uri.EscapeDataString(Tenant(tenant))}/oauth2/v2.0/authorize",
            TokenUrl = $"https://login.microsoftonline.com/{Uri.EscapeDataString(Tenant(tenant))}/oauth2/v2.0/token",
            DeviceUrl = $"https://login.microsoftonline.com/{Uri.EscapeDataString(Tenant(tenant))}/oauth2/v2.0/devicecode",
            Scope = "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/POP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        },
        _ => new MailGrant
        {
            Provider = "google",
            AuthorizeUrl = "https://accounts.google.com/o/oauth2/v2/auth",
            TokenUrl = "https://oauth2.googleapis.com/token",
            Scope = "https://mail.google.com/",
        },
    };

    private static string Tenant(string? tenant) => string.IsNullOrWhiteSpace(tenant) ? "organizations" : tenant.Trim();

    private static string NameOf(string provider, string tokenUrl) => provider switch
    {
        "microsoft" => "Microsoft",
        "google" => "Google",
        _ => Uri.TryCreate(tokenUrl, UriKind.Absolute, out var uri) ? uri.Host : "the provider",
    };
}

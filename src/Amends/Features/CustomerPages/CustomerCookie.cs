using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Amends.Data;
using Amends.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Amends.Features.CustomerPages;

/// <summary>Knows a customer by the cookie that a secure link was exchanged for. Whoever has none gets the page that offers a new link.</summary>
public sealed class CustomerCookie(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Database database, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The claim with the id of one of us who looks at the pages as the customer.</summary>
    public const string ShownToClaim = "shown_to";

    /// <summary>The claim with the moment at which the link ends, Unix milliseconds.</summary>
    public const string LinkUntilClaim = "link_until";

    /// <summary>The claim with the name of who acts for the customer, when the link was theirs.</summary>
    public const string ThroughClaim = "through";

    private const string Cookie = "amends-case";

    /// <summary>Puts a session into the browser.</summary>
    public static void Put(HttpContext context, string session) => OwnCookies.Write(context, Cookie, session, CustomerLinks.SessionLifetime);

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (OwnCookies.Read(Request, Cookie) is not { Length: < 100 } id)
            return AuthenticateResult.NoResult();
        if (await CustomerLinks.Find(database, id, clock.GetUtcNow(), Context.RequestAborted) is not { } session)
            return AuthenticateResult.Fail("The session has ended.");

        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.Name, session.CustomerName));
        identity.AddClaim(new Claim(Policies.CaseClaim, session.CaseNumber.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(LinkUntilClaim, session.LinkExpiresAt.ToString(CultureInfo.InvariantCulture)));
        if (session.ShownTo is { } person)
            identity.AddClaim(new Claim(ShownToClaim, person.ToString(CultureInfo.InvariantCulture)));
        if (session.Through is { } through)
            identity.AddClaim(new Claim(ThroughClaim, through));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => LinkEndpoints.ShowExpired(Context);

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => LinkEndpoints.ShowExpired(Context);
}

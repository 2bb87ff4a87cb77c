using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Amends.Web;

/// <summary>Knows one of us by the cookie, and leads to the sign-in page whoever is not known.</summary>
public sealed class SignedIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The scheme that people who work here are known by.</summary>
    public const string People = "person";

    /// <summary>The claim with the session's id.</summary>
    public const string SessionClaim = "session";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (OwnCookies.Read(Request, OwnCookies.Person) is not { } token)
            return AuthenticateResult.NoResult();
        if (await sessions.Find(token, Context.RequestAborted) is not { } session)
            return AuthenticateResult.Fail("The session ended.");

        Context.Features.Set(session);
        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, session.PersonId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, session.Name),
            new(Policies.RoleClaim, session.Role.ToString()),
            new(SessionClaim, session.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ], People, ClaimTypes.Name, Policies.RoleClaim);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), People));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isPage = HttpMethods.IsGet(Request.Method) && !Request.Path.StartsWithSegments("/api");
        var to = isPage && !Request.IsPartial() ? $"/sign-in?return={Uri.EscapeDataString(Request.Path + Request.QueryString)}" : "/sign-in";
        if (Request.IsPartial()) // a piece of a page cannot be the sign-in page: the whole page goes there
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers["HX-Redirect"] = to;
        }
        else if (Request.Path.StartsWithSegments("/api") || Request.Headers.Accept == "text/event-stream")
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            Response.StatusCode = StatusCodes.Status303SeeOther;
            Response.Headers.Location = to;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

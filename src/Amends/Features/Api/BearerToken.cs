using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Amends.Domain.People;
using Amends.Features.Shared.Errors;
using Amends.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Amends.Features.Api;

/// <summary>Knows a program by the token in <c>Authorization: Bearer</c> (RFC 6750 §2.1); by nothing else, so that no link and no log carries it.</summary>
public sealed class BearerToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Start = "Bearer ";

    /// <summary>The program that asks, as the case's log names it.</summary>
    public static Actor Of(HttpContext context) => Actor.Integration(
        long.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture), context.User.Identity!.Name!);

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await tokens.Find(header[Start.Length..].Trim(), Context.RequestAborted) is not { } token)
            return AuthenticateResult.Fail("No token that works.");
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, token.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, token.Name)], Scopes.Scheme);
        identity.AddClaims(token.Scopes.Split(' ').Select(scope => new Claim(Scopes.Claim, scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scopes.Scheme));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var tried = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = tried ? "Bearer error=\"invalid_token\"" : "Bearer"; // RFC 6750 §3
        new Trouble(401, tried ? "invalid_token" : "no_token", tried ? "This token does not work" : "A token is needed",
            "Send a token as Authorization: Bearer. An owner makes one in the settings under API tokens.").Explain(Context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
        new Trouble(403, "missing_scope", "This token may not do that", $"It needs the scope {scope}, which this token was not given.").Explain(Context);
        return Task.CompletedTask;
    }
}

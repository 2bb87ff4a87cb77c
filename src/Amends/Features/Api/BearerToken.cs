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

    private const string PersonClaim = "acts_as", PersonName = "acts_as_name", PersonRole = "acts_as_role"; // none that a page's policy asks for

    /// <summary>Who acts, as the case's log names them: the person whom the token acts for, with the program's name, or the program itself.</summary>
    public static Actor Of(HttpContext context)
    {
        var (user, program) = (context.User, context.User.Identity!.Name!);
        return user.FindFirstValue(PersonClaim) is { } person
            ? Actor.Person(long.Parse(person, CultureInfo.InvariantCulture), user.FindFirstValue(PersonName)!, Enum.Parse<Role>(user.FindFirstValue(PersonRole)!)) with { Program = program }
            : Actor.Integration(IdOf(context), program);
    }

    /// <summary>The token's own id, whomever it acts for.</summary>
    public static long IdOf(HttpContext context) => long.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

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
        if (token is { ActsAs: { } person, Role: { } role })
            identity.AddClaims([new(PersonClaim, person.ToString(CultureInfo.InvariantCulture)), new(PersonName, token.Person ?? ""), new(PersonRole, ((Role)role).ToString())]);
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

using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>The page on which an owner makes and revokes tokens for programs.</summary>
public static class TokenEndpoints
{
    private const string Page = "/settings/tokens";

    /// <summary>Maps the page and its forms.</summary>
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup(Page).RequireAuthorization(Policies.Owner).ExcludeFromDescription();
        tokens.MapGet("", (HttpContext context, ApiTokens tokens, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, tokens, frame, settings, clock, new()));
        tokens.MapPost("", Make);
        tokens.MapPost("/{id:long}/revocation", Revoke);
    }

    private static async Task<IResult> Make(HttpContext context, IFormCollection form, ApiTokens tokens, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var name = form["name"].ToString();
        var scopes = form["scopes"].OfType<string>().ToList();
        var person = form["acts_as"].ToString();
        try
        {
            long? actsAs = person.Length == 0 ? null : long.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
            var token = await tokens.Make(name, scopes, context.User.Actor().Id, actsAs);
            return await Show(context, tokens, frame, settings, clock, new() { Token = token, TokenOf = name.Trim() });
        }
        catch (Refused no)
        {
            return await Show(context, tokens, frame, settings, clock, new() { Name = name, Chosen = scopes, ActsAs = person, Errors = new Dictionary<string, string> { [no.Code] = no.Message } }, 422);
        }
    }

    private static async Task<IResult> Revoke(long id, HttpContext context, ApiTokens tokens)
    {
        if (!await tokens.Revoke(id))
            return TypedResults.NotFound();
        Frame.Say(context, "The token does not work any more.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Show(HttpContext context, ApiTokens tokens, Frame frame, StoredSettings settings, TimeProvider clock, TokensModel with, int status = 200)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<TokensPage, TokensModel>(with with { Chrome = await frame.For(context), Tokens = await tokens.List(context.RequestAborted), People = await tokens.People(context.RequestAborted), Now = clock.GetUtcNow(), Zone = company.Zone() }, status);
    }
}

/// <summary>What the page shows.</summary>
public sealed record TokensModel
{
    public Chrome Chrome { get; init; } = default!;
    public IReadOnlyList<ApiToken> Tokens { get; init; } = [];
    public DateTimeOffset Now { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>A token that was just made; shown this once.</summary>
    public string? Token { get; init; }
    public string TokenOf { get; init; } = "";
    public string Name { get; init; } = "";
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>Those for whom a token can act, and who was chosen.</summary>
    public IReadOnlyList<Colleague> People { get; init; } = [];
    public string ActsAs { get; init; } = "";
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

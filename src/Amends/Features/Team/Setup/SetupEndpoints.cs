using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Features.Team.SignIn;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Team.Setup;

/// <summary>The first page of an empty desk.</summary>
public static class SetupEndpoints
{
    /// <summary>What the first run needs.</summary>
    public static void AddSetup(this IServiceCollection services) => services.AddSingleton<FirstRun>();

    /// <summary>Maps the page; once somebody works here it leads to the sign-in.</summary>
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet("/setup", async (FirstRun first, CancellationToken ct) => await first.IsOver(ct) ? (IResult)TypedResults.LocalRedirect("/sign-in") : Page(new())).RequireAuthorization(Policies.Public);
        app.MapForm("/setup", MakeOwner).RequireAuthorization(Policies.Public).RequireRateLimiting(Safety.FewTries);
    }

    private static async Task<IResult> MakeOwner(HttpContext context, Database database, FirstRun first, Sessions sessions, [FromForm] SetupFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if (await first.IsOver(context.RequestAborted))
            return TypedResults.Redirect303("/sign-in");
        try
        {
            Passwords.MustBeGood(fields.Password ?? "", fields.Email ?? "", fields.Name ?? "");
            var hash = Passwords.HashOf(fields.Password!);
            await SignInEndpoints.LetIn(context, database, sessions, unit => first.MakeOwner(unit, fields.Code ?? "", fields.Name ?? "", fields.Email ?? "", hash));
        }
        catch (Refused no)
        {
            var field = no.Code is "code" or "name" or "email" ? no.Code : "password";
            return Page(new() { Fields = fields, Errors = new Dictionary<string, string> { [field] = no.Message } });
        }

        return TypedResults.Redirect303("/settings/company");
    }

    private static IResult Page(SetupModel model) => Html.Show<SetupPage, SetupModel>(model, model.Errors.Count == 0 ? 200 : 422);
}

/// <summary>The form.</summary>
public sealed record SetupFields
{
    public string? Code { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Password { get; init; }
}

/// <summary>What the page shows.</summary>
public sealed record SetupModel
{
    public SetupFields Fields { get; init; } = new();
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

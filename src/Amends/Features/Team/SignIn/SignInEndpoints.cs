using Amends.Data;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Features.Team.Setup;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Team.SignIn;

/// <summary>Signing in and out.</summary>
public static class SignInEndpoints
{
    /// <summary>What signing in needs.</summary>
    public static void AddSignIn(this IServiceCollection services) => services.AddSingleton<Tries>().AddSingleton<Staff>();

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext context) => TypedResults.LocalRedirect(Session.Of(context) is { } session ? StartOf(session.Role) : "/sign-in")).RequireAuthorization(Policies.Public);
        app.MapGet("/sign-in", Show).RequireAuthorization(Policies.Public);
        app.MapPost("/sign-in", SignIn).RequireAuthorization(Policies.Public).RequireRateLimiting(Safety.FewTries);
        app.MapPost("/sign-out", SignOut).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Show(HttpContext context, FirstRun first, StoredSettings settings, [FromQuery(Name = "return")] string? to) =>
        Session.Of(context) is { } session ? TypedResults.LocalRedirect(Requests.LocalOr(to, StartOf(session.Role)))
            : !await first.IsOver(context.RequestAborted) ? TypedResults.LocalRedirect("/setup")
            : Page(await settings.Company(context.RequestAborted), new SignInModel("", to, null), StatusCodes.Status200OK);

    private static async Task<IResult> SignIn(HttpContext context, Database database, Sessions sessions, Tries tries, StoredSettings settings,
        [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? to)
    {
        email = (email ?? "").Trim();
        var company = await settings.Company(context.RequestAborted);
        if (await tries.Begin(email) is { } wait)
            return Page(company, new SignInModel(email, to, $"There were too many wrong passwords for this address. Try again in {When.Span(wait)}, or ask an owner of this desk for a new password."), StatusCodes.Status429TooManyRequests);

        var person = await database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>(
            "select id, role, password_hash from people where email_key = @key and active = 1", new { key = Customers.KeyOf(email) }), context.RequestAborted);
        var (right, newer) = Passwords.Check(person?.PasswordHash, password ?? "");
        if (!right)
            return Page(company, new SignInModel(email, to, "The address or the password is not right."), StatusCodes.Status422UnprocessableEntity);

        await LetIn(context, database, sessions, async unit =>
        {
            await Tries.Forget(unit, email);
            if (newer is not null)
                await unit.Run("update people set password_hash = @newer where id = @Id", new { newer, person!.Id });
            return person!.Id;
        });
        return TypedResults.Redirect303(Requests.LocalOr(to, StartOf((Role)person!.Role)));
    }

    /// <summary>
    /// Starts a session for whoever <paramref name="whom"/> returns, in the same unit of work, and gives the browser its
    /// cookie. A session that the browser had before ends, so no id that was known before the sign-in is worth anything after it.
    /// </summary>
    internal static async Task LetIn(HttpContext context, Database database, Sessions sessions, Func<Unit, Task<long>> whom)
    {
        var before = OwnCookies.Read(context.Request, OwnCookies.Person);
        var token = await database.Write(async unit =>
        {
            var personId = await whom(unit);
            if (before is not null)
                await sessions.End(unit, before);
            return await sessions.Start(unit, personId, context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Headers.UserAgent.ToString());
        }, context.RequestAborted);
        OwnCookies.Write(context, OwnCookies.Person, token, TimeSpan.FromDays(30));
    }

    private static async Task<IResult> SignOut(HttpContext context, Database database, Sessions sessions)
    {
        if (OwnCookies.Read(context.Request, OwnCookies.Person) is { } token)
            await database.Write(unit => sessions.End(unit, token));
        OwnCookies.Remove(context, OwnCookies.Person);
        return TypedResults.Redirect303("/sign-in");
    }

    /// <summary>Where somebody begins: a manager with what came of it all, everybody else with their own cases.</summary>
    private static string StartOf(Role role) => role == Role.Manager ? "/reports/recovery" : "/inbox/mine";

    private static IResult Page(Company company, SignInModel model, int status) =>
        Html.Show<SignInPage, SignInModel>(model with { Company = company.Name }, status);

    private sealed class Row
    {
        public long Id { get; init; }
        public int Role { get; init; }
        public string? PasswordHash { get; init; }
    }
}

/// <summary>What the sign-in page shows.</summary>
/// <param name="Email">What was typed before.</param>
/// <param name="Return">The page that was asked for.</param>
/// <param name="Error">Why it did not work.</param>
public sealed record SignInModel(string Email, string? Return, string? Error)
{
    /// <summary>The company's name.</summary>
    public string Company { get; init; } = "Amends";
}

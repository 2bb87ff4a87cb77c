using System.Text.Json;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Team.People;
using Amends.Features.Shared;
using Amends.Features.Team.SignIn;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Team.Profile;

/// <summary>What somebody sets for themselves, and where they are signed in.</summary>
public static class ProfileEndpoints
{
    private const string Page = "/profile";

    /// <summary>Maps the page and its forms.</summary>
    public static void MapProfile(this IEndpointRouteBuilder app)
    {
        var profile = app.MapGroup(Page).RequireAuthorization(Policies.Reader);
        profile.MapGet("", (HttpContext context, Loader load) => load.Show(context));
        profile.MapForm("", Save);
        profile.MapPost("/password", ChangePassword).RequireRateLimiting(Safety.FewTries);
        profile.MapPost("/sessions/{id:long}/end", EndSession);
        profile.MapPost("/sessions/end-others", EndOthers);
    }

    /// <summary>What the profile needs.</summary>
    public static void AddProfile(this IServiceCollection services) => services.AddSingleton<Loader>();

    private static async Task<IResult> Save(HttpContext context, Database database, Sessions sessions, Loader load, [FromForm] ProfileFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var name = (fields.Name ?? "").Trim();
        if (name.Length is 0 or > 120)
            return await load.Show(context, new Dictionary<string, string> { ["name"] = "Write your name as customers shall read it." });
        var likes = new Preferences { Theme = fields.Theme is "light" or "dark" ? fields.Theme : "", Comfortable = fields.Comfortable is not null, SingleKeys = fields.SingleKeys is not null, Framework = FrameworkSet.Find(fields.Framework)?.Key };
        await database.Write(async unit =>
        {
            await unit.Run("update people set name = @name, available = @available, preferences = @likes where id = @Id",
                new { context.User.Actor().Id, name, available = fields.Available is null ? 0 : 1, likes = JsonSerializer.Serialize(likes, JsonSerializerOptions.Web) });
            unit.AfterCommit(sessions.Forget);
        });
        Frame.Say(context, "Saved.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> ChangePassword(HttpContext context, Database database, Staff staff, Tries tries, Loader load, [FromForm] string? current, [FromForm] string? password)
    {
        var me = Session.Of(context)!;
        if (await tries.Begin(me.Email) is { } wait)
            return await load.Show(context, new Dictionary<string, string> { ["current"] = $"There were too many wrong passwords. Try again in {When.Span(wait)}." });
        var hash = await database.Read(connection => connection.ExecuteScalarAsync<string?>("select password_hash from people where id = @PersonId", new { me.PersonId }), context.RequestAborted);
        if (!Passwords.Check(hash, current ?? "").Right)
            return await load.Show(context, new Dictionary<string, string> { ["current"] = "This is not your present password." });
        try
        {
            Passwords.MustBeGood(password ?? "", me.Email, me.Name);
        }
        catch (Refused no)
        {
            return await load.Show(context, new Dictionary<string, string> { ["password"] = no.Message });
        }

        var newHash = Passwords.HashOf(password!);
        await database.Write(unit => staff.SetPassword(unit, me.PersonId, newHash, me.Id));
        Frame.Say(context, "The password is changed; you are signed out everywhere else.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> EndSession(HttpContext context, Sessions sessions, long id)
    {
        await sessions.End(context.User.Actor().Id, id);
        Frame.Say(context, "Signed out there.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> EndOthers(HttpContext context, Database database, Sessions sessions)
    {
        var me = Session.Of(context)!;
        await database.Write(unit => sessions.EndAllOf(unit, me.PersonId, me.Id));
        Frame.Say(context, "Signed out everywhere else.");
        return TypedResults.Redirect303(Page);
    }

    /// <summary>Loads the page.</summary>
    internal sealed class Loader(Frame frame, Sessions sessions, StoredSettings settings, TimeProvider clock)
    {
        /// <summary>The page, with what is wrong.</summary>
        public async Task<IResult> Show(HttpContext context, IReadOnlyDictionary<string, string>? errors = null)
        {
            var me = Session.Of(context)!;
            return Html.Show<ProfilePage, ProfileModel>(new(await frame.For(context), me, await sessions.ListOf(me.PersonId, context.RequestAborted), clock.GetUtcNow(),
                (await settings.Company(context.RequestAborted)).Zone(), errors ?? new Dictionary<string, string>()), errors is null ? 200 : 422);
        }
    }
}

/// <summary>The form; a box that is not ticked sends nothing.</summary>
public sealed record ProfileFields
{
    public string? Name { get; init; }
    public string? Theme { get; init; }
    public string? Comfortable { get; init; }
    public string? SingleKeys { get; init; }
    public string? Available { get; init; }
    public string? Framework { get; init; }
}

/// <summary>What the page shows.</summary>
public sealed record ProfileModel(Chrome Chrome, Session Me, IReadOnlyList<Session> Sessions, DateTimeOffset Now, TimeZoneInfo Zone, IReadOnlyDictionary<string, string> Errors);

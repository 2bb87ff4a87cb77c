using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Team.Teams;

/// <summary>The teams: who is in each and what it answers for; for managers and owners. Whoever runs the desk alone needs none.</summary>
public static class TeamEndpoints
{
    private const string Page = "/settings/teams";

    /// <summary>What they need.</summary>
    public static void AddTeams(this IServiceCollection services) => services.AddSingleton<TeamDesk>().AddSingleton<Pages>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var teams = app.MapGroup(Page).RequireAuthorization(Policies.Manager);
        teams.MapGet("", (HttpContext context, Pages pages) => pages.List(context));
        teams.MapPost("", Add);
        teams.MapGet("/{id:long}", (long id, HttpContext context, Pages pages) => pages.One(id, context));
        teams.MapPost("/{id:long}", Save);
        teams.MapPost("/{id:long}/retire", (long id, HttpContext context, Pages pages) => pages.Retire(id, true, context));
        teams.MapPost("/{id:long}/return", (long id, HttpContext context, Pages pages) => pages.Retire(id, false, context));
    }

    private static async Task<IResult> Add(HttpContext context, IFormCollection form, Pages pages, TeamDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var name = Storable.Of(form["name"].ToString());
        try
        {
            var (categories, by) = ((await settings.Company(context.RequestAborted)).Content.Categories, context.User.Actor());
            var id = await database.Write(unit => desk.Add(unit, new() { Name = name }, categories, by, clock.GetUtcNow()), context.RequestAborted);
            Frame.Say(context, "Added. Say who is in it, and what it answers for.");
            return TypedResults.Redirect303($"{Page}/{id.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (Refused no)
        {
            return await pages.List(context, name, no);
        }
    }

    private static async Task<IResult> Save(long id, HttpContext context, IFormCollection form, Pages pages, TeamDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = new TeamFields(Storable.Of(form["name"].ToString()),
            [.. form["people"].Select(typed => long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : 0).Take(1000)], [.. form["categories"].Select(typed => Storable.Of(typed ?? "")).Take(CodeSet.Most)]);
        try
        {
            var (categories, by) = ((await settings.Company(context.RequestAborted)).Content.Categories, context.User.Actor());
            if (!await database.Write(unit => desk.Change(unit, id, new() { Name = fields.Name, People = fields.People, Categories = fields.Categories }, categories, by, clock.GetUtcNow()), context.RequestAborted))
                return TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.One(id, context, fields, no);
        }

        Frame.Say(context, "Saved. New complaints go by it from now on.");
        return TypedResults.Redirect303(Page);
    }

    /// <summary>Loads the pages.</summary>
    public sealed class Pages(TeamDesk desk, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        /// <summary>All teams; with an error as 422.</summary>
        public async Task<IResult> List(HttpContext context, string name = "", Refused? error = null)
        {
            var (company, ct) = (await settings.Company(context.RequestAborted), context.RequestAborted);
            return Html.Show<TeamsPage, TeamsPage.View>(new(await frame.For(context), await desk.All(ct), await desk.People(ct), company.Content.Categories, await desk.Changes(ct), clock.GetUtcNow(), company.Zone()) { Name = name, Errors = Errors(error) }, StatusOf(error));
        }

        /// <summary>One team; with an error as 422.</summary>
        public async Task<IResult> One(long id, HttpContext context, TeamFields? fields = null, Refused? error = null)
        {
            var ct = context.RequestAborted;
            var all = await desk.All(ct);
            if (all.FirstOrDefault(each => each.Id == id) is not { } team)
                return TypedResults.NotFound();
            return Html.Show<TeamPage, TeamPage.View>(new(await frame.For(context), team, all, await desk.People(ct), (await settings.Company(ct)).Content.Categories, fields ?? new(team.Name, team.People, team.Categories)) { Errors = Errors(error) }, StatusOf(error));
        }

        /// <summary>Retires a team, or takes it up again.</summary>
        public async Task<IResult> Retire(long id, bool isRetired, HttpContext context)
        {
            var (categories, by) = ((await settings.Company(context.RequestAborted)).Content.Categories, context.User.Actor());
            if (!await database.Write(unit => desk.Change(unit, id, new() { IsRetired = isRetired }, categories, by, clock.GetUtcNow()), context.RequestAborted))
                return TypedResults.NotFound();
            Frame.Say(context, isRetired ? "Retired. Its people are in no team now, and nobody answers for its categories." : "It is used again. Say who is in it.");
            return TypedResults.Redirect303(isRetired ? Page : $"{Page}/{id.ToString(CultureInfo.InvariantCulture)}");
        }

        private static Dictionary<string, string> Errors(Refused? error) => error is null ? [] : new() { [error.Code] = error.Message };

        private static int StatusOf(Refused? error) => error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
    }
}

/// <summary>The form on a team as it was typed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="People">Who is in it, by id.</param>
/// <param name="Categories">What it answers for, by code.</param>
public sealed record TeamFields(string Name, IReadOnlyList<long> People, IReadOnlyList<string> Categories);

using System.Globalization;
using Amends.Data;
using Amends.Domain.People;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>Teams, for programs.</summary>
public sealed class TeamApi(TeamDesk desk, StoredSettings settings, DoOnce once)
{
    private const int MostPeople = 1000, MostCategories = 400;

    /// <summary>All of them.</summary>
    public async Task<TeamListAnswer> List(CancellationToken ct) => new([.. (await desk.All(ct)).Select(team => new TeamAnswer(team.Id, team.Name, team.People, team.Categories, team.IsRetired))]);

    /// <summary>Adds one.</summary>
    public async Task<IResult> Add(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<AddTeam>(context.Request);
        var wish = new TeamWish { Name = Checked.Needed("name", asked.Name, 200), People = Checked.Few("people", asked.People, MostPeople), Categories = Codes(asked.Categories) };
        var categories = (await settings.Company(context.RequestAborted)).Content.Categories;
        return await once.Run(context, body, async (unit, by, now) => Done(await desk.Add(unit, wish, categories, by, now)));
    }

    /// <summary>Changes one.</summary>
    public async Task<IResult> Change(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<ChangeTeam>(context.Request);
        var wish = new TeamWish { Name = asked.Name is null ? null : Checked.Needed("name", asked.Name, 200), People = Checked.Few("people", asked.People, MostPeople), Categories = Codes(asked.Categories), IsRetired = asked.IsRetired };
        if (wish is { Name: null, People: null, Categories: null, IsRetired: null })
            throw new BadField("name", "Say what is to change: name, people, categories or is_retired.");
        var categories = (await settings.Company(context.RequestAborted)).Content.Categories;
        return await once.Run(context, body, async (unit, by, now) => await desk.Change(unit, id, wish, categories, by, now) ? Done(id) : null);
    }

    private static Written Done(long id) => new(StatusCodes.Status201Created, string.Create(CultureInfo.InvariantCulture, $"/api/v1/teams/{id}"), new TeamStep(id));

    private static IReadOnlyList<string>? Codes(IReadOnlyList<string?>? sent) => sent is null ? null : Checked.List("categories", sent, MostCategories);
}

/// <summary>Maps them.</summary>
internal static class TeamApiEndpoints
{
    /// <summary>Maps what is read and changed.</summary>
    public static void MapTeamApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/teams", async (TeamApi teams, CancellationToken ct) => ApiJson.Answer(await teams.List(ct)))
            .Describe<TeamListAnswer>("Teams: who is in each, and what it answers for; retired ones, too", Scopes.CasesRead);
        api.MapPost("/teams", (HttpContext context, TeamApi teams, [FromHeader(Name = DoOnce.Header)] string? key) => teams.Add(context))
            .Accepts<AddTeam>("application/json").Describe<TeamStep>("Adds a team; for a token that acts for a manager", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapPost("/teams/{id:long}", (long id, HttpContext context, TeamApi teams, [FromHeader(Name = DoOnce.Header)] string? key) => teams.Change(id, context))
            .Accepts<ChangeTeam>("application/json").Describe<TeamStep>("Changes a team, retires it or takes it up again; people and categories that it takes leave the team where they were; for a token that acts for a manager", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }
}

/// <summary>Teams.</summary>
public sealed record TeamListAnswer(IReadOnlyList<TeamAnswer> Teams);

/// <summary>A team: people by id, categories by code. A category stands for all that belongs to it and has no team of its own.</summary>
public sealed record TeamAnswer(long Id, string Name, IReadOnlyList<long> People, IReadOnlyList<string> Categories, bool IsRetired);

/// <summary>A team to add.</summary>
public sealed record AddTeam
{
    public string? Name { get; init; }

    /// <summary>Who is in it, by id.</summary>
    public IReadOnlyList<long>? People { get; init; }

    /// <summary>What it answers for, by code.</summary>
    public IReadOnlyList<string?>? Categories { get; init; }
}

/// <summary>What is to change of a team; what is left out stays.</summary>
public sealed record ChangeTeam
{
    public string? Name { get; init; }

    /// <summary>Everybody who is in it then, by id.</summary>
    public IReadOnlyList<long>? People { get; init; }

    /// <summary>All that it answers for then, by code.</summary>
    public IReadOnlyList<string?>? Categories { get; init; }

    /// <summary>Whether it is retired; then nobody is in it.</summary>
    public bool? IsRetired { get; init; }
}

/// <summary>The team.</summary>
public sealed record TeamStep(long Id);

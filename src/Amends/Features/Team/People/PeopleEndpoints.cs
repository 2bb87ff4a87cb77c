using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Features.Team.SignIn;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Team.People;

/// <summary>The people who work here; for owners.</summary>
public static class PeopleEndpoints
{
    private const string Page = "/settings/people";

    /// <summary>Maps the page and what can be done on it.</summary>
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup(Page).RequireAuthorization(Policies.Owner);
        people.MapGet("", (HttpContext context, Staff staff, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, staff, frame, settings, clock));
        people.MapForm("", Invite);
        people.MapForm("/{id:long}/role", (HttpContext context, Staff staff, long id, [FromForm] Role? role) => Do(context, () => staff.SetRole(id, role ?? throw new Refused("role", "Choose a role.")), "The role is changed; they sign in again."));
        people.MapPost("/{id:long}/leave", (HttpContext context, Staff staff, long id) => Do(context, () => staff.SetActive(id, false), "They cannot sign in any more. What they kept for themselves is deleted."));
        people.MapPost("/{id:long}/return", (HttpContext context, Staff staff, long id) => Do(context, () => staff.SetActive(id, true), "They can sign in again."));
        people.MapPost("/{id:long}/link", NewLink);
    }

    private static async Task<IResult> Invite(HttpContext context, Staff staff, Frame frame, StoredSettings settings, Surroundings surroundings, TimeProvider clock,
        [FromForm] string? name, [FromForm] string? email, [FromForm] Role? role)
    {
        try
        {
            var token = await staff.Invite(name ?? "", email ?? "", role ?? Role.Agent, context.User.Actor().Id);
            return await Show(context, staff, frame, settings, clock, new() { Link = await Links.ToPassword(token, settings, surroundings, context), LinkFor = (name ?? "").Trim() });
        }
        catch (Refused no)
        {
            return await Show(context, staff, frame, settings, clock, new() { Errors = new Dictionary<string, string> { [no.Code] = no.Message }, Name = name ?? "", Email = email ?? "", Role = role ?? Role.Agent }, 422);
        }
    }

    private static async Task<IResult> NewLink(HttpContext context, Staff staff, Frame frame, StoredSettings settings, Surroundings surroundings, TimeProvider clock, long id)
    {
        var token = await staff.NewLink(id, context.User.Actor().Id);
        var whom = (await staff.List(context.RequestAborted)).First(each => each.Id == id);
        return await Show(context, staff, frame, settings, clock, new() { Link = await Links.ToPassword(token, settings, surroundings, context), LinkFor = whom.Name });
    }

    private static async Task<IResult> Do(HttpContext context, Func<Task> what, string words)
    {
        await what();
        Frame.Say(context, words);
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Show(HttpContext context, Staff staff, Frame frame, StoredSettings settings, TimeProvider clock, PeopleModel? with = null, int status = 200)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<PeoplePage, PeopleModel>((with ?? new()) with
        {
            Chrome = await frame.For(context), People = await staff.List(context.RequestAborted), Me = context.User.Actor().Id, Now = clock.GetUtcNow(), Zone = company.Zone(), Guided = !company.IsSetUp,
        }, status);
    }
}

/// <summary>What the page shows.</summary>
public sealed record PeopleModel
{
    public Chrome Chrome { get; init; } = default!;
    public IReadOnlyList<StaffMember> People { get; init; } = [];
    public long Me { get; init; }
    public DateTimeOffset Now { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The set-up is not finished: this is one of its steps.</summary>
    public bool Guided { get; init; }

    /// <summary>A link that was just made; shown this once.</summary>
    public string? Link { get; init; }
    public string LinkFor { get; init; } = "";
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public Role Role { get; init; } = Role.Agent;

    /// <summary>What each role may do, for the choice.</summary>
    public static IReadOnlyList<(Role Role, string What)> Roles { get; } =
    [
        (Role.Agent, "Agent: handles complaints"), (Role.Lead, "Lead: helps the team, approves more"), (Role.Manager, "Manager: reads results, sets limits"),
        (Role.Owner, "Owner: everything, also people and settings"), (Role.Reader, "Reader: reads only"),
    ];
}

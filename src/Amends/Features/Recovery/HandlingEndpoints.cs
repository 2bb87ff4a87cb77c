using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What is true of a case beside its stage: what the person needs, for whom it waits, rest, the day of the fix, the second stage, what may not be deleted.</summary>
public static class HandlingEndpoints
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapHandling(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/handling");
        group.MapGet("", (long number, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, new(), null)).RequireAuthorization(Policies.Agent);
        group.MapForm("/support", Support).RequireAuthorization(Policies.Agent);
        Post(group, "/waiting", "Noted for whom it waits.", asked => @case => @case.WaitFor(asked.Fields.WaitsForChosen(), asked.Fields.What, asked.Me, asked.Now));
        Post(group, "/rest", "It rests until then, and comes back by itself.", asked =>
        {
            var until = LocalTime.Parse(asked.Fields.Until, asked.Company.Zone(), "snooze");
            return @case => @case.Snooze(until, asked.Fields.RestWhy, asked.Me, asked.Now);
        });
        Post(group, "/rest/end", "It is back.", asked => @case => @case.EndSnooze(asked.Me, asked.Now));
        Post(group, "/fix", "Noted when it is to be put right.", asked =>
        {
            var due = string.IsNullOrWhiteSpace(asked.Fields.FixDueAt) ? (DateTimeOffset?)null : LocalTime.Parse(asked.Fields.FixDueAt, asked.Company.Zone(), "fix_in_the_past");
            return @case => @case.PlanFix(due, asked.Me, asked.Now);
        });
        Post(group, "/hold", "Noted.", asked => @case => @case.SetLegalHold(asked.Fields.Hold == "yes", asked.Fields.HoldWhy ?? "", asked.Me, asked.Now), Policies.Lead);
        group.MapForm("/review", Review).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Support(long number, [FromForm] HandlingPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, now) = (context.User.Actor(), clock.GetUtcNow());
        return await Do(number, fields, context, pages, database, "Noted what they need.", () => cases.Change(number, async (@case, unit) =>
        {
            var needs = fields.NeedsChosen();
            @case.NoteSupportNeeds(needs, fields.SupportWords, me, now);
            if (fields.Remember == "on" && needs.Count > 0)
                await CustomerCare.RememberNeeds(unit, @case.State.CustomerId, needs, fields.SupportWords, me, now);
        }));
    }

    private static async Task<IResult> Review(long number, [FromForm] HandlingPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var reviewer = (await Colleagues(database, context.RequestAborted)).FirstOrDefault(each => each.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == fields.Reviewer);
        var calendar = (await settings.Company(context.RequestAborted)).Calendar();
        return await Do(number, fields, context, pages, database, "The second stage has begun.", () => reviewer is null
            ? throw new Refused("reviewer", "Choose who looks at it.")
            : cases.Change(number, @case => @case.BeginReview(Actor.Person(reviewer.Id, reviewer.Name, (Role)reviewer.Role), fields.ReviewWhy ?? "", context.User.Actor(), calendar, clock.GetUtcNow())));
    }

    private static void Post(RouteGroupBuilder group, string path, string words, Func<Asked, Action<Case>> read, string policy = Policies.Agent) =>
        group.MapForm(path, async (long number, [FromForm] HandlingPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock) =>
        {
            var fields = sent ?? new();
            var company = await settings.Company(context.RequestAborted);
            return await Do(number, fields, context, pages, database, words, () => cases.Change(number, read(new(fields, company, context.User.Actor(), clock.GetUtcNow()))));
        }).RequireAuthorization(policy);

    private static async Task<IResult> Do(long number, HandlingPage.Fields fields, HttpContext context, CasePages pages, Database database, string words, Func<Task<CaseState?>> change)
    {
        try
        {
            return await change() is null ? TypedResults.NotFound() : Answers.Back(context, number, words);
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, fields, FieldErrors.Of(no,
                ("support_needs", "Needs"), ("waits_for", "WaitsFor"), ("snooze", "Until"), ("fix_in_the_past", "FixDueAt"), ("reviewer", "Reviewer"), ("same_person", "Reviewer"), ("reason", fields.ReviewWhy is null ? "HoldWhy" : "ReviewWhy")));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, HandlingPage.Fields fields, IReadOnlyDictionary<string, string>? errors) =>
        await pages.Load(context, number, errors) is { } page
            ? Html.Show<HandlingPage, HandlingPage.View>(new(page, fields, await Colleagues(database, context.RequestAborted), context.User.Actor()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();

    private static Task<List<HandlingPage.Colleague>> Colleagues(Database database, CancellationToken ct) => database.Read(
        async connection => (await connection.QueryAsync<HandlingPage.Colleague>("select id, name, role from people where active = 1 and role >= 1 order by name")).AsList(), ct);

    private sealed record Asked(HandlingPage.Fields Fields, Company Company, Actor Me, DateTimeOffset Now);
}

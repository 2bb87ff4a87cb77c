using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>What people do to a case besides writing: whose it is, what it is, how it ends. Each is a resource of its own.</summary>
public static class ActionEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapActions(this RouteGroupBuilder group)
    {
        group.MapGet("/actions", (long number, string? @in, HttpContext context, Forms forms) => forms.Show(context, number, @in)).RequireAuthorization(Policies.Agent);
        Post(group, "/owner", "Given on", async asked =>
        {
            var owner = asked.Form["owner"].Contains("me") ? asked.Me : asked.Form["owner"].FirstOrDefault() is { Length: > 0 } id ? await asked.Forms.Person(id) : null;
            return @case => @case.Assign(owner, asked.Me, asked.Now);
        });
        Post(group, "/kind", "Changed", asked =>
        {
            var kind = Enum.TryParse<CaseKind>(asked.Form["kind"], true, out var chosen) && Enum.IsDefined(chosen) ? chosen : throw new Refused("kind", "Choose what it is.");
            return Does(@case => @case.ChangeKind(kind, asked.Me, asked.Now));
        });
        Post(group, "/severity", "Changed", asked => Does(@case => @case.SetSeverity(asked.Form["severity"] == "high" ? Severity.High : Severity.Normal, asked.Me, asked.Now)));
        Post(group, "/safety", "Noted", asked =>
        {
            var atRisk = asked.Form["at_risk"].ToString() switch { "yes" => true, "no" => false, _ => throw new Refused("at_risk", "Say whether anybody is in danger.") };
            return Does(@case => @case.CheckSafety(atRisk, asked.Me, asked.Now));
        });
        Post(group, "/escalation", "A lead was told", asked => Does(@case => @case.Escalate(asked.Form["reason"].ToString(), asked.Me, asked.Now)));
        Post(group, "/second-look", "Noted", asked => Does(@case => @case.TakeSecondLook(asked.Form["complaint"] == "yes", asked.Me, asked.Calendar, asked.Now)), Policies.Lead);
        Post(group, "/closure", "Closed", asked => asked.Form["reason"] == "answered" ? Does(CloseAsAnswered(asked)) : throw new Refused("reason", "Choose how it ends: on the page of its own for what is not answered."));
        Post(group, "/reopening", "Opened again", asked => Does(@case => @case.Reopen(asked.Form["why"].ToString(), asked.Me, asked.Calendar, asked.Now)));
    }

    private static Action<Case> CloseAsAnswered(Asked asked)
    {
        var chance = Random.Shared.NextDouble(); // outside the verb, which may run twice
        return @case => @case.CloseAsAnswered(chance, asked.Me, asked.Now);
    }

    private static Task<Action<Case>> Does(Action<Case> change) => Task.FromResult(change);

    private static void Post(RouteGroupBuilder group, string path, string words, Func<Asked, Task<Action<Case>>> read, string policy = Policies.Agent) =>
        group.MapPost(path, async (long number, HttpContext context, CaseStore cases, StoredSettings settings, ShowCase show, Forms forms, TimeProvider clock) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            try
            {
                var change = await read(new Asked(number, form, context.User.Actor(), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Calendar(), forms));
                return await cases.Change(number, change) is null ? TypedResults.NotFound() : await show.Done(context, number, form["in"], words);
            }
            catch (Refused refused)
            {
                return await forms.Show(context, number, form["in"], refused.Message);
            }
        }).RequireAuthorization(policy);

    /// <summary>What a form asks for, and by whom.</summary>
    private sealed record Asked(long Number, IFormCollection Form, Actor Me, DateTimeOffset Now, Calendar Calendar, Forms Forms);

    /// <summary>The form with all of them.</summary>
    public sealed class Forms(Database database, CaseStore cases, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        /// <summary>Shows it; with a problem as 422.</summary>
        public async Task<IResult> Show(HttpContext context, long number, string? view, string? problem = null)
        {
            if (await cases.Find(number, context.RequestAborted) is not { } state)
                return TypedResults.NotFound();
            var people = await database.Read(async connection => (await connection.QueryAsync<ActionsForm.PersonRow>("select id, name, available from people where active = 1 and role >= 1 order by name")).AsList());
            var chrome = context.Request.IsFragment() ? null : await frame.For(context);
            var zone = (await settings.Company(context.RequestAborted)).Zone();
            return Html.Show<ActionsPage, ActionsForm.View>(new(number, state, context.User.Actor(), people, clock.GetUtcNow(), zone, view is { Length: > 0 } ? view : null, problem, chrome),
                problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        /// <summary>Somebody who can own a case.</summary>
        /// <exception cref="Refused">There is no such person.</exception>
        public async Task<Actor> Person(string id) =>
            long.TryParse(id, out var number) && await Colleagues.Find(database, number) is { } person ? person.Actor : throw new Refused("owner", "Choose somebody who works here.");
    }
}

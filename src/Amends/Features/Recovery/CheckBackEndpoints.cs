using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Effort;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>The call with the question whether it is put right; and, looking back, what the customer wanted and got, and what it cost them in effort.</summary>
public static class CheckBackEndpoints
{
    private const int MostEvents = 5000;

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapCheckBacks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/check-back", (long number, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, new(), null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/check-back/attempts", Attempt).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/check-back/day", Day).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/effort", Effort).RequireAuthorization(Policies.Reader);
    }

    private static Task<IResult> Attempt(long number, [FromForm] CheckBackPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var outcome = fields.Outcome switch { "no_answer" => CallOutcome.NoAnswer, "wrong_number" => CallOutcome.WrongNumber, _ => default };
        return Do(number, fields, context, pages, database, "Noted. The next attempt comes in its time.", () => cases.Change(number, @case => @case.TryCheckBackCall(outcome, fields.Note, context.User.Actor(), clock.GetUtcNow())));
    }

    private static async Task<IResult> Day(long number, [FromForm] CheckBackPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        return await Do(number, fields, context, pages, database, "Agreed. We ask then.", () =>
        {
            var day = LocalTime.Parse(fields.Until, zone, "check_back_in_the_past");
            return cases.Change(number, @case => @case.AgreeCheckBack(day, fields.Manner == "mail" ? CheckBackManner.Mail : CheckBackManner.Phone, context.User.Actor(), clock.GetUtcNow()));
        });
    }

    private static async Task<IResult> Do(long number, CheckBackPage.Fields fields, HttpContext context, CasePages pages, Database database, string words, Func<Task<CaseState?>> change)
    {
        try
        {
            return await change() is null ? TypedResults.NotFound() : Answers.Back(context, number, words);
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, fields, FieldErrors.Of(no, ("note", "Note"), ("too_long", "Note"), ("check_back_in_the_past", "Until")));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, CheckBackPage.Fields fields, IReadOnlyDictionary<string, string>? errors) =>
        await pages.Load(context, number, errors) is { } page
            ? Html.Show<CheckBackPage, CheckBackPage.View>(new(page, fields, await Customers.PhoneOf(database, page.State.CustomerId)), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();

    private static async Task<IResult> Effort(long number, HttpContext context, CasePages pages, Database database)
    {
        if (await pages.Load(context, number) is not { } page)
            return TypedResults.NotFound();
        var rows = await database.Read(connection => connection.QueryAsync<Row>("select kind, body from events where case_number = @number order by seq limit @MostEvents", new { number, MostEvents }), context.RequestAborted);
        var effort = CaseEffort.Of(rows.Select(row => CaseJson.Event(row.Kind, row.Body)), page.Now);
        return Html.Show<EffortPage, EffortPage.View>(new(page, OutcomeGap.Of(page.State), effort));
    }

    private sealed class Row
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}

using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery.Listening;

/// <summary>Asking on: the questions of the bank, what sort of thing it is and where it went wrong, and why upon why down to what we can change.</summary>
public static class WhyEndpoints
{
    /// <summary>Maps the two pages and what they post.</summary>
    public static void MapWhys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/questions", (long number, HttpContext context, CasePages pages) => Questions(number, context, pages, null, new Dictionary<string, string>())).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/questions", Answer).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/why", (long number, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, null, new())).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/why", Ask).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/why/{id:int}/taken-back", TakeBack).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/lessons", Learn).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/category", Categorise).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Questions(long number, HttpContext context, CasePages pages, Refused? no, IReadOnlyDictionary<string, string> typed) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no)) is { } page
            ? Html.Show<QuestionsPage, QuestionsPage.View>(new(page, typed), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();

    private static async Task<IResult> Answer(long number, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var typed = await AskedFields.Of(context);
        try
        {
            if (typed.Values.All(string.IsNullOrWhiteSpace))
                throw new Refused("answer", "Write at least one answer.");
            var company = await settings.Company(context.RequestAborted);
            return await cases.Change(number, @case => AskedFields.Tell(@case, typed, company, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Written down. Nobody asks it again.");
        }
        catch (Refused no)
        {
            return await Questions(number, context, pages, no, typed);
        }
    }

    private static async Task<IResult> Ask(long number, [FromForm] WhyPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            if (fields.Anyway != "on")
                Why.MustNameNobody(fields.Why ?? "", await Colleagues(database));
            int? under = int.TryParse(fields.Under, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            return await cases.Change(number, @case => @case.AskWhy(fields.Why, under, fields.Evidence, fields.CanChange == "on", context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Again(context, number, "And why is that?");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, no, fields);
        }
    }

    private static async Task<IResult> TakeBack(long number, int id, [FromForm] string? reason, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        try
        {
            return await cases.Change(number, @case => @case.TakeBackWhy(id, reason, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Again(context, number, "Taken back. It stays to be read.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, no, new());
        }
    }

    private static async Task<IResult> Learn(long number, [FromForm] string? learned, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        try
        {
            Why.MustNameNobody(learned ?? "", await Colleagues(database));
            return await cases.Change(number, @case => @case.Learn(learned, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Again(context, number, "Kept. It is on the case, and among what we learned in the report.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, no.Code is "person" or "too_long" ? new Refused("learned", no.Message) : no, new() { Learned = learned });
        }
    }

    private static async Task<IResult> Categorise(long number, [FromForm] WhyPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var (me, now, company) = (context.User.Actor(), clock.GetUtcNow(), await settings.Company(context.RequestAborted));
        try
        {
            if (string.IsNullOrWhiteSpace(fields.Category) && string.IsNullOrWhiteSpace(fields.Journey))
                throw new Refused("category", "Choose what it is about, or where on their way it went wrong.");
            return await cases.Change(number, @case =>
            {
                AskedFields.Categorise(@case, fields.Category, fields.Then == "confirm", company, me, now);
                AskedFields.Place(@case, fields.Journey, me, now);
            }) is null ? TypedResults.NotFound() : Again(context, number, fields.Then == "confirm" ? "Confirmed. What it looked like at first stays in the history." : "Saved as a first impression.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, no, fields);
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, Refused? no, WhyPage.Fields fields) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, ("why", "Why"), ("person", "Why"), ("under", "Under"), ("evidence", "Evidence"), ("category", "Category"), ("reason", "reason"), ("learned", "learned"))) is { } page
            ? Html.Show<WhyPage, WhyPage.View>(new(page, fields, await Colleagues(database), no?.Code == "person"), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();

    private static IResult Again(HttpContext context, long number, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303($"/cases/{number}/why");
    }

    private static Task<IReadOnlyList<string>> Colleagues(Database database) => database.Read(async connection => (IReadOnlyList<string>)(await connection.QueryAsync<string>("select name from people order by id")).AsList());
}

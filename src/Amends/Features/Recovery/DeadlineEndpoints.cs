using System.Globalization;
using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What is owed on a case by its deadlines, more time with its notice, and the days from which they are counted.</summary>
public static class DeadlineEndpoints
{
    /// <summary>Maps the pages and what they post.</summary>
    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/deadlines", (long number, HttpContext context, CasePages pages, DeadlineDesk desk) => Show(number, context, pages, desk, new(), null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/presets", PutUnder).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/presets/removal", TakeOff).RequireAuthorization(Policies.Lead);
        app.MapForm("/cases/{number:long}/clock-starts", Start).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/reckoning", Reckon).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/extensions", Extend).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> PutUnder(long number, [FromForm] DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, DeadlineDesk desk, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, desk, "The deadlines count for this case.",
            (@case, fields, book, me) => @case.PutUnder(fields.Preset, book, me, clock.GetUtcNow()), ("preset", "Preset"));

    private static Task<IResult> TakeOff(long number, [FromForm] DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, DeadlineDesk desk, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, desk, "Taken off. What was missed stays in the history.",
            (@case, fields, _, me) => @case.TakeOff(fields.Off, fields.OffWhy, me, clock.GetUtcNow()), ("preset", "Off"), ("why", "OffWhy"));

    private static Task<IResult> Start(long number, [FromForm] DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, DeadlineDesk desk, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, desk, "Noted. What is counted from that day stands here.",
            (@case, fields, book, me) =>
            {
                if (!Enum.TryParse<StartsOn>(fields.StartsOn, out var what))
                    throw new Refused("start", "Choose what happened.");
                @case.StartClock(what, LocalDay.Begins(Day(fields.StartedOn), book.Rules.Zone), book, me, clock.GetUtcNow());
            }, ("start", "StartsOn"), ("when", "StartedOn"), ("day", "StartedOn"));

    private static Task<IResult> Reckon(long number, [FromForm] DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, DeadlineDesk desk, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, desk, "Counted anew.", (@case, fields, book, me) => @case.ReckonDuties(fields.Why, book, me, clock.GetUtcNow()), ("why", "Why"), ("same", "Why"));

    private static async Task<IResult> Extend(long number, [FromForm] DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, DeadlineDesk desk, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company, book) = (context.User.Actor(), await settings.Company(), await desk.Book());
        try
        {
            DateOnly? until = DateOnly.TryParseExact(fields.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
            return await cases.Change(number, (@case, unit) => dispatch.Extension(new(@case, unit, number, company, me, clock.GetUtcNow()), book, fields.Duty, until, fields.Reason, fields.More, fields.Agreed == "yes")) is { } state
                ? Answers.Back(context, number, $"Sent. {state.CustomerName} knows why, and until when.")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, desk, fields, FieldErrors.Of(no, ("duty", "Duty"), ("no_extension", "Duty"), ("too_late", "Duty"), ("until", "Until"), ("day", "Until"), ("reason", "Reason"), ("agreed", "Agreed")));
        }
    }

    private static async Task<IResult> Does(long number, DeadlineFields? sent, HttpContext context, CasePages pages, CaseStore cases, DeadlineDesk desk, string words,
        Action<Case, DeadlineFields, DeadlineBook, Actor> change, params (string Code, string Field)[] places)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var book = await desk.Book();
        try
        {
            if (await cases.Change(number, @case => change(@case, fields, book, context.User.Actor())) is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/deadlines");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, desk, fields, FieldErrors.Of(no, places));
        }
    }

    private static DateOnly Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused("day", "Give the day.");

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, DeadlineDesk desk, DeadlineFields fields, IReadOnlyDictionary<string, string>? errors) =>
        await pages.Load(context, number, errors) is { } page
            ? Html.Show<DeadlinesPage, DeadlinesPage.View>(new(page, fields, await desk.Book(context.RequestAborted), context.User.Actor()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}

/// <summary>The fields of the forms on deadlines.</summary>
public sealed record DeadlineFields
{
    public string? Preset { get; init; }
    public string? Off { get; init; }
    public string? OffWhy { get; init; }
    public string? StartsOn { get; init; }
    public string? StartedOn { get; init; }
    public string? Why { get; init; }

    /// <summary>The duty that gets more time.</summary>
    public int? Duty { get; init; }
    public string? Until { get; init; }
    public string? Reason { get; init; }
    public string? More { get; init; }

    /// <summary><c>yes</c> when the customer agreed.</summary>
    public string? Agreed { get; init; }
}

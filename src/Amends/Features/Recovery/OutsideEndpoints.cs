using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>When we cannot agree: a deadlock, with whom the case lies, and what was decided there.</summary>
public static class OutsideEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapOutside(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/outside", Page).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/deadlock", Deadlock).RequireAuthorization(Policies.Lead);
        app.MapForm("/cases/{number:long}/referral", Refer).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/outside-decision", Decided).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> Page(long number, HttpContext context, CasePages pages) => Show(number, context, pages, new(), null);

    private static Task<IResult> Deadlock(long number, [FromForm] OutsidePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, settings, "Closed. They know where they can go next.",
            (@case, fields, me, company) => @case.DeclareDeadlock(fields.Why ?? "", me, clock.GetUtcNow(), Causes.Chosen(company.Content.Causes, fields.Cause, @case.State.Cause)), ("reason", "Why"), ("cause", "Cause"));

    private static Task<IResult> Refer(long number, [FromForm] OutsidePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, settings, "Noted with whom it lies.",
            (@case, fields, me, _) => @case.Refer(fields.Body ?? "", Day(fields.ReferredOn), me, clock.GetUtcNow()), ("body", "Body"), ("on", "ReferredOn"), ("day", "ReferredOn"));

    private static Task<IResult> Decided(long number, [FromForm] OutsidePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock) =>
        Does(number, sent, context, pages, cases, settings, "Noted what was decided.",
            (@case, fields, me, company) => @case.RecordOutsideDecision(fields.Outcome ?? "", Day(fields.DecidedOn), Ends(fields), me, company.Calendar(), clock.GetUtcNow(), Causes.Chosen(company.Content.Causes, fields.EndCause, @case.State.Cause)),
            ("outcome", "Outcome"), ("on", "DecidedOn"), ("day", "DecidedOn"), ("ends", "Ends"), ("cause", "EndCause"));

    private static async Task<IResult> Does(long number, OutsidePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, string words,
        Action<Case, OutsidePage.Fields, Actor, Company> change, params (string Code, string Field)[] places)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company();
        try
        {
            return await cases.Change(number, @case => change(@case, fields, context.User.Actor(), company)) is null ? TypedResults.NotFound() : Answers.Back(context, number, words);
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, fields, FieldErrors.Of(no, places));
        }
    }

    private static bool Ends(OutsidePage.Fields fields) => fields.Ends switch { "yes" => true, "no" => false, _ => throw new Refused("ends", "Say whether it ends here, or goes on.") };

    private static DateOnly Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused("day", "Give the day.");

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, OutsidePage.Fields fields, IReadOnlyDictionary<string, string>? errors) =>
        await pages.Load(context, number, errors) is { } page
            ? Html.Show<OutsidePage, OutsidePage.View>(new(page, fields, context.User.Actor()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}

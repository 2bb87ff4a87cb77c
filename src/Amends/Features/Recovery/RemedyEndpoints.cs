using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>One step of a line: further, released, agreed to, or with a code.</summary>
public static class RemedyEndpoints
{
    /// <summary>Maps what the delivery page posts for a step.</summary>
    public static void MapRemedySteps(this IEndpointRouteBuilder app)
    {
        app.MapPost("/cases/{number:long}/remedies/{id:int}/step", Step).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/release", Release).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/consent", Agree).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/voucher", Issue).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/remedies/{id:int}/letter", (long number, int id, HttpContext context, RemedyPages pages) => pages.Letter(context, number, id)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/letter", Write).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> Step(long number, int id, [FromForm] string? step, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "Noted.", () => Enum.TryParse<RemedyStep>(step, out var reached) && Enum.IsDefined(reached)
            ? cases.Change(number, async (@case, unit) =>
            {
                @case.AdvanceRemedy(id, reached, null, note, context.User.Actor(), clock.GetUtcNow());
                await RemedyDesk.KeepChange(unit, @case, number, context.User.Actor(), clock.GetUtcNow());
            })
            : throw new Refused("step", "Say which step it has reached."));

    private static Task<IResult> Release(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock) =>
        Do(context, pages, number, "It is due now.", async () =>
        {
            var calendar = (await settings.Company()).Calendar();
            return await cases.Change(number, @case => @case.ReleaseRemedy(id, note, context.User.Actor(), calendar, clock.GetUtcNow()));
        });

    private static Task<IResult> Agree(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "Noted: they agree.", () => cases.Change(number, @case => @case.AgreeToSubstitute(id, Channel.Phone, note, context.User.Actor(), clock.GetUtcNow())));

    private static Task<IResult> Issue(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "The code goes to the customer.", () => cases.Change(number, @case => @case.IssueVoucher(id, RemedyDesk.NewCode(), null, context.User.Actor(), clock.GetUtcNow())));

    /// <summary>Sends an apology, an explanation or the reasons, by whoever writes it; with that it is done.</summary>
    private static Task<IResult> Write(long number, int id, [FromForm] string? text, HttpContext context, RemedyPages pages, Dispatch dispatch) =>
        pages.Take(context, number, "Sent.", $"/cases/{number}/delivery",
            (@case, unit, company, now) => dispatch.Remedy(new(@case, unit, number, company, context.User.Actor(), now), id, text), no => pages.Letter(context, number, id, no));

    private static async Task<IResult> Do(HttpContext context, CasePages pages, long number, string said, Func<Task<CaseState?>> change)
    {
        try
        {
            if (await change() is null)
                return TypedResults.NotFound();
            Frame.Say(context, said);
            return TypedResults.Redirect303($"/cases/{number}/delivery");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("note", "note"), ("why", "note"), ("words", "note"), ("out_of_stock", "note"))) is { } page
                ? Html.Show<DeliveryPage, DeliveryPage.View>(new(page, new()), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

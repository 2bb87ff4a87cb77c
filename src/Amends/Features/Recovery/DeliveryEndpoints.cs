using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Do what was chosen: each line done or failed, then the cause and when we ask.</summary>
public static class DeliveryEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapDelivery(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/delivery", Page).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/done", Done).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/failure", Failed).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/delivery", Complete).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Page(long number, HttpContext context, CasePages pages) => await Show(number, context, pages, null, new());

    private static async Task<IResult> Done(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock)
    {
        CaseState? state;
        try
        {
            state = await cases.Change(number, async (@case, unit) =>
            {
                @case.FinishRemedy(id, note, context.User.Actor(), clock.GetUtcNow());
                await RemedyDesk.KeepChange(unit, @case, number, context.User.Actor(), clock.GetUtcNow());
            });
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no, new());
        }

        if (state is null)
            return TypedResults.NotFound();
        Frame.Say(context, "Done.");
        context.Response.Headers.Location = state.Remedies.Any(remedy => remedy.IsOpen) ? $"/cases/{number}" : $"/cases/{number}/delivery";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<IResult> Failed(
        long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var (company, me, now) = (await settings.Company(), context.User.Actor(), clock.GetUtcNow());
        try
        {
            return await cases.Change(number, async (@case, unit) => @case.FailRemedy(id, note ?? "", me, company.Calendar(), now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now))) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Back to work. A lead was told, and the customer hears from us soon.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no, new());
        }
    }

    private static async Task<IResult> Complete(
        long number, [FromForm] DeliveryPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company();
        try
        {
            DateTimeOffset? checkBack = string.IsNullOrEmpty(fields.CheckBackAt) ? null : LocalTime.Parse(fields.CheckBackAt, company.Zone(), "check_back");
            return await cases.Change(number, @case =>
            {
                if (!string.IsNullOrWhiteSpace(fields.Learned))
                    @case.Learn(fields.Learned, context.User.Actor(), clock.GetUtcNow());
                @case.CompleteDelivery(Causes.Chosen(company.Content.Causes, fields.Cause, @case.State.Cause), checkBack, context.User.Actor(), company.Calendar(), clock.GetUtcNow(), fields.Systemic == "on" ? new SystemicCause(fields.WithoutLadder) : null);
            }) is { } state
                ? Answers.Back(context, number, $"Everything is done. We ask {state.CustomerName} whether it is right.")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no, fields);
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Refused? no, DeliveryPage.Fields fields) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, ("note", "note"), ("check_back", "CheckBackAt"), ("check_back_too_far", "CheckBackAt"), ("whys", "Systemic"), ("cause", "Cause"), ("learned", "Learned"), ("too_long", "Learned"))) is { } page
            ? Html.Show<DeliveryPage, DeliveryPage.View>(new(page, fields), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}

using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What is above a limit: a second person says yes or no, or is asked. Who that can be, the limits decide, since somebody may have been lent a higher one.</summary>
public static class ApprovalEndpoints
{
    /// <summary>Maps what they post.</summary>
    public static void MapApprovals(this IEndpointRouteBuilder app)
    {
        app.MapPost("/cases/{number:long}/offers/{id:int}/approval", Approve).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/offers/{id:int}/refusal", Refuse).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/offers/{id:int}/asking", Ask).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Approve(long number, int id, [FromForm] string? then, HttpContext context, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        return await cases.Change(number, async (@case, unit) => @case.ApproveOffer(id, me, now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now))) is null
            ? TypedResults.NotFound()
            : Done(context, number, then, "Approved. It can go out within 48 hours.");
    }

    private static async Task<IResult> Refuse(long number, int id, [FromForm] string? why, [FromForm] string? then, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        try
        {
            return await cases.Change(number, async (@case, unit) => @case.RefuseOffer(id, why, me, now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now))) is null
                ? TypedResults.NotFound()
                : Done(context, number, then, "Said no, with your reason. Whoever prepared it is told.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("why", "Why"))) is { State.Offer: not null } page
                ? Html.Show<OfferReview, OfferReview.View>(new(page, me, why), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    private static async Task<IResult> Ask(long number, int id, [FromForm] string? then, HttpContext context, CaseStore cases, TimeProvider clock) =>
        await cases.Change(number, @case => @case.AskApproval(id, context.User.Actor(), clock.GetUtcNow())) is null
            ? TypedResults.NotFound()
            : Done(context, number, then, "Somebody else is asked to look at it.");

    private static IResult Done(HttpContext context, long number, string? then, string words)
    {
        if (then != "list")
            return Answers.Back(context, number, words);
        Frame.Say(context, words);
        return TypedResults.Redirect303("/approvals");
    }
}

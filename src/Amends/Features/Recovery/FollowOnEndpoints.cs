using Amends.Data;
using Amends.Domain;
using Amends.Domain.FollowOns;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>The thank-you letter after a good end: drafted for one of us, never sent by itself, and refused wherever it would be out of place.</summary>
public static class FollowOnEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapFollowOns(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/follow-on", (long number, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, null, null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/follow-on", Send).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Send(long number, [FromForm] FollowOnForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (company, me, now) = (await settings.Company(context.RequestAborted), context.User.Actor(), clock.GetUtcNow());
        try
        {
            return await cases.Change(number, (@case, unit) => dispatch.FollowOn(new(@case, unit, number, company, me, now), fields.Text, fields.Review is not null, fields.Code is not null)) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "The letter is on its way.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, fields, FieldErrors.Of(no, ("text", "Text")));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, FollowOnForm.Fields? fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        var wantsNone = await FollowOnDesk.WantsNone(database, page.State.CustomerId, context.RequestAborted);
        return Html.Show<FollowOnForm, FollowOnForm.View>(new(page, fields ?? new() { Text = FollowOnLetter.Draft(page.State) }, FollowOnRule.Against(page.State, wantsNone)), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

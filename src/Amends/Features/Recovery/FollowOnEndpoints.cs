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
        app.MapPost("/cases/{number:long}/follow-on", Send).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Send(long number, [FromForm] FollowOnForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, Outbox outbox, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (company, me, now) = (await settings.Company(context.RequestAborted), context.User.Actor(), clock.GetUtcNow());
        try
        {
            if (!company.FollowOn.IsOn)
                throw new Refused("follow_on", "Thank-you letters are switched off. An owner can switch them on in the settings.");
            var asks = fields.Review is not null && company.FollowOn.ReviewUrl.Length > 0;
            var text = FollowOnText.Checked(fields.Text, asks);
            return await cases.Change(number, async (@case, unit) =>
            {
                var wantsNone = await FollowOnDesk.WantsNone(unit, @case.State.CustomerId);
                if (FollowOnRule.Against(@case.State, wantsNone) is [var refusal, ..])
                    throw new Refused("follow_on", Domain.Cases.Case.Why(refusal));
                var code = fields.Code is not null && company.FollowOn.HasCodes ? await FollowOnDesk.NewCode(unit) : null;
                var token = FollowOnDesk.NewToken();
                var message = await outbox.Queue(unit, company, number, FollowOnLetter.For(company, number, @case.State, text, asks, code, me.Name, outbox.Site(company) + FollowOnDesk.OffPath + token), me, now);
                await FollowOnDesk.Keep(unit, number, @case.State.CustomerId, asks, code, token, now);
                @case.SendFollowOn(message, asks, code, wantsNone, me, now);
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, "The letter is on its way.");
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

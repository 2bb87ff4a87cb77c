using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Put it right while the customer is still there: one form from hearing them out to what was agreed.</summary>
public static class ResolveEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapResolving(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/resolution", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/resolution", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages, LawDesk laws) =>
        await pages.Load(context, number) is { } page
            ? Html.Show<ResolveForm, ResolveForm.View>(new(page, new() { AtRisk = page.State.AtRisk switch { true => "yes", false => "no", null => null }, Spot = OnTheSpotFields.For(page.Company, page.Now) with { Bought = LawFields.Of(page.State) } }, context.User.Actor(), await laws.For(number, null, context.RequestAborted), await laws.Orders(number, context.RequestAborted)))
            : TypedResults.NotFound();

    private static async Task<IResult> Save(
        long number, [FromForm] ResolveForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, PlaybookDesk playbooks, LawDesk laws, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        try
        {
            if (string.IsNullOrWhiteSpace(fields.Said))
                throw new Refused("said", "Write down what was said, in their words.");
            var now = clock.GetUtcNow();
            var channel = fields.Channel == "InPerson" ? Channel.InPerson : Channel.Phone;
            if (await cases.Find(number, context.RequestAborted) is not { } found)
                return TypedResults.NotFound();
            var (playbook, _) = await playbooks.For(number, found, company, now, context.RequestAborted);
            var settled = fields.OnTheSpot.Read(fields.Outcome, fields.Happened, fields.Matters, company, now) with { Playbook = playbook is null ? null : PlaybookDesk.Terms(playbook, company, null) };
            return await cases.Change(number, async (@case, unit) =>
            {
                var said = await Conversation.Add(unit, number, new NewMessage(Direction.Call, channel, me.Name, fields.Said, now) { AuthorId = me.Id });
                if (fields.AtRisk is "yes" or "no")
                    @case.CheckSafety(fields.AtRisk == "yes", me, now);
                await LawDesk.About(unit, number, fields.OnTheSpot.Bought.Order);
                @case.ResolveNow(settled with { Laws = await laws.In(unit, number, fields.OnTheSpot.Bought.Read(@case.State.Category?.Code)) }, channel, me, company.Calendar(), now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now));
                @case.Speak(said, channel, me, now);
            }) is { } state ? Answers.Back(context, number, $"Agreed with {state.CustomerName}.") : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, [("said", "Said"), .. OnTheSpotFields.Places])) is { } page
                ? Html.Show<ResolveForm, ResolveForm.View>(new(page, fields, me, await laws.For(number, null, context.RequestAborted), await laws.Orders(number, context.RequestAborted)), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

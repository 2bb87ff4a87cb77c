using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Decide what is justified, issue by issue and late, and send the decision letter.</summary>
public static class DecisionEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/decision", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/decisions", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages, PlaybookDesk playbooks, LawDesk laws, Database database) =>
        await pages.Load(context, number) is { } page ? await Shown(page, DecisionFields.For(page), context, playbooks, laws, database) : TypedResults.NotFound();

    private static async Task<IResult> Shown(CasePage page, DecisionFields fields, HttpContext context, PlaybookDesk playbooks, LawDesk laws, Database database, int status = StatusCodes.Status200OK)
    {
        var ct = context.RequestAborted;
        var (playbook, _) = await playbooks.For(page.Number, page.State, page.Company, page.Now, ct);
        var typed = fields.Typed(page.Company);
        var advice = typed.Any(remedy => remedy.Value.Minor > 0) ? (await OfferAdvice.Of(database, page, [new Option(1, "", "", typed, false)], ct)).GetValueOrDefault(1) : null;
        return Html.Show<DecisionForm, DecisionForm.View>(new(page, fields, context.User.Actor(), playbook, await LikeCases.Of(database, page, ct), advice, await laws.For(page.Number, ct: ct)) { Stake = await context.RequestServices.GetRequiredService<WorthDesk>().StakeOf(page.State, ct) }, status);
    }

    private static async Task<IResult> Save(
        long number, [FromForm] DecisionFields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, PlaybookDesk playbooks, LawDesk laws, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        if (fields.Then == "more")
            return await pages.Load(context, number) is { } asked ? await Shown(asked, fields, context, playbooks, laws, database) : TypedResults.NotFound();
        var at = 0; // the issue that is being decided, so that a refusal stands beside it
        try
        {
            var now = clock.GetUtcNow();
            if (fields.Issues.All(answer => answer.Chosen is null && !answer.IsHalf))
                throw new Refused("finding", "Say what you found about at least one of them.");
            if (await cases.Find(number, context.RequestAborted) is not { } found)
                return TypedResults.NotFound();
            var (playbook, _) = await playbooks.For(number, found, company, now, context.RequestAborted);
            var state = await cases.Change(number, async (@case, unit) =>
            {
                foreach (var answer in fields.Issues.Where(answer => answer.Chosen is not null || answer.IsHalf))
                {
                    at = answer.Id;
                    var (canDo, remedies) = answer.Read(fields.DoneBy, company);
                    @case.Decide(answer.Id, answer.Chosen ?? 0, answer.Reasons, canDo, answer.Evidence, me, now, answer.OnSuspicion == "on", remedies);
                }

                at = 0;
                if (fields.Then == "send")
                    await dispatch.Decision(new(@case, unit, number, company, me, now), fields.Terms(company, playbook) with { Laws = await laws.In(unit, number) });
            });
            return state switch
            {
                null => TypedResults.NotFound(),
                _ when fields.Then != "send" => Answers.Back(context, number, "Saved. Nothing was sent."),
                { Offer.AwaitsApproval: true } => Answers.Back(context, number, "Saved, and not sent. It is above your limit, so a second person approves it before the letter goes out."),
                _ => Answers.Back(context, number, $"Sent. {state.CustomerName} reads what we found, and answers."),
            };
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, fields.PlaceOf(no, at) is { } place ? [(no.Code, place)] : [])) is { } page
                ? await Shown(page, fields, context, playbooks, laws, database, StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
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
        app.MapPost("/cases/{number:long}/decisions", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages) =>
        await pages.Load(context, number) is { } page ? Html.Show<DecisionForm, DecisionForm.View>(new(page, DecisionFields.For(page))) : TypedResults.NotFound();

    private static async Task<IResult> Save(
        long number, [FromForm] DecisionFields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        var at = 0; // the issue that is being decided, so that a refusal stands beside it
        try
        {
            var now = clock.GetUtcNow();
            if (fields.Issues.All(answer => answer.Chosen is null && !answer.IsHalf))
                throw new Refused("finding", "Say what you found about at least one of them.");
            var state = await cases.Change(number, async (@case, unit) =>
            {
                foreach (var answer in fields.Issues.Where(answer => answer.Chosen is not null || answer.IsHalf))
                {
                    at = answer.Id;
                    @case.Decide(answer.Id, answer.Chosen ?? 0, answer.Reasons, answer.CanDo, answer.Evidence, me, now, answer.OnSuspicion == "on");
                }

                if (fields.Then == "send")
                    await dispatch.Decision(new(@case, unit, number, company, me, now), fields.Terms(company));
            });
            return state is null ? TypedResults.NotFound() : Answers.Back(context, number, fields.Then == "send" ? $"Sent. {state.CustomerName} reads what we found, and answers." : "Saved. Nothing was sent.");
        }
        catch (Refused no)
        {
            var errors = FieldErrors.Of(no, ("finding", $"Issue_{at}_Finding"), ("reasons", $"Issue_{at}_Reasons"), ("can_do", $"Issue_{at}_CanDo"), ("second_person", $"Issue_{at}_Finding"), ("done_by", "DoneBy"), ("outside_route", "main"), ("answer_by", "AnswerBy"), ("check_back", "CheckBackAt"), ("offer_in_the_past", "AnswerBy"));
            return await pages.Load(context, number, errors) is { } page
                ? Html.Show<DecisionForm, DecisionForm.View>(new(page, fields), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

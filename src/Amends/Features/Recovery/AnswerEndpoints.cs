using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>
/// Answers that came by mail or phone, recorded in the customer's words: yes to the summary, a choice, whether it is put
/// right. A person reads them; nothing is ever interpreted into an answer by itself.
/// </summary>
public static class AnswerEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapAnswers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/answer", Form).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/check-back/answer", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/answer", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, string? via, HttpContext context, CasePages pages) =>
        await pages.Load(context, number) is { } page ? Html.Show<AnswerForm, AnswerForm.View>(new(page, new() { Via = via })) : TypedResults.NotFound();

    private static async Task<IResult> Save(
        long number, [FromForm] AnswerForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var calendar = (await settings.Company()).Calendar();
        var me = context.User.Actor();
        try
        {
            var via = fields.Via switch { "phone" => Channel.Phone, "mail" => Channel.Mail, "in_person" => Channel.InPerson, "letter" => Channel.Letter, "sms" => Channel.Sms, "social" => Channel.Social, _ => throw new Refused("via", "Say how they answered.") };
            var now = clock.GetUtcNow();
            return await cases.Change(number, @case =>
            {
                var state = @case.State;
                var by = fields.Said == "representative" ? me with { Through = state.Representative?.Name ?? "Somebody" } : me;
                switch (fields.Answer)
                {
                    case "summary-yes": @case.ConfirmSummary(state.Summaries.Count, via, fields.Words, by, now); break;
                    case "summary-no": @case.CorrectSummary(state.Summaries.Count, via, fields.Words ?? "", by, now); break;
                    case "none": @case.Decline(state.SentOffer?.Id ?? 0, via, fields.Words ?? "", by, calendar, now); break;
                    case "no-need": @case.WaiveCheckBack(via, fields.Words, by, now); break;
                    case "Yes" or "Partly" or "No": @case.AnswerCheckBack(Enum.Parse<CheckBackAnswer>(fields.Answer), null, via, fields.Words, by, calendar, now, SurveyQuestions.Read(fields.Typed)); break;
                    case ['o', 'p', 't', '-', .. var id] when int.TryParse(id, out var option) && state.MayChangeChoice: @case.ChangeChoice(state.SentOffer!.Id, option, via, fields.Words, by, calendar, now); break;
                    case ['o', 'p', 't', '-', .. var id] when int.TryParse(id, out var option): @case.Choose(state.SentOffer?.Id ?? 0, option, via, fields.Words, by, calendar, now); break;
                    default: throw new Refused("answer", "Say what they answered.");
                }
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, "Recorded in their words.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("via", "Via"), ("representative", "Said"), ("words", "Words"), ("answer", "Answer"), ("heard", "heard"), ("ease", "ease"), ("met", "met"), ("return", "return"), ("recommend", "recommend"))) is { } page
                ? Html.Show<AnswerForm, AnswerForm.View>(new(page, fields), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

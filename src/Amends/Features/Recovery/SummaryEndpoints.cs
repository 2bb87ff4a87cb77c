using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Recovery.Listening;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Confirm what we understood: three lines, sent to the customer to say yes or not quite.</summary>
public static class SummaryEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapSummaries(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/summary/new", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/summaries", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, string? draft, long? from, HttpContext context, CasePages pages, ListeningDesk listening, AskModel model)
    {
        if (await pages.Load(context, number) is not { } page)
            return TypedResults.NotFound();
        var fields = SummaryForm.Fields.Of(page.State);
        var drafted = from is { } call ? await model.TakenSummary(number, call, context.User.Actor().Id, context.RequestAborted) : null;
        if (drafted is not null)
            fields = fields with { Happened = drafted.Happened, Matters = drafted.Matters, Promised = drafted.Promised.Length > 0 ? drafted.Promised : fields.Promised };
        return Html.Show<SummaryForm, SummaryForm.View>(await View(page, fields, new Dictionary<string, string>(), draft is "1" ? listening : null, context.RequestAborted) with { FromModel = drafted is not null });
    }

    /// <summary>The form, with a draft of the three lines where that was asked for. What was typed stays; the draft fills what is empty.</summary>
    private static async Task<SummaryForm.View> View(CasePage page, SummaryForm.Fields fields, IReadOnlyDictionary<string, string> asked, ListeningDesk? listening, CancellationToken ct) =>
        listening is null ? new(page, fields, asked) : await listening.Summary(page.Number, page.State, ct) is var draft ? new(page, fields.With(draft, page.State), asked) { Draft = draft } : null!;

    private static async Task<IResult> Save(
        long number, [FromForm] SummaryForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, ListeningDesk listening, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        var asked = await AskedFields.Of(context);
        if (fields.Then == "draft")
            return await pages.Load(context, number) is { } page ? Html.Show<SummaryForm, SummaryForm.View>(await View(page, fields, asked, listening, context.RequestAborted)) : TypedResults.NotFound();
        try
        {
            var now = clock.GetUtcNow();
            var state = await cases.Change(number, async (@case, unit) =>
            {
                @case.BeginListening(me, now);
                if (fields.OutcomeAsked is "on" || !string.IsNullOrWhiteSpace(fields.Outcome))
                    @case.HearWantedOutcome(fields.Outcome, me, now);
                if (fields.AtRisk is "yes" or "no")
                    @case.CheckSafety(fields.AtRisk == "yes", me, now);
                foreach (var line in IssueEndpoints.Lines(fields.Issues))
                    @case.RaiseIssue(line, me, now);
                AskedFields.Tell(@case, asked, company, me, now);
                AskedFields.Place(@case, fields.Journey, me, now);
                AskedFields.Categorise(@case, fields.Category, true, company, me, now);
                @case.WriteSummary(fields.Happened ?? "", fields.Matters ?? "", fields.Promised ?? "", me, now, fields.Impact);
                if (fields.Then == "send")
                    await dispatch.Summary(new(@case, unit, number, company, me, now));
            });
            return state is null ? TypedResults.NotFound() : Answers.Back(context, number, fields.Then == "send" ? "Sent. The customer is asked whether that is right." : "Saved.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("listen_first", no.Message.Contains("danger") ? "AtRisk" : "Outcome"), ("issue", "Issues"), ("category", "Category"), ("journey", "Journey"), ("impact", "Impact"), ("happened", "Happened"), ("matters", "Matters"), ("promised", "Promised"))) is { } shown
                ? Html.Show<SummaryForm, SummaryForm.View>(new(shown, fields, asked), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}

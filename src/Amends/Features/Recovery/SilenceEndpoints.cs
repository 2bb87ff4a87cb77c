using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>A customer who does not answer what we offered: one reminder more, by mail or by a call, and in the end closing it for now.</summary>
public static class SilenceEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapSilence(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}");
        group.MapGet("/reminder", (long number, HttpContext context, CasePages pages, Database database, DeadlineDesk deadlines) => Show(number, context, pages, database, deadlines, null, null)).RequireAuthorization(Policies.Agent);
        group.MapForm("/reminders", Remind).RequireAuthorization(Policies.Agent);
        group.MapForm("/silence", Close).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> Remind(long number, [FromForm] SilencePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, DeadlineDesk deadlines, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        return Do(number, fields, context, pages, database, deadlines, "They were asked once more.", async () =>
        {
            var company = await settings.Company(context.RequestAborted);
            return await cases.Change(number, async (@case, unit) =>
            {
                var work = new Work(@case, unit, number, company, context.User.Actor(), clock.GetUtcNow());
                if (fields.Via == "phone")
                    await Dispatch.ReminderCall(work, fields.Said);
                else
                    await dispatch.Reminder(work, fields.Text);
            });
        });
    }

    private static Task<IResult> Close(long number, [FromForm] SilencePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, DeadlineDesk deadlines, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        return Do(number, fields, context, pages, database, deadlines, "Closed for now. A word from them opens it again.", async () =>
        {
            var company = await settings.Company(context.RequestAborted);
            return await cases.Change(number, async (@case, unit) =>
            {
                var work = new Work(@case, unit, number, company, context.User.Actor(), clock.GetUtcNow());
                @case.CloseUnanswered(await dispatch.Tell(work, fields.Tell.ByLetter, fields.Tell.Letter, fields.Tell.Words), Causes.Chosen(company.Content.Causes, fields.Cause, @case.State.Cause), work.By, work.Now);
            });
        });
    }

    private static async Task<IResult> Do(long number, SilencePage.Fields fields, HttpContext context, CasePages pages, Database database, DeadlineDesk deadlines, string words, Func<Task<CaseState?>> change)
    {
        try
        {
            return await change() is null ? TypedResults.NotFound() : Answers.Back(context, number, words);
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, deadlines, fields, FieldErrors.Of(no, [("text", "Text"), ("said", "Said"), ("cause", "Cause"), .. ToldFields.Places]));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, DeadlineDesk deadlines, SilencePage.Fields? fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        var reach = await Reach.Of(database, page.State.CustomerId, context.RequestAborted);
        var book = await deadlines.Book(context.RequestAborted);
        var rules = page.State.Presets.Where(preset => preset.Applies).Select(preset => (preset.Title, book.Find(preset.Key)?.CloseRules?.NoResponse)).Where(rule => rule.NoResponse is not null).Select(rule => $"{rule.Title}: {rule.NoResponse}").ToList();
        return Html.Show<SilencePage, SilencePage.View>(new(page, fields ?? Draft(page, reach), reach, rules), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static SilencePage.Fields Draft(CasePage page, Reach reach)
    {
        if (page.State is not { Stage: CaseStage.Offered, SentOffer: { IsUnanswered: true } offer })
            return new();
        var rule = page.Company.Course.Rule();
        return new()
        {
            Text = SilenceDraft.Reminder(page.Company, page.State, offer.Reminders.Count + 1 >= rule.Reminders, rule.Until(page.Company.Calendar(), page.Now)),
            Tell = new() { How = reach.HasMail ? "letter" : "other", Letter = SilenceDraft.Closing(page.Company, page.State) },
        };
    }
}

using Amends.Data;
using Amends.Domain;
using Amends.Domain.Listening;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery.Listening;

/// <summary>Notes that one can rely on later: exact words as such, open for a quarter of an hour, then corrected by what is added.</summary>
public static class NoteEndpoints
{
    /// <summary>Maps the form, a note with its history, and what they post.</summary>
    public static void MapNotes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/notes/new", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/notes", Add).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/notes/draft", (long number, HttpContext context, Database database, TimeProvider clock) => FormDraftEndpoints.Save(context, database, DraftOf(number), clock)).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/notes/{id:long}", (long number, long id, HttpContext context, CasePages pages, Database database) => Show(number, id, context, pages, database, null, null)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/notes/{id:long}", Change).RequireAuthorization(Policies.Agent);
    }

    private static string DraftOf(long number) => $"note-{number}";

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages, Database database) => await pages.Load(context, number) is { } page
        ? Html.Show<NoteForm, NoteForm.View>(new(page, await FormDrafts.Find(database, context.User.Actor().Id, DraftOf(number), context.RequestAborted) is { } kept
            ? NoteForm.Fields.Of(kept) : new() { SaidBy = page.State.CustomerName, SaidAt = LocalTime.Of(page.Now, page.Company.Zone()) }))
        : TypedResults.NotFound();

    private static async Task<IResult> Add(long number, [FromForm] NoteForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, now, zone) = (context.User.Actor(), clock.GetUtcNow(), (await settings.Company()).Zone());
        try
        {
            var text = Needed(fields.Text);
            var quote = fields.Exact == "on" ? new Quote(fields.SaidBy ?? "", LocalTime.Parse(fields.SaidAt, zone, "said_at")) : null;
            return await cases.Change(number, async (@case, unit) =>
            {
                await NoteStore.Add(unit, @case, number, text, quote, me, now);
                await FormDrafts.Forget(unit, me.Id, DraftOf(number));
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, "Written down. You can put it right for 15 minutes.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("text", "Text"), ("said_by", "SaidBy"), ("said_at", "SaidAt"))) is { } page
                ? Html.Show<NoteForm, NoteForm.View>(new(page, fields), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    private static async Task<IResult> Change(long number, long id, [FromForm] string? text, [FromForm] string? then, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        try
        {
            var words = Needed(text);
            var found = false;
            return await cases.Change(number, async (@case, unit) => found = await NoteStore.Change(unit, @case, number, id, words, then == "edit", context.User.Actor(), clock.GetUtcNow())) is null || !found
                ? TypedResults.NotFound()
                : Answers.Back(context, number, then == "edit" ? "Changed. What stood there before stays readable." : "Added. The note itself stays as it was.");
        }
        catch (Refused no)
        {
            return await Show(number, id, context, pages, database, no, text);
        }
    }

    private static async Task<IResult> Show(long number, long id, HttpContext context, CasePages pages, Database database, Refused? no, string? typed)
    {
        var wordings = await NoteStore.Read(database, number, id, context.RequestAborted);
        if (wordings.Count == 0 || await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, ("text", "text"))) is not { } page)
            return TypedResults.NotFound();
        return Html.Show<NotePage, NotePage.View>(new(page, id, wordings, context.User.Actor().Id, typed), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static string Needed(string? text) =>
        string.IsNullOrWhiteSpace(text) ? throw new Refused("text", "Write the note first.")
        : text.Length > NoteStore.Longest ? throw new Refused("text", $"That is longer than {NoteStore.Longest} characters.")
        : text.Trim();
}

/// <summary>Keeps what is typed into a longer form.</summary>
internal static class FormDraftEndpoints
{
    /// <summary>204 when it is kept; 413 when it is too long.</summary>
    /// <param name="context">The request.</param>
    /// <param name="database">Where it is kept.</param>
    /// <param name="form">Which form.</param>
    /// <param name="clock">Now.</param>
    /// <param name="sticky">A field that stays once it is there: what the page kept a moment before it moved on does not take it away.</param>
    public static async Task<IResult> Save(HttpContext context, Database database, string form, TimeProvider clock, string? sticky = null)
    {
        var me = context.User.Actor().Id;
        var fields = FormDrafts.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        if (sticky is not null && !fields.ContainsKey(sticky) && (await FormDrafts.Find(database, me, form, context.RequestAborted))?.GetValueOrDefault(sticky) is { } stays)
            fields = new Dictionary<string, string>(fields) { [sticky] = stays };
        return await FormDrafts.Save(database, me, form, fields, clock.GetUtcNow()) ? TypedResults.NoContent() : TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
    }
}

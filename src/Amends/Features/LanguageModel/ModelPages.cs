using System.Globalization;
using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.LanguageModel;

/// <summary>Loads the page on which somebody asks a language model about a case: what can be asked, what would be sent, what came back.</summary>
public sealed class ModelPages(Database database, AskModel model, ModelCalls calls, WordingDesk wording, DraftReadings drafts, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>What can be asked here, or an answer to the reader.</summary>
    public async Task<IResult> Choices(HttpContext context, long number, long? call, Refused? no = null)
    {
        var ct = context.RequestAborted;
        if (await Load(context, number) is not { } view)
            return TypedResults.NotFound();
        var answer = call is { } id && await calls.Find(number, id, context.User.Actor().Id, ct) is { } found ? await Answer(found, ct) : null;
        return Show(view with { Answer = answer }, no);
    }

    /// <summary>What would be sent for a wish; nothing is. With a refusal as 422.</summary>
    public async Task<IResult> Preview(HttpContext context, long number, ModelFields fields, Refused? no = null)
    {
        var ct = context.RequestAborted;
        if (await Load(context, number) is not { } view)
            return TypedResults.NotFound();
        var wish = fields.Wish(number);
        if (wish is not null && ModelTasks.IsOfDraft(wish.Task) && wish.Draft is null)
            wish = wish with { Draft = await drafts.DraftOf(number, context.User.Actor().Id, ct) };
        try
        {
            var prepared = wish is null ? throw new Refused("task", "Choose what you want to ask for.") : await model.Prepare(wish, ct);
            return Show(view with { Wish = prepared?.Wish ?? wish, Call = prepared, Spent = await calls.Spent(clock.GetUtcNow(), ct) }, no);
        }
        catch (Refused refused)
        {
            return Show(view with { Wish = wish }, no ?? refused, isFirst: no is null && HttpMethods.IsGet(context.Request.Method));
        }
    }

    private static IResult Show(ModelPage.View view, Refused? no, bool isFirst = false) =>
        Html.Show<ModelPage, ModelPage.View>(view with { Problem = no?.Message }, no is null || isFirst ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private async Task<ModelPage.View?> Load(HttpContext context, long number)
    {
        var ct = context.RequestAborted;
        var (about, messages) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select c.number, c.subject, u.name as customer from cases c join customers u on u.id = c.customer_id where c.number = @number;
                select id, at, substr(text, 1, 400) as text, length(text) as length from messages where case_number = @number and direction = 1 and automatic = 0 order by id desc limit 15
                """, new { number });
            return (await all.ReadSingleOrDefaultAsync<ModelPage.About>(), (await all.ReadAsync<ModelPage.Said>()).AsList());
        }, ct);
        if (about is null)
            return null;
        var company = await settings.Company(ct);
        return new ModelPage.View(await frame.For(context), about, await model.Settings(ct), messages, clock.GetUtcNow(), company.Zone(), company.Currency);
    }

    private async Task<ModelPage.Answered> Answer(ModelCall call, CancellationToken ct)
    {
        var kept = model.KeptOf(call);
        var source = call.Messages.LastOrDefault() is { } sent ? Masking.Restore(ModelPrompt.TextOf(sent.Content), kept) : "";
        var text = Masking.Restore(call.Answer, kept);
        var lines = call.What == ModelTask.Summary && SummaryLines.Of(call.Answer) is { } read ? AskModel.Restored(read, kept) : null;
        var draft = ModelTasks.IsOfDraft(call.What) && call.How == ModelOutcome.Answered ? await wording.Read(call.CaseNumber, new Draft(text, null, []), ct) : null;
        return new ModelPage.Answered(call, source, text, lines, draft, Masking.Unknown(call.Answer, kept));
    }
}

/// <summary>The forms on the page as they are posted.</summary>
public sealed record ModelFields
{
    /// <summary>A <see cref="ModelTask"/> in small letters.</summary>
    public string? Task { get; init; }

    /// <summary>The message that it is about.</summary>
    public string? Message { get; init; }

    /// <summary>The language to put it into.</summary>
    public string? Into { get; init; }

    /// <summary>The reply to be said otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>The digest of what was seen.</summary>
    public string? Seal { get; init; }

    /// <summary>The call in the log.</summary>
    public string? Call { get; init; }

    /// <summary><c>take</c> or <c>away</c>.</summary>
    public string? What { get; init; }

    /// <summary>What is wanted; <c>null</c> when that is not said.</summary>
    public ModelWish? Wish(long number) => Task is { Length: > 0 } && !char.IsAsciiDigit(Task[0]) && Enum.TryParse<ModelTask>(Task, ignoreCase: true, out var task) && Enum.IsDefined(task)
        ? new ModelWish(number, task, ModelTasks.IsOfMessage(task) && long.TryParse(Message, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null, ModelTasks.IsOfDraft(task) ? Text : null, ModelTasks.IsOfMessage(task) && Into is { Length: > 0 and < 12 } ? Into : null)
        : null;
}

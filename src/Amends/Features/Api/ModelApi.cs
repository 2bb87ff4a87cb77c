using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>The language model for programs: what would be sent, sending it as the person that a token acts for, and the log.</summary>
public sealed class ModelApi(AskModel model, ModelCalls calls, StoredSettings settings, Database database, TimeProvider clock)
{
    private const int LongestText = ModelSource.Longest, LongestSeal = 200;

    /// <summary>Maps all of it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/language-model", async (ModelApi models, CancellationToken ct) => ApiJson.Answer(await models.Settings(ct)))
            .Describe<ModelSettingsAnswer>("Whether a language model may be asked, for what, and what this month has cost; never its key", Scopes.CasesRead).From(Role.Manager);
        api.MapGet("/language-model/calls", async (ModelApi models, CancellationToken ct, long? number) => ApiJson.Answer(await models.Log(number, ct)))
            .Describe<ModelCallListAnswer>("What was asked of it, the newest first, masked as it went; 200 at the most; of one case with number", Scopes.CasesRead).From(Role.Manager);
        api.MapPost("/cases/{number:long}/language-model/preview", (long number, HttpContext context, ModelApi models) => models.Preview(number, context))
            .Accepts<AskModelBody>("application/json").Describe<ModelPreviewAnswer>("What would be sent, to the letter; nothing is", Scopes.RecoveryWrite).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/cases/{number:long}/language-model/calls", (long number, HttpContext context, ModelApi models) => models.Send(number, context))
            .Accepts<AskModelBody>("application/json").Describe<ModelAnswerAnswer>("Sends what a preview showed, under its seal, and waits for the answer", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/cases/{number:long}/language-model/calls/{id:long}/decision", (long number, long id, HttpContext context, ModelApi models) => models.Decide(number, id, context))
            .Accepts<DecideModelBody>("application/json").Describe<ModelDecisionAnswer>("Says whether the person took the answer", Scopes.RecoveryWrite).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }

    private async Task<ModelSettingsAnswer> Settings(CancellationToken ct)
    {
        var (set, company) = (await model.Settings(ct), await settings.Company(ct));
        return new(set.IsOn, set.Address, set.Model, set.On, set.LimitSeconds, set.PriceIn, set.PriceOut, new Amount(set.Ceiling, company.Currency), await calls.Spent(clock.GetUtcNow(), ct), set.KeepDays, model.KeyIn(set) is not null);
    }

    private async Task<ModelCallListAnswer> Log(long? number, CancellationToken ct) => new([.. (await calls.List(number, false, ct)).Select(call => new ModelCallAnswer(
        call.Id, call.CaseNumber, call.MessageId, call.PersonId, call.What, call.IntoLanguage, call.Host, call.Model, call.PromptVersion, DateTimeOffset.FromUnixTimeMilliseconds(call.StartedAt), call.Milliseconds, call.How, call.Problem, call.TokensIn, call.TokensOut, call.Counted == 1,
        call.Cost, call.Currency, call.Decision switch { 1 => true, 2 => false, _ => null }, [.. call.Messages.Select(message => new ModelMessageAnswer(message.Role, message.Content))], call.Answer))]);

    private async Task<IResult> Preview(long number, HttpContext context)
    {
        var wish = Wish(number, (await ApiJson.Read<AskModelBody>(context.Request)).Value);
        return await model.Prepare(wish, context.RequestAborted) is not { } call ? TypedResults.NotFound()
            : ApiJson.Answer(new ModelPreviewAnswer(call.Address.AbsoluteUri, call.Model, call.PromptVersion, call.MaxTokens, [.. call.Messages.Select(message => new ModelMessageAnswer(message.Role, message.Content))], call.Kept.Count, call.TokensIn, call.MostCost, call.Seal));
    }

    private async Task<IResult> Send(long number, HttpContext context)
    {
        var asked = (await ApiJson.Read<AskModelBody>(context.Request)).Value;
        var (wish, seal, by) = (Wish(number, asked), Checked.Needed("seal", asked.Seal, LongestSeal), BearerToken.Of(context));
        if (await model.Send(wish, seal, by, context.RequestAborted) is not { } id || await calls.Find(number, id, by.Id, context.RequestAborted) is not { } call)
            return TypedResults.NotFound();
        var kept = model.KeptOf(call);
        var source = call.Messages.Count > 0 ? Masking.Restore(ModelPrompt.TextOf(call.Messages[^1].Content), kept) : "";
        var text = Masking.Restore(call.Answer, kept);
        var lines = call.What == ModelTask.Summary && SummaryLines.Of(call.Answer) is { } read ? AskModel.Restored(read, kept) : null;
        var traced = Provenance.Of(lines is null ? text : $"{lines.Happened}\n{lines.Matters}\n{lines.Promised}", source);
        var answer = new ModelAnswerAnswer(call.Id, call.How, call.Problem, text, lines, [.. traced.Where(sentence => !sentence.IsTheirs).Select(sentence => sentence.Text)], [.. traced.SelectMany(sentence => sentence.NewFigures).Distinct()], call.TakenOut, call.TokensIn, call.TokensOut, call.Cost);
        return TypedResults.Json(answer, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> Decide(long number, long id, HttpContext context)
    {
        var (asked, by, now) = ((await ApiJson.Read<DecideModelBody>(context.Request)).Value, BearerToken.Of(context), clock.GetUtcNow());
        var taken = asked.Taken ?? throw new BadField("taken", "Say whether it was taken: true or false.");
        if (await calls.Find(number, id, by.Id, context.RequestAborted) is null)
            return TypedResults.NotFound();
        if (!await database.Write(unit => ModelCalls.Decide(unit, number, id, by.Id, taken, now)))
            throw new Refused("decided", "This answer was taken or thrown away already, or there is none.");
        return ApiJson.Answer(new ModelDecisionAnswer(id, taken));
    }

    private static ModelWish Wish(long number, AskModelBody asked)
    {
        var task = Checked.Chosen("task", asked.Task, "Say what is wanted: summary, calmer, plainer, translation or gist.");
        return new ModelWish(number, task, ModelTasks.IsOfMessage(task) ? asked.MessageId : null, ModelTasks.IsOfDraft(task) ? Checked.Needed("text", asked.Text, LongestText) : null, ModelTasks.IsOfMessage(task) ? Checked.Text("into", asked.Into, 12) : null);
    }
}

/// <summary>What is wanted of a language model. <c>text</c> is a reply to say otherwise; <c>message_id</c> a message of the customer, the newest when left out; <c>into</c> the language of the answer, such as de; <c>seal</c> comes from the preview.</summary>
public sealed record AskModelBody(ModelTask? Task, string? Text = null, long? MessageId = null, string? Into = null, string? Seal = null);

/// <summary>Whether the person took the answer.</summary>
public sealed record DecideModelBody(bool? Taken);

/// <summary>That it was said.</summary>
public sealed record ModelDecisionAnswer(long CallId, bool Taken);

/// <summary>Whether and for what it may be asked. Prices are minor units for a million tokens; what was spent is in millionths of a minor unit, estimated.</summary>
public sealed record ModelSettingsAnswer(bool IsOn, string Address, string Model, IReadOnlyList<ModelFeature> On, int LimitSeconds, long PriceIn, long PriceOut, Amount Ceiling, long SpentMillionths, int KeepDays, bool HasKey);

/// <summary>Calls.</summary>
public sealed record ModelCallListAnswer(IReadOnlyList<ModelCallAnswer> Items);

/// <summary>One call; the cost in millionths of a minor unit, estimated unless the tokens were counted; <c>taken</c> is null while nobody said.</summary>
public sealed record ModelCallAnswer(long Id, long Case, long? MessageId, long PersonId, ModelTask Task, string? Into, string Host, string Model, int PromptVersion, DateTimeOffset At, long? Milliseconds, ModelOutcome Outcome, string? Problem,
    long TokensIn, long TokensOut, bool Counted, long CostMillionths, string Currency, bool? Taken, IReadOnlyList<ModelMessageAnswer> Request, string Answer);

/// <summary>A message as it goes out, masked.</summary>
public sealed record ModelMessageAnswer(string Role, string Content);

/// <summary>What would be sent; the seal is given back to send it.</summary>
public sealed record ModelPreviewAnswer(string Address, string Model, int PromptVersion, int MaxTokens, IReadOnlyList<ModelMessageAnswer> Messages, int Masked, long TokensIn, long MostCostMillionths, string Seal);

/// <summary>What came back, plain text with everything put back: untrusted. <c>not_theirs</c> are sentences that do not stand in the source, <c>new_figures</c> numbers that do not.</summary>
public sealed record ModelAnswerAnswer(long CallId, ModelOutcome Outcome, string? Problem, string Text, SummaryLines? Lines, IReadOnlyList<string> NotTheirs, IReadOnlyList<string> NewFigures, int TakenOut, long TokensIn, long TokensOut, long CostMillionths);

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Adapters.LanguageModel;

/// <summary>What somebody wants from a model.</summary>
/// <param name="Number">The case.</param>
/// <param name="Task">What for.</param>
/// <param name="Message">The customer's message, for what is about one; <c>null</c> for the newest.</param>
/// <param name="Draft">The reply, for what is about one.</param>
/// <param name="Language">The tag of the language to put it into, for a translation.</param>
public sealed record ModelWish(long Number, ModelTask Task, long? Message = null, string? Draft = null, string? Language = null);

/// <summary>What would be sent, to the letter. Nothing has been.</summary>
/// <param name="Wish">What was wanted.</param>
/// <param name="Address">Where it would go.</param>
/// <param name="Model">To which model.</param>
/// <param name="PromptVersion">By which words.</param>
/// <param name="MaxTokens">The most tokens of an answer.</param>
/// <param name="Messages">The messages, masked.</param>
/// <param name="Kept">What the placeholders stand for; this stays here.</param>
/// <param name="TokensIn">Tokens, estimated.</param>
/// <param name="MostCost">What it may cost at the most, millionths of a minor unit.</param>
/// <param name="Seal">A digest of all of it: whoever sends gives it back, so that nothing goes that was not seen.</param>
public sealed record PreparedCall(ModelWish Wish, Uri Address, string Model, int PromptVersion, int MaxTokens, IReadOnlyList<ModelMessage> Messages, IReadOnlyDictionary<string, string> Kept, long TokensIn, long MostCost, string Seal);

/// <summary>
/// Asks a language model, if the company has switched that on: prepares what would be sent, sends it when a person says so, writes down what became of it.
/// An answer is a text and nothing else; nothing here changes a case.
/// </summary>
public sealed class AskModel(Database database, StoredSettings settings, Secrets secrets, ChatClient client, Breaker breaker, ModelCalls calls, TimeProvider clock)
{
    /// <summary>What the sealed key, and the sealed placeholders of a call, are for.</summary>
    public const string KeyPurpose = "language model key", PlaceholderPurpose = "language model placeholders";

    /// <summary>The settings as they are now, read anew.</summary>
    public async Task<LanguageModelSettings> Settings(CancellationToken ct) => await settings.Get<LanguageModelSettings>(LanguageModelSettings.Setting, ct) ?? new();

    /// <summary>The key in these settings; <c>null</c> when there is none, or it was sealed under another key file.</summary>
    public string? KeyIn(LanguageModelSettings set)
    {
        try
        {
            return set.Key.Length > 0 ? secrets.Open(set.Key, KeyPurpose) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Prepares a call; nothing is sent and nothing is written.</summary>
    /// <returns><c>null</c> when there is no such case.</returns>
    /// <exception cref="Refused"><c>off</c> when this is not switched on; <c>text</c>, <c>message</c> or <c>language</c> when something is missing.</exception>
    public async Task<PreparedCall?> Prepare(ModelWish wish, CancellationToken ct) => await Prepare(wish, await Settings(ct), ct);

    /// <summary>Sends what was prepared, if it is still what was seen, and waits for the answer.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="seal">The digest of what was seen.</param>
    /// <param name="me">Who sends it.</param>
    /// <param name="leaving">They went away.</param>
    /// <returns>The call's id in the log; <c>null</c> when there is no such case.</returns>
    /// <exception cref="Refused">As <see cref="Prepare(ModelWish, CancellationToken)"/>; <c>changed</c> when it would be something else by now; <c>ceiling</c>, <c>rests</c>, <c>running</c>.</exception>
    public async Task<long?> Send(ModelWish wish, string seal, Actor me, CancellationToken leaving)
    {
        var set = await Settings(leaving);
        if (await Prepare(wish, set, leaving) is not { } call)
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(call.Seal)))
            throw new Refused("changed", "What would be sent is not what you saw: the case, the settings or the words have changed since. Look at it again, then send it.");
        if (breaker.RestsUntil is { } until)
            throw new Refused("rests", $"It failed several times in a row and is left alone for {Math.Max(1, Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds)):0} seconds. Everything else works without it.");
        var (company, now) = (await settings.Company(leaving), clock.GetUtcNow());
        var request = JsonSerializer.Serialize(call.Messages, JsonSerializerOptions.Web);
        var placeholders = secrets.Seal(JsonSerializer.Serialize(call.Kept), PlaceholderPurpose);
        var (id, may) = await calls.Begin(
            new NewCall(wish.Number, wish.Message, me.Id, wish.Task, wish.Language, call.Address.Authority, call.Model, call.PromptVersion, request, placeholders, call.TokensIn, call.MostCost, company.Currency), set.Ceiling, ModelCalls.MonthOf(now, company), now);
        if (!may)
            throw new Refused("ceiling", "This month's ceiling would be passed, so nothing was sent. A manager can raise it under Settings, Language model. Everything else works without it.");

        var result = new ChatResult(ModelOutcome.Failed, "", "It could not be asked.", null, null, false, TimeSpan.Zero);
        try
        {
            result = await client.Ask(new ModelEndpoint(call.Address, call.Model, KeyIn(set), TimeSpan.FromSeconds(set.LimitSeconds)), call.Messages, call.MaxTokens, leaving);
        }
        finally
        {
            await calls.End(id, Ended(result, call, set)); // whoever asked may be gone; what it cost is not
        }

        if (result.Outcome != ModelOutcome.Left)
            breaker.Say(result.Outcome != ModelOutcome.Answered);
        return id;
    }

    /// <summary>What the placeholders of a call stand for; nothing once it is erased, or when it was sealed under another key file.</summary>
    public IReadOnlyDictionary<string, string> KeptOf(ModelCall call)
    {
        try
        {
            return call.Placeholders.Length == 0 ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.Open(call.Placeholders, PlaceholderPurpose)) ?? [];
        }
        catch (CryptographicException)
        {
            return new Dictionary<string, string>();
        }
    }

    /// <summary>The three lines of a summary that this person took from an answer; <c>null</c> when there are none.</summary>
    public async Task<SummaryLines?> TakenSummary(long number, long id, long person, CancellationToken ct) =>
        await calls.Find(number, id, person, ct) is { What: ModelTask.Summary, Decision: 1, ErasedAt: null } call && SummaryLines.Of(call.Answer) is { } lines ? Restored(lines, KeptOf(call)) : null;

    /// <summary>The lines with what their placeholders stand for.</summary>
    public static SummaryLines Restored(SummaryLines lines, IReadOnlyDictionary<string, string> kept) =>
        new(Masking.Restore(lines.Happened, kept), Masking.Restore(lines.Matters, kept), Masking.Restore(lines.Promised, kept));

    private async Task<PreparedCall?> Prepare(ModelWish wish, LanguageModelSettings set, CancellationToken ct)
    {
        if (!Enum.IsDefined(wish.Task) || !set.May(ModelTasks.FeatureOf(wish.Task)))
            throw new Refused("off", "No language model is asked for this here. Everything works without one; a manager can switch it on under Settings, Language model.");
        var tag = wish.Task is ModelTask.Translation or ModelTask.Gist ? wish.Language ?? "en" : null;
        var language = ModelTasks.Languages.FirstOrDefault(each => each.Tag == tag).Name;
        if (tag is not null && language is null)
            throw new Refused("language", "Choose one of the languages.");
        if (await ModelSource.Load(database, wish.Number, wish.Task, wish.Message, wish.Draft, ct) is not { } source)
            return null;
        var prompt = ModelPrompts.Of(wish.Task);
        var masked = Masking.Of([source.Text], source.Known);
        var (messages, address) = (prompt.Messages(masked.Texts[0], language), ModelAddress.Read(set.Address));
        var tokens = messages.Sum(message => CallCost.Tokens(message.Content));
        var seal = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { address = address.AbsoluteUri, set.Model, prompt.Version, prompt.MaxTokens, messages, wish.Number, wish.Task, wish.Message, tag })));
        return new PreparedCall(wish with { Language = tag, Draft = ModelTasks.IsOfDraft(wish.Task) ? source.Text : null }, address, set.Model, prompt.Version, prompt.MaxTokens, messages, masked.Kept, tokens, CallCost.Of(tokens, prompt.MaxTokens, set.PriceIn, set.PriceOut), seal);
    }

    private static EndedCall Ended(ChatResult result, PreparedCall call, LanguageModelSettings set)
    {
        var answer = ModelAnswer.Of(result.Text);
        var problem = result.Outcome == ModelOutcome.Answered && answer.Text.Length == 0 ? "Nothing was left of the answer once it was made harmless." : result.Problem;
        var outcome = result.Outcome == ModelOutcome.Answered && problem is not null ? ModelOutcome.Failed : result.Outcome;
        var (counted, sent) = (result.TokensIn is not null && result.TokensOut is not null, result.MayCost ? result.TokensIn ?? call.TokensIn : 0);
        var came = result.TokensOut ?? (result.Outcome == ModelOutcome.Answered ? Math.Min(CallCost.Tokens(result.Text), call.MaxTokens) : result.MayCost ? call.MaxTokens : 0); // unknown: at its dearest
        return new EndedCall(outcome, answer.Text, answer.TakenOut, answer.WasCut, problem, sent, came, counted, CallCost.Of(sent, came, set.PriceIn, set.PriceOut), (long)result.Elapsed.TotalMilliseconds);
    }
}

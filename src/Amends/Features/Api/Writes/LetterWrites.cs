using System.Text.Json.Serialization;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Letters that a rule asks for: drafted from the case, looked through, sent, and kept as they went.</summary>
public sealed class LetterWrites(CaseWrite write, CaseStore cases, LetterDesk letters, Dispatch dispatch)
{
    private const int LongestLetter = 20_000, LongestReason = 2000;

    /// <summary>What was written to the customer, newest first.</summary>
    public async Task<LetterListAnswer?> All(long number, CancellationToken ct) => await cases.Find(number, ct) is null ? null : new([.. (await letters.Of(number, ct)).Select(letter =>
        new LetterAnswer(letter.Id, letter.Kind is { } kind ? (LetterKind)kind : null, DateTimeOffset.FromUnixTimeMilliseconds(letter.At), letter.Subject, letter.AuthorName, letter.Digest))]);

    /// <summary>A draft, or the words that were sent; and what rules want in it that is not there. Nothing is kept, so it needs no key.</summary>
    public async Task<IResult> Draft(long number, HttpContext context)
    {
        var (asked, _) = await write.Read<WriteLetter>(context);
        var letter = Read(asked);
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var words = new LegalWords(asked.Company, number, state, BearerToken.Of(context).Name) { Reason = letter.Reason, NewDay = letter.NewDay(asked.Company) };
        var text = letter.Text ?? RuleLetter.Draft(words, letter.Kind);
        return ApiJson.Answer(new LetterDraftAnswer(letter.Kind, text, [.. words.In(letter.Kind, text).Select(missing => new MissingAnswer(missing.Preset, missing.Needs, missing.Sentence))]));
    }

    /// <summary>Sends it, once nothing is missing in it.</summary>
    public Task<IResult> Send(long number, HttpContext context)
    {
        long message = 0;
        return write.Send<WriteLetter>(number, context, asked =>
        {
            var letter = Read(asked);
            if (letter.Text is null)
                throw new BadField("text", "Write the letter. letters/draft gives you one to begin with.");
            return async work => message = await dispatch.Rule(work, letter);
        }, state => new LetterStep(number, state.Stage, message, DutiesStep.OwedIn(state)));
    }

    private static AskedLetter Read(Asked<WriteLetter> asked) => new(
        Checked.Chosen("kind", asked.Value.Kind, "Say what kind of letter it is, such as holding or final."), Checked.Text("text", asked.Value.Text, LongestLetter),
        Checked.Text("reason", asked.Value.Reason, LongestReason) ?? "", Checked.Day("until", asked.Value.Until, asked.Now));
}

/// <summary>A letter that a rule asks for.</summary>
public sealed record WriteLetter
{
    /// <summary>acknowledgement, update, holding, final, summary_resolution or not_upheld.</summary>
    public LetterKind? Kind { get; init; }

    /// <summary>The words without greeting and signature.</summary>
    public string? Text { get; init; }

    /// <summary>Why it takes longer, for a holding letter.</summary>
    public string? Reason { get; init; }

    /// <summary>The day by which they have the answer, for a holding letter.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A letter's words, and what rules want in it that is not there.</summary>
public sealed record LetterDraftAnswer(LetterKind Kind, string Text, IReadOnlyList<MissingAnswer> Missing);

/// <summary>Something that is missing: under which set of deadlines, what, and a sentence to put in.</summary>
public sealed record MissingAnswer(string Preset, string Needs, string Sentence);

/// <summary>What was written to the customer.</summary>
public sealed record LetterListAnswer(IReadOnlyList<LetterAnswer> Items);

/// <summary>A message to the customer; one that is kept as a letter has a kind, and the SHA-256 of its words.</summary>
public sealed record LetterAnswer(long MessageId, LetterKind? Kind, DateTimeOffset At, string Subject, string Author, [property: JsonPropertyName("sha256")] string? Sha256);

/// <summary>A letter that went, and what rules still ask for.</summary>
public sealed record LetterStep(long Number, CaseStage State, long MessageId, IReadOnlyList<OwedAnswer> Owed);

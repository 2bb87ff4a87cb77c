using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Frameworks;
using Amends.Domain.Issues;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Wording;
using Dapper;

namespace Amends.Data;

/// <summary>Reads a reply before it goes, beside what is known of its case. On this machine, by rules; nothing is stored.</summary>
public sealed class WordingDesk(Database database, PhrasePacks packs, StoredSettings settings, TimeProvider clock)
{
    private const int MostMessages = 20, MostWords = 20_000;

    /// <summary>Reads a draft for a case; <c>null</c> when there is no such case.</summary>
    public async Task<ReadDraft?> Read(long number, Draft draft, CancellationToken ct = default)
    {
        var (document, said) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select state from cases where number = @number;
                select substr(text, 1, @MostWords) from messages where case_number = @number and direction = 1 and automatic = 0 order by id desc limit @MostMessages
                """, new { number, MostMessages, MostWords });
            return (await all.ReadSingleOrDefaultAsync<string>(), (await all.ReadAsync<string>()).AsList());
        }, ct);
        if (document is null)
            return null;
        var company = await settings.Company(ct);
        return await Read(draft, ContextOf(CaseJson.State(document), said, draft, company.Zone(), clock.GetUtcNow()), ct);
    }

    /// <summary>Reads a text of which nothing else is known.</summary>
    public Task<ReadDraft> Read(Draft draft, CancellationToken ct = default) => Read(draft, new DraftContext { Attachments = draft.Files, HasLink = HasLink(draft) }, ct);

    /// <summary>What a letter says that goes out, for the steps of frameworks: read once, when it goes.</summary>
    /// <param name="state">Its case.</param>
    /// <param name="text">The letter.</param>
    /// <param name="company">For its zone.</param>
    /// <param name="at">When it goes.</param>
    public async Task<IReadOnlyList<SaidPart>> Said(CaseState state, string text, Company company, DateTimeOffset at)
    {
        var draft = new Draft(text, null, []);
        return SaidParts.Of((await Read(draft, ContextOf(state, [], draft, company.Zone(), at), CancellationToken.None)).Report);
    }

    private async Task<ReadDraft> Read(Draft draft, DraftContext context, CancellationToken ct)
    {
        // as it is written; a few words say nothing, and then it is the customer's language
        var language = draft.Language ?? LanguageOf.Text(draft.Text) ?? (context.CustomerWords.Length > 0 ? LanguageOf.Text(context.CustomerWords) : null);
        var pack = await packs.For(language, ct);
        return new ReadDraft(draft.Text, language ?? pack.Language, pack.Language, Lint.Read(draft.Text, context with { Language = language }, pack));
    }

    private static DraftContext ContextOf(CaseState state, List<string> said, Draft draft, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateOnly DayOf(DateTimeOffset at) => LocalDay.Of(at, zone);
        var promised = state.Remedies.Where(remedy => remedy.IsOpen).Select(remedy => new PromisedDay(DayOf(remedy.DueAt), remedy.What)).ToList();
        if (state.CheckBackDue is { } check)
            promised.Add(new(DayOf(check), "We ask whether it is put right"));
        if (state.NextContact is { } kept && draft.NextContact is not null)
            promised.Add(new(DayOf(kept.DueAt), kept.What));
        string?[] names = [state.Representative is { } other && other.SpeaksAt(now) ? other.Name : null, state.GreetingName, state.CustomerName];
        return new DraftContext
        {
            Names = [.. names.OfType<string>().Where(name => name.Length > 0 && !name.Contains('@')).OrderBy(name => name == state.GreetingName ? 0 : 1).Distinct()],
            CustomerWords = said.Count > 0 ? string.Join("\n\n", said.AsEnumerable().Reverse()) : state.Story,
            Happened = state.Summary?.Happened ?? "", Matters = string.Join("\n", new[] { state.Summary?.Matters, state.Summary?.Impact }.OfType<string>()),
            Issues = [.. state.Raised.Select(issue => new DraftIssue(issue.Id, issue.Words, issue.ToldAt is not null || state.IsSettled(issue)))],
            Decision = DecisionOf(state), Today = DayOf(now), NextContact = draft.NextContact ?? (state.NextContact is { } next ? DayOf(next.DueAt) : null), Promised = promised,
            Attachments = draft.Files, HasLink = HasLink(draft), Resolved = state.CheckBack?.Answer == CheckBackAnswer.Yes, Owner = state.OwnerName,
        };
    }

    /// <summary>What was decided over all issues: partly, as soon as they differ.</summary>
    private static Finding? DecisionOf(CaseState state)
    {
        var found = state.Raised.Select(issue => issue.Decision?.Finding).OfType<Finding>().Distinct().ToList();
        return found.Count switch { 0 => null, 1 => found[0], _ => Finding.PartlyUpheld };
    }

    private static bool HasLink(Draft draft) => draft.Html?.Contains("<a ", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>A draft as it stands in the form.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same with its shape; <c>null</c> without.</param>
/// <param name="Files">Names of the files that go with it.</param>
/// <param name="NextContact">The day that it promises on the form.</param>
/// <param name="Language">Its language, where that is known.</param>
public sealed record Draft(string Text, string? Html, IReadOnlyList<string> Files, DateOnly? NextContact = null, string? Language = null);

/// <summary>A draft that was read.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Language">Its language.</param>
/// <param name="Pack">The language of the phrases that it was read by; another than its own where there is no pack for that.</param>
/// <param name="Report">What was found.</param>
public sealed record ReadDraft(string Text, string Language, string Pack, DraftReport Report)
{
    /// <summary>There are phrases for its language.</summary>
    public bool Speaks => PhrasePacks.LanguageFor(Language) == Pack && Language.Split('-')[0] == Pack;

    /// <summary>The words that a hint is about, of one line; empty where it is about the whole.</summary>
    public string WordsOf(Hint hint) => hint.Length == 0 ? "" : string.Join(' ', Text.Substring(hint.Start, hint.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Drafts;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Dapper;

namespace Amends.Data;

/// <summary>
/// What helps to listen: a summary, the customer's open questions, issues and category, duplicates, cases like it, and what the company's
/// content has for it. All of it is a draft that a person accepts; nothing here changes a case, and nothing leaves this machine.
/// </summary>
public sealed class ListeningDesk(Database database, PlaybookDesk playbooks, CategoryMemory memory, OtherMatters others)
{
    /// <summary>A second guess below this is not worth reading.</summary>
    private const double LeastOfOthers = 0.05;

    private static readonly string SaidSql =
        $"""
        select {SaidRow.Columns} from messages m where m.case_number = @number and m.direction in (1, 2, 4) and m.automatic = 0 and
            (m.id in (select id from messages where case_number = @number and direction in (1, 2, 4) and automatic = 0 order by id desc limit {SaidMessage.Most - 1})
            or m.id = (select min(id) from messages where case_number = @number and direction in (1, 2, 4) and automatic = 0)) order by m.id
        """;

    /// <summary>SQL for what people said of the questions of a case; parameter <c>number</c>.</summary>
    internal const string MarksSql = "select q.question, q.answered, p.name from question_marks q join people p on p.id = q.person_id where q.case_number = @number";

    /// <summary>A draft of the summary.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<SummaryDraft> Summary(long number, CaseState state, CancellationToken ct = default)
    {
        var rows = await database.Read(async connection => (await connection.QueryAsync<SaidRow>(SaidSql, new { number })).AsList(), ct);
        return Summary(state, SaidRow.In(state, rows));
    }

    private static SummaryDraft Summary(CaseState state, IReadOnlyList<SaidText> said) =>
        SummaryDraft.Of(said, [.. state.Promises.Select(promise => (promise.Id, promise.What, promise.MadeAt, promise.IsOpen))], ListeningFiles.Words);

    /// <summary>All drafts for a case.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="company">For the day and what holds on it.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<CaseDrafts> Of(long number, CaseState state, Company company, DateTimeOffset now, CancellationToken ct = default)
    {
        var (rows, marks) = await database.Read(async connection => ((await connection.QueryAsync<SaidRow>(SaidSql, new { number })).AsList(), (await connection.QueryAsync<MarkRow>(MarksSql, new { number })).AsList()), ct);
        var (said, words) = (SaidRow.In(state, rows), ListeningFiles.Words);
        var own = await memory.Own(ct);
        var text = TextOf(state);
        List<CategoryGuess> guesses = [.. ListeningFiles.Categories.Guess(text, own).Where((guess, place) => place == 0 || guess.Confidence >= LeastOfOthers)];
        var category = state.Category?.Code ?? guesses.FirstOrDefault(guess => guess.Strength >= GuessStrength.Perhaps)?.Code;
        var (duplicates, similar) = await others.Of(number, state, text, category, ct);
        var paid = await playbooks.For(number, state, company, now, ct);
        var playbook = paid.Playbook ?? Playbook.Match(await playbooks.All(ct), category, state.Journey, paid.Order is not null, LocalDay.Of(now, company.Zone()));
        return new CaseDrafts(Summary(state, said), OpenQuestions.Of(said, MarksOf(marks), words), ProposedIssue.Of(said, [.. state.Raised.Select(issue => issue.Words)], ListeningFiles.Categories, own, words), guesses, own, duplicates, similar,
            SuggestedText.For(state, category, company.Content, playbook, ListeningFiles.Phrases, now), LanguageOf.Text(text) is not (null or "en"));
    }

    /// <summary>The customer's questions among messages that were read already.</summary>
    /// <param name="state">The case.</param>
    /// <param name="rows">Its messages, oldest first.</param>
    /// <param name="marks">What people said of them.</param>
    internal static IReadOnlyList<CustomerQuestion> Questions(CaseState state, IEnumerable<SaidRow> rows, IEnumerable<MarkRow> marks) =>
        OpenQuestions.Of(SaidRow.In(state, rows), MarksOf(marks), ListeningFiles.Words);

    /// <summary>Notes that a question is answered, or that it is not.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="question">Its key.</param>
    /// <param name="answered">It is answered.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>question</c>: that is the key of none.</exception>
    public static Task Mark(Unit unit, long number, string? question, bool answered, Actor by, DateTimeOffset at)
    {
        if (question is not { Length: 16 } || !question.All(char.IsAsciiHexDigitLower))
            throw new Refused("question", "Say which question it is about: open the page again, and press the button beside it.");
        return unit.Run(
            """
            insert into question_marks (case_number, question, answered, person_id, at) values (@number, @question, @answered, @Id, @at)
            on conflict (case_number, question) do update set answered = excluded.answered, person_id = excluded.person_id, at = excluded.at
            """, new { number, question, answered = answered ? 1 : 0, by.Id, at = at.ToUnixTimeMilliseconds() });
    }

    /// <summary>A case's own words: its subject and the story.</summary>
    internal static string TextOf(CaseState state) => $"{state.Subject}\n{Texts.Cut(state.Story, SaidMessage.Longest)}";

    private static List<QuestionMark> MarksOf(IEnumerable<MarkRow> rows) => [.. rows.Select(row => new QuestionMark(row.Question, row.Answered == 1, row.Name))];

    /// <summary>What somebody said of a question.</summary>
    internal sealed class MarkRow
    {
        public string Question { get; init; } = "";
        public int Answered { get; init; }
        public string Name { get; init; } = "";
    }
}

/// <summary>All drafts for a case.</summary>
/// <param name="Summary">What happened, what matters, what was promised.</param>
/// <param name="Questions">The customer's questions, oldest first.</param>
/// <param name="Issues">What they may have raised beside what the case has already.</param>
/// <param name="Categories">What it may be about, the likeliest first.</param>
/// <param name="Own">What the confirmed categories of this installation tell.</param>
/// <param name="Duplicates">Open cases that may be the same matter.</param>
/// <param name="Similar">Cases like it that were put right.</param>
/// <param name="Suggestions">What the company's content has for it.</param>
/// <param name="IsFallback">It is not in English: sentences are chosen by place, figures and marks alone.</param>
public sealed record CaseDrafts(SummaryDraft Summary, IReadOnlyList<CustomerQuestion> Questions, IReadOnlyList<ProposedIssue> Issues, IReadOnlyList<CategoryGuess> Categories, OwnCategories Own,
    IReadOnlyList<DuplicateFound> Duplicates, IReadOnlyList<SimilarFound> Similar, IReadOnlyList<SuggestedText> Suggestions, bool IsFallback);

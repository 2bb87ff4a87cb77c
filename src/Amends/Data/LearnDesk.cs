using System.Globalization;
using System.Text.Json;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Learning;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>What was learned from complaints, what a team decided week by week, and the hard cases that a lead approved to learn from.</summary>
public sealed class LearnDesk(Database database, StoredSettings settings)
{
    /// <summary>How many weeks of learnings can be asked for.</summary>
    public static IReadOnlyList<int> WeekChoices { get; } = [1, 4, 13, 52];

    /// <summary>The most learnings, and the most approved cases, that a list shows.</summary>
    public const int Shown = 200;

    /// <summary>The longest title and the longest story of an approved case.</summary>
    public const int LongestTitle = 120, LongestStory = 4000, LongestTakeaway = 500, LongestWhy = 500;

    /// <summary>What was learned in some days, newest first.</summary>
    /// <param name="from">From when on.</param>
    /// <param name="to">Before when.</param>
    /// <param name="search">Words that the line or the subject of its case holds, in any letters; all when empty.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<IReadOnlyList<Learning>> Learnings(DateTimeOffset from, DateTimeOffset to, string? search, CancellationToken ct = default)
    {
        var words = search?.Trim() ?? "";
        var rows = await database.Read(connection => connection.QueryAsync<EventRow>(
            "select e.case_number, e.kind, e.body, c.subject, c.category from events e join cases c on c.number = e.case_number where e.kind = 'lesson_learned' and e.at >= @from and e.at < @to order by e.at desc, e.case_number desc, e.seq desc",
            new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() }), ct);
        return [.. rows.Select(row => (Row: row, News: (LessonLearned)CaseJson.Event(row.Kind, row.Body))).Select(each => new Learning(each.Row.CaseNumber, each.Row.Subject, each.News.Lesson, each.News.At, each.Row.Category))
            .Where(each => words.Length == 0 || each.Words.Contains(words, StringComparison.OrdinalIgnoreCase) || each.Subject.Contains(words, StringComparison.OrdinalIgnoreCase)).Take(Shown)];
    }

    /// <summary>What was decided in the look at a week; <c>null</c> when nobody looked.</summary>
    public Task<LearnWeek?> Find(DateOnly week, CancellationToken ct = default) => Week("w.week = @week", week, ct);

    /// <summary>The last one before a week.</summary>
    public Task<LearnWeek?> Before(DateOnly week, CancellationToken ct = default) => Week("w.week < @week", week, ct);

    /// <summary>Keeps what was decided in place of what was kept of this week; both stay in its log.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="week">Its Monday.</param>
    /// <param name="decided">What was decided.</param>
    /// <param name="by">A lead or somebody above.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>owner</c>: nobody who works here; or what <see cref="LearnDecision.Checked"/> refuses.</exception>
    public static async Task Save(Unit unit, DateOnly week, LearnDecision decided, Actor by, DateTimeOffset now)
    {
        MustLead(by);
        var kept = decided.Checked(week);
        if (await unit.Value<string?>("select name from people where id = @owner and active = 1 and role > 0", new { owner = kept.OwnerId }) is not { } owner)
            throw new Refused("owner", "Choose somebody who works here.");
        var at = now.ToUnixTimeMilliseconds();
        var (action, decision, came) = (Storable.Of(kept.Action), Storable.Of(kept.Decision), Storable.Of(kept.Came));
        var line = JsonSerializer.Serialize(new LearnSave(at, by.Name, kept.People, action, owner, DayOf(kept.Due), (int)kept.Kind, decision, came)) + "\n";
        await unit.Run(
            """
            insert into learn_weeks (week, people, action, owner_id, due, kind, decision, came, saved_by, saved_at, log) values (@week, @People, @action, @OwnerId, @due, @kind, @decision, @came, @by, @at, @line)
            on conflict (week) do update set people = excluded.people, action = excluded.action, owner_id = excluded.owner_id, due = excluded.due, kind = excluded.kind, decision = excluded.decision, came = excluded.came,
                saved_by = excluded.saved_by, saved_at = excluded.saved_at, log = learn_weeks.log || excluded.log
            """, new { week = DayOf(week), kept.People, action, kept.OwnerId, due = DayOf(kept.Due), kind = (int)kept.Kind, decision, came, by = by.Id, at, line });
    }

    /// <summary>The learnings as CSV (RFC 4180), a line each.</summary>
    /// <param name="learnings">Which.</param>
    /// <param name="zone">The company's, for the days.</param>
    public static string Csv(IEnumerable<Learning> learnings, TimeZoneInfo zone) => ReportFile.Csv(
    [
        ["day", "learned", "case", "subject", "category"],
        .. learnings.Select(each => (IReadOnlyList<object?>)[DayOf(LocalDay.Of(each.At, zone)), each.Words, each.Number, each.Subject, each.Category]),
    ]);

    /// <summary>The approved cases that were not taken back, the newest week first; only those of one week where one is given.</summary>
    public Task<IReadOnlyList<LearnCase>> Cases(DateOnly? week = null, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<LearnCase>)(await connection.QueryAsync<LearnCase>(
        $"select l.case_number, l.week, l.title, l.story, l.takeaway, p.name as approved_by, l.approved_at from learn_cases l join people p on p.id = l.approved_by where l.taken_back_at is null {(week is null ? "" : "and l.week = @week")} order by l.week desc, l.id desc limit {Shown}",
        new { week = week is { } day ? DayOf(day) : "" })).AsList(), ct);

    /// <summary>Those that were taken back, the last one first, for leads.</summary>
    public Task<IReadOnlyList<TakenBackCase>> TakenBack(CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<TakenBackCase>)(await connection.QueryAsync<TakenBackCase>(
        $"select l.case_number, l.week, l.title, l.taken_back_why as why, p.name as taken_back_by, l.taken_back_at from learn_cases l join people p on p.id = l.taken_back_by where l.taken_back_at is not null order by l.taken_back_at desc, l.id desc limit {Shown}")).AsList(), ct);

    /// <summary>A lead takes an approved story back: nobody but leads sees that there was one; who approved it, who took it back and why stay in its log. Approved anew it is shown again.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="why">Why.</param>
    /// <param name="by">A lead or somebody above.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether there is an approved story of this case.</returns>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>why</c>: missing or too long.</exception>
    public static async Task<bool> TakeBack(Unit unit, long number, string? why, Actor by, DateTimeOffset now)
    {
        MustLead(by);
        var reason = Storable.Of(why?.Trim() ?? "");
        if (reason.Length is 0 or > LongestWhy)
            throw new Refused("why", reason.Length == 0 ? "Say why you take it back." : $"Keep it under {LongestWhy} characters.");
        return await unit.Run("update learn_cases set taken_back_at = @at, taken_back_by = @Id, taken_back_why = @reason, log = log || @line where case_number = @number and taken_back_at is null",
            new { at = now.ToUnixTimeMilliseconds(), by.Id, reason, number, line = LogLine(now, by, "taken back", reason) }) == 1;
    }

    /// <summary>A lead approves the story of a hard case, so that everybody who handles cases may read it; approved again it replaces what stood there.</summary>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>case</c>: the customer did not call it put right; <c>title</c>, <c>story</c> or <c>takeaway</c>: missing, too long, or it still names somebody.</exception>
    public async Task Approve(long number, string? title, string? story, string? takeaway, Actor by, DateTimeOffset now, CancellationToken ct = default)
    {
        var ready = await Ready(number, title, story, takeaway, by, ct);
        await database.Write(unit => Approve(unit, ready, by, now), ct);
    }

    /// <summary>Looks a story over before it is approved: who may, which case, and that it names nobody.</summary>
    /// <exception cref="Refused">As for <see cref="Approve(long, string?, string?, string?, Actor, DateTimeOffset, CancellationToken)"/>.</exception>
    public async Task<ReadyStory> Ready(long number, string? title, string? story, string? takeaway, Actor by, CancellationToken ct = default)
    {
        MustLead(by);
        var company = await settings.Company(ct);
        if (await LearnSource.Load(database, number, ct) is not { } source || HardCase.Of(number, source.State, 0, company.Currency) is null)
            throw new Refused("case", "Choose a complaint that the customer called put right.");
        return new(number, DayOf(LocalDay.MondayOf(LocalDay.Of(source.State.ClosedAt!.Value, company.Zone()))), Text(title, "title", "Give it a title.", LongestTitle), Text(story, "story", "Tell what happened and what was done.", LongestStory), Text(takeaway, "takeaway", "Say in a line what to take from it.", LongestTakeaway));

        string Text(string? typed, string code, string why, int most)
        {
            var text = Storable.Of(typed?.Trim() ?? "");
            if (text.Length == 0 || text.Length > most)
                throw new Refused(code, text.Length == 0 ? why : $"Keep it under {most} characters.");
            return HardStory.StillNames(text, source.Known) is [var name, ..] ? throw new Refused(code, $"It still says “{name}”. Write “the customer”, “somebody”, or leave it out.") : text;
        }
    }

    /// <summary>Approves a story that was looked over.</summary>
    public static async Task Approve(Unit unit, ReadyStory ready, Actor by, DateTimeOffset now) =>
        await unit.Run(
            """
            insert into learn_cases (case_number, week, title, story, takeaway, approved_by, approved_at, log) values (@number, @week, @title, @story, @takeaway, @by, @at, @line)
            on conflict (case_number) do update set week = excluded.week, title = excluded.title, story = excluded.story, takeaway = excluded.takeaway, approved_by = excluded.approved_by, approved_at = excluded.approved_at,
                taken_back_at = null, taken_back_by = null, taken_back_why = '', log = learn_cases.log || excluded.log
            """, new { number = ready.Number, week = ready.Week, title = ready.Title, story = ready.Story, takeaway = ready.Takeaway, by = by.Id, at = now.ToUnixTimeMilliseconds(), line = LogLine(now, by, "approved", "") });

    /// <summary>A day as it is kept.</summary>
    internal static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string LogLine(DateTimeOffset now, Actor by, string what, string why) => JsonSerializer.Serialize(new LearnCaseMove(now.ToUnixTimeMilliseconds(), by.Name, what, why)) + "\n";

    private static void MustLead(Actor by)
    {
        if (by is not { Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead or somebody above does this.");
    }

    private async Task<LearnWeek?> Week(string which, DateOnly week, CancellationToken ct) => (await database.Read(connection => connection.QueryFirstOrDefaultAsync<WeekRow>(
        $"select w.week, w.people, w.action, w.owner_id, o.name as owner, w.due, w.kind, w.decision, w.came, s.name as saved_by, w.saved_at, w.log from learn_weeks w join people o on o.id = w.owner_id join people s on s.id = w.saved_by where {which} order by w.week desc limit 1",
        new { week = DayOf(week) }), ct))?.Read();

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Category { get; init; }
    }

    private sealed class WeekRow
    {
        public string Week { get; init; } = "";
        public int People { get; init; }
        public string Action { get; init; } = "";
        public long OwnerId { get; init; }
        public string Owner { get; init; } = "";
        public string Due { get; init; } = "";
        public int Kind { get; init; }
        public string Decision { get; init; } = "";
        public string Came { get; init; } = "";
        public string SavedBy { get; init; } = "";
        public long SavedAt { get; init; }
        public string Log { get; init; } = "";

        public LearnWeek Read() => new(Day(Week), new(People, Action, OwnerId, Day(Due), (LearnAction)Kind, Decision, Came), Owner, SavedBy, DateTimeOffset.FromUnixTimeMilliseconds(SavedAt),
            [.. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<LearnSave>(line)!)]);

        private static DateOnly Day(string kept) => DateOnly.ParseExact(kept, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

/// <summary>A line of what was learned.</summary>
/// <param name="Number">The case.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Words">The line.</param>
/// <param name="At">When it was kept.</param>
/// <param name="Category">Code of the case's category; <c>null</c> when it has none.</param>
public sealed record Learning(long Number, string Subject, string Words, DateTimeOffset At, string? Category);

/// <summary>A look at a week.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Decided">What was decided.</param>
/// <param name="Owner">Whose the action is.</param>
/// <param name="SavedBy">Who kept it last.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Saves">Each time that it was kept, oldest first.</param>
public sealed record LearnWeek(DateOnly Week, LearnDecision Decided, string Owner, string SavedBy, DateTimeOffset SavedAt, IReadOnlyList<LearnSave> Saves);

/// <summary>What was kept of a week at a moment (Unix milliseconds).</summary>
public sealed record LearnSave(long At, string By, int People, string Action, string Owner, string Due, int Kind, string Decision, string Came);

/// <summary>A story that may be approved.</summary>
public sealed record ReadyStory(long Number, string Week, string Title, string Story, string Takeaway);

/// <summary>What happened to an approved story at a moment (Unix milliseconds): approved, or taken back and why.</summary>
public sealed record LearnCaseMove(long At, string By, string What, string Why);

/// <summary>A story that a lead took back.</summary>
public sealed class TakenBackCase
{
    public long CaseNumber { get; init; }
    public string Week { get; init; } = "";
    public string Title { get; init; } = "";
    public string Why { get; init; } = "";
    public string TakenBackBy { get; init; } = "";
    public long TakenBackAt { get; init; }
}

/// <summary>A hard case that went well, as a lead approved it; nothing in it names anybody.</summary>
public sealed class LearnCase
{
    public long CaseNumber { get; init; }
    public string Week { get; init; } = "";
    public string Title { get; init; } = "";
    public string Story { get; init; } = "";
    public string Takeaway { get; init; } = "";
    public string ApprovedBy { get; init; } = "";
    public long ApprovedAt { get; init; }
}

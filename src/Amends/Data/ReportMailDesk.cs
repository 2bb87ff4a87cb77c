using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data;

/// <summary>Which reports come to whom by mail, and when.</summary>
public sealed class ReportMailDesk(Database database, IEnumerable<MailedReport> reports)
{
    /// <summary>How many one person can have.</summary>
    public const int Most = 20;

    private const int Shown = 20;

    private const string Columns =
        """
        select r.id, r.person_id, p.name as person, r.report, r.days, r.category, r.rhythm, r.day, r.hour, r.format, r.made_at, r.due_at, r.paused_at, r.note
        from report_mails r join people p on p.id = r.person_id where r.ended_at is null
        """;

    /// <summary>All that can come by mail.</summary>
    public IReadOnlyList<MailedReport> Reports { get; } = [.. reports];

    /// <summary>One that this person may read; <c>null</c> when there is none.</summary>
    public MailedReport? For(string? key, Role role) => Reports.FirstOrDefault(report => report.Key == key && role >= report.From);

    /// <summary>Adds one.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="by">Who gets it.</param>
    /// <param name="plan">What comes, and when.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The company's zone.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="Refused">There is no such report for them, it cannot be of so many days or that category, or they have too many.</exception>
    public async Task<long> Add(Unit unit, Actor by, ReportMailPlan plan, DateTimeOffset now, TimeZoneInfo zone)
    {
        MustBeFor(by.Role, plan);
        if (await unit.Value<long>("select count(*) from report_mails where person_id = @Id and ended_at is null", new { by.Id }) >= Most)
            throw new Refused("too_many", $"You get {Most} reports by mail already. End one first.");
        return await unit.Value<long>(
            """
            insert into report_mails (person_id, report, days, category, rhythm, day, hour, format, made_at, due_at)
            values (@Id, @Report, @Days, @category, @rhythm, @Day, @Hour, @format, @at, @due) returning id
            """,
            new { by.Id, plan.Report, plan.Days, category = plan.Category ?? "", rhythm = (int)plan.Times.Rhythm, plan.Times.Day, plan.Times.Hour, format = (int)plan.Format, at = Ms(now), due = Ms(plan.Times.After(now, zone)) });
    }

    /// <summary>Changes what comes and when; its next time is by the new plan.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">Which.</param>
    /// <param name="by">Who; the owner may for all.</param>
    /// <param name="plan">What comes, and when.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The company's zone.</param>
    /// <returns>Whether there is one that they may change.</returns>
    /// <exception cref="Refused">As for a new one: whoever gets it must be allowed to read the report.</exception>
    public async Task<bool> Change(Unit unit, long id, Actor by, ReportMailPlan plan, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (await Mine(unit, id, by) is not { } mail)
            return false;
        MustBeFor(mail.PersonId == by.Id ? by.Role : (Role)await unit.Value<int>("select role from people where id = @PersonId", new { mail.PersonId }), plan);
        return await unit.Run("update report_mails set report = @Report, days = @Days, category = @category, rhythm = @rhythm, day = @Day, hour = @Hour, format = @format, due_at = @due, note = '' where id = @id and ended_at is null",
            new { id, plan.Report, plan.Days, category = plan.Category ?? "", rhythm = (int)plan.Times.Rhythm, plan.Times.Day, plan.Times.Hour, format = (int)plan.Format, due = Ms(plan.Times.After(now, zone)) }) == 1;
    }

    private void MustBeFor(Role role, ReportMailPlan plan)
    {
        if (For(plan.Report, role) is not { } report)
            throw new Refused("no_report", "Choose one of the reports.");
        if (!report.Days.Contains(plan.Days))
            throw new Refused("no_days", $"This report is about the last {string.Join(", ", report.Days.Order())} days. Choose one of them.");
        if (plan.Category is { } category && (!report.HasCategory || CategorySet.WordsOf(category) is null))
            throw new Refused("no_category", report.HasCategory ? "Choose one of the categories." : "This report is about all categories.");
        if (!Enum.IsDefined(plan.Format))
            throw new Refused("no_format", "Choose a CSV file or a workbook.");
    }

    /// <summary>One that this person may change: their own, or anybody's for the owner; <c>null</c> when there is none.</summary>
    private static async Task<ReportMail?> Mine(Unit unit, long id, Actor by) =>
        await unit.One<ReportMail>($"{Columns} and r.id = @id", new { id }) is { } mail && (mail.PersonId == by.Id || by.Role >= Role.Owner) ? mail : null;

    /// <summary>Those of one person, or of all.</summary>
    public Task<IReadOnlyList<ReportMail>> List(long? person, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<ReportMail>)(await connection.QueryAsync<ReportMail>(
        $"{Columns} and r.person_id between @least and @most order by r.person_id, r.id", new { least = person ?? 0, most = person ?? long.MaxValue })).AsList(), ct);

    /// <summary>Those whose time has come.</summary>
    public Task<IReadOnlyList<ReportMail>> Due(DateTimeOffset now, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<ReportMail>)(await connection.QueryAsync<ReportMail>(
        $"{Columns} and r.paused_at is null and r.due_at <= @at order by r.due_at limit 50", new { at = Ms(now) })).AsList(), ct);

    /// <summary>The newest letters to one person, or to all.</summary>
    public Task<IReadOnlyList<ReportLetter>> Letters(long? person, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<ReportLetter>)(await connection.QueryAsync<ReportLetter>(
        $"{LetterColumns} and r.person_id between @least and @most order by l.id desc limit {Shown}", new { least = person ?? 0, most = person ?? long.MaxValue })).AsList(), ct);

    /// <summary>A letter; <c>null</c> when there is none, or when it is somebody else's.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="person">Whose it must be; <c>null</c> for anybody's.</param>
    /// <param name="ct">The request's end.</param>
    public Task<ReportLetter?> Letter(long id, long? person, CancellationToken ct = default) => database.Read(connection => connection.QuerySingleOrDefaultAsync<ReportLetter>(
        $"{LetterColumns} and l.id = @id and r.person_id between @least and @most", new { id, least = person ?? 0, most = person ?? long.MaxValue }), ct);

    private const string LetterColumns = "select l.id, l.address, l.subject, l.state, l.made_at, l.reply, l.raw_digest from report_letters l join report_mails r on r.id = l.report_mail_id where 1 = 1";

    /// <summary>Pauses, goes on, ends, or sends now.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">Which.</param>
    /// <param name="turn">What.</param>
    /// <param name="by">Who; the owner may for all.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The company's zone.</param>
    /// <returns>Whether there is one that they may change.</returns>
    public static async Task<bool> Turn(Unit unit, long id, ReportMailTurn turn, Actor by, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (await Mine(unit, id, by) is not { } mail)
            return false;
        return await unit.Run(turn switch
        {
            ReportMailTurn.Pause => "update report_mails set paused_at = @now, note = '' where id = @id",
            ReportMailTurn.GoOn => "update report_mails set paused_at = null, note = '', due_at = @next where id = @id",
            ReportMailTurn.End => "update report_mails set ended_at = @now where id = @id",
            _ => "update report_mails set paused_at = null, note = '', due_at = @now where id = @id",
        }, new { id, now = Ms(now), next = Ms(mail.Times.After(now, zone)) }) == 1;
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}

/// <summary>What comes by mail.</summary>
/// <param name="Report">Name of the report.</param>
/// <param name="Days">Of how many days.</param>
/// <param name="Category">Code of a category; <c>null</c> for all.</param>
/// <param name="Times">When.</param>
/// <param name="Format">What is attached.</param>
public sealed record ReportMailPlan(string Report, int Days, string? Category, MailTimes Times, ReportMailFormat Format);

/// <summary>What is attached.</summary>
public enum ReportMailFormat
{
    /// <summary>The figures as CSV.</summary>
    Csv = 1,

    /// <summary>All tables as a workbook.</summary>
    Workbook,
}

/// <summary>What is done with one.</summary>
public enum ReportMailTurn
{
    /// <summary>None comes until further notice.</summary>
    Pause = 1,

    /// <summary>They come again.</summary>
    GoOn,

    /// <summary>None comes any more.</summary>
    End,

    /// <summary>One comes at once; the next at its time.</summary>
    Now,
}

/// <summary>A report that comes by mail.</summary>
public sealed class ReportMail
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>To whom it comes.</summary>
    public long PersonId { get; init; }

    /// <summary>Their name.</summary>
    public string Person { get; init; } = "";

    /// <summary>Name of the report.</summary>
    public string Report { get; init; } = "";

    /// <summary>Of how many days.</summary>
    public int Days { get; init; }

    /// <summary>Code of a category; empty for all.</summary>
    public string Category { get; init; } = "";

    /// <summary>A <see cref="MailRhythm"/>.</summary>
    public int Rhythm { get; init; }

    /// <summary>Day of the week or month.</summary>
    public int Day { get; init; }

    /// <summary>The hour.</summary>
    public int Hour { get; init; }

    /// <summary>What is attached.</summary>
    public ReportMailFormat Format { get; init; }

    /// <summary>Since when, Unix milliseconds.</summary>
    public long MadeAt { get; init; }

    /// <summary>When the next is due, Unix milliseconds.</summary>
    public long DueAt { get; init; }

    /// <summary>Since when it rests, Unix milliseconds.</summary>
    public long? PausedAt { get; init; }

    /// <summary>Why it rests, if nobody paused it.</summary>
    public string Note { get; init; } = "";

    /// <summary>When.</summary>
    public MailTimes Times => new((MailRhythm)Rhythm, Day, Hour);
}

/// <summary>A letter with a report.</summary>
public sealed class ReportLetter
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>To which address.</summary>
    public string Address { get; init; } = "";

    /// <summary>Its subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>1 waiting, 2 tried, 3 accepted, 5 failed, 6 kept (demo).</summary>
    public int State { get; init; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public long MadeAt { get; init; }

    /// <summary>The server's last words.</summary>
    public string Reply { get; init; } = "";

    /// <summary>The frozen mail, sealed.</summary>
    public string RawDigest { get; init; } = "";
}

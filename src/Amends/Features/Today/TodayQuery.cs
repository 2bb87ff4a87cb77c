using Amends.Data;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Features.Today;

/// <summary>What somebody owes today: each case once, under the most pressing thing about it.</summary>
public sealed class TodayQuery(Database database, TimeProvider clock)
{
    private const int Most = 200, MostUntaken = 20, MostHard = 5;

    // The reader's own open cases are a few hundred at most and come along the index of owners; of those that nobody has only what is due.
    private const string Columns = "c.number, c.subject, u.name as customer, c.owner_id, c.next_contact_at, c.reply_due_at, c.fix_due_at, c.check_back_at, c.call_at, c.unanswered_at, c.urgency, c.duty_due_at, c.state";

    internal static readonly string Sql =
        $"""
        select {Columns} from cases c join customers u on u.id = c.customer_id
        where c.closed_at is null and c.owner_id = @me and c.urgency <> {(int)Urgency.Resting}
            and (c.next_contact_at < @today or c.reply_due_at < @today or c.fix_due_at < @today or c.check_back_at < @today or c.call_at < @today or c.unanswered_at is not null or c.duty_due_at <= @today or c.urgency = {(int)Urgency.Danger})
        order by c.next_contact_at, c.number limit {Most + 1};
        select {Columns} from cases c join customers u on u.id = c.customer_id
        where c.closed_at is null and c.owner_id is null and c.next_contact_at < @today order by c.next_contact_at, c.number limit {MostUntaken};
        select {Columns} from cases c join customers u on u.id = c.customer_id
        where c.closed_at is null and c.is_hard = 1 and c.owner_id is null order by c.next_contact_at, c.number limit {MostHard};
        select count(*) from cases where closed_at is null and owner_id = @me and urgency = {(int)Urgency.Resting};
        select {Columns} from cases c join customers u on u.id = c.customer_id
        where c.closed_at is null and c.owner_id is null and c.duty_due_at <= @today order by c.duty_due_at, c.number limit {MostUntaken};
        select c.number, c.subject, u.name as customer, c.stop_sale_at from cases c join customers u on u.id = c.customer_id
        where c.stop_sale_at is not null order by c.stop_sale_at, c.number limit {MostUntaken};
        {OwedLines.HandedSql}
        """;

    /// <summary>Reads the day.</summary>
    /// <param name="me">Whose.</param>
    /// <param name="zone">The company's zone: where today ends.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Day> Read(long me, TimeZoneInfo zone, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = LocalTime.EndOfDay(now, zone);
        return await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(Sql, new { me, today = today.ToUnixTimeMilliseconds() });
            var mine = (await all.ReadAsync<Row>()).Select(row => row.Read(now, today)).ToList();
            var untaken = (await all.ReadAsync<Row>()).Select(row => row.Read(now, today)).ToList();
            var hard = (await all.ReadAsync<Row>()).Select(row => row.Read(now, today)).ToList();
            var resting = await all.ReadSingleAsync<int>();
            var owed = (await all.ReadAsync<Row>()).Select(row => row.Read(now, today)).Where(each => untaken.All(other => other.Number != each.Number)).ToList();
            var alerts = (await all.ReadAsync<AlertRow>()).Select(row => new Alert(row.Number, row.Subject, row.Customer, DateTimeOffset.FromUnixTimeMilliseconds(row.StopSaleAt))).ToList();
            return new Day([.. mine.Take(Most)], [.. untaken, .. owed], hard, resting, mine.Count > Most, alerts, [.. (await all.ReadAsync<OwedLines.Row>()).Select(row => row.Read())]);
        }, ct);
    }

    private sealed class AlertRow
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Customer { get; init; } = "";
        public long StopSaleAt { get; init; }
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Customer { get; init; } = "";
        public long NextContactAt { get; init; }
        public long? ReplyDueAt { get; init; }
        public long? FixDueAt { get; init; }
        public long? CheckBackAt { get; init; }
        public long? CallAt { get; init; }
        public long? UnansweredAt { get; init; }
        public int Urgency { get; init; }
        public long? DutyDueAt { get; init; }
        public string State { get; init; } = "";

        public Owed Read(DateTimeOffset now, DateTimeOffset today)
        {
            var (promise, end) = (DateTimeOffset.FromUnixTimeMilliseconds(NextContactAt), today.ToUnixTimeMilliseconds());
            var state = CaseJson.State(State);
            var late = state.Owed.Where(remedy => remedy.IsLate(now)).ToList();
            var (press, due) = this switch
            {
                { Urgency: (int)Domain.Cases.Urgency.Danger } => (Press.Danger, promise),
                { CallAt: { } ask, CheckBackAt: not null } when ask == CheckBackAt && ask < end => (Press.CheckBackCall, At(ask)),
                _ when promise < now => (Press.Overdue, promise),
                _ when late.Count > 0 => (Press.Late, late[0].DueAt),
                { DutyDueAt: { } rule } when rule <= end && rule <= now.ToUnixTimeMilliseconds() => (Press.Duty, At(rule)),
                { ReplyDueAt: { } reply } when reply < end => (Press.Reply, At(reply)),
                { CallAt: { } call } when call < end => (Press.Call, At(call)),
                { UnansweredAt: not null } => (Press.Unanswered, promise),
                { DutyDueAt: { } rule } when rule <= end => (Press.Duty, At(rule)),
                _ when promise < today => (Press.Promise, promise),
                { CheckBackAt: { } ask } when ask < end => (Press.CheckBack, At(ask)),
                { FixDueAt: { } fix } when fix < end => (Press.Fix, At(fix)),
                _ => (Press.Promise, promise),
            };
            return new(Number, Subject, Customer, press, due, state.NextContact?.What ?? "", state.FixDueAt < now, [.. state.Hardness], press == Press.Duty ? state.NextDuty?.Title : null) { Late = [.. late.Select(remedy => remedy.What)] };
        }

        private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }
}

/// <summary>Somebody's day.</summary>
/// <param name="Mine">What they owe.</param>
/// <param name="Untaken">What is due and nobody has.</param>
/// <param name="Hard">Hard ones that nobody has.</param>
/// <param name="Resting">How many of theirs rest until later.</param>
/// <param name="IsCut">There is more than is shown.</param>
/// <param name="Alerts">What may be dangerous, and nobody has said whether it is sold on.</param>
/// <param name="Handed">Lines that are theirs in cases of others, due today or late.</param>
public sealed record Day(IReadOnlyList<Owed> Mine, IReadOnlyList<Owed> Untaken, IReadOnlyList<Owed> Hard, int Resting, bool IsCut, IReadOnlyList<Alert> Alerts, IReadOnlyList<OwedLine> Handed);

/// <summary>Something dangerous of which nobody has said whether it is sold on.</summary>
/// <param name="Number">The case.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Since">Since when it is asked.</param>
public sealed record Alert(long Number, string Subject, string Customer, DateTimeOffset Since);

/// <summary>One case in it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Who waits.</param>
/// <param name="Press">What presses most.</param>
/// <param name="Due">By when that is due.</param>
/// <param name="What">What the customer waits to hear.</param>
/// <param name="FixIsLate">It should have been put right by now.</param>
/// <param name="Hardness">Why it is a hard one, in a few words each.</param>
/// <param name="Duty">What a rule asks for, where that presses.</param>
public sealed record Owed(long Number, string Subject, string Customer, Press Press, DateTimeOffset Due, string What, bool FixIsLate, IReadOnlyList<string> Hardness, string? Duty = null)
{
    /// <summary>What they should have by now.</summary>
    public IReadOnlyList<string> Late { get; init; } = [];
}

/// <summary>What presses, most first.</summary>
public enum Press
{
    /// <summary>Somebody may be in danger.</summary>
    Danger,

    /// <summary>A promise is broken.</summary>
    Overdue,

    /// <summary>Something that they chose should be with them by now.</summary>
    Late,

    /// <summary>What a rule asks for is due today, or late.</summary>
    Duty,

    /// <summary>They wrote, and wait for an answer.</summary>
    Reply,

    /// <summary>A call is agreed.</summary>
    Call,

    /// <summary>They did not answer what we offered.</summary>
    Unanswered,

    /// <summary>A promise is due.</summary>
    Promise,

    /// <summary>It is time to call and ask whether it is put right.</summary>
    CheckBackCall,

    /// <summary>It is time to ask whether it is put right.</summary>
    CheckBack,

    /// <summary>It is to be put right.</summary>
    Fix,
}

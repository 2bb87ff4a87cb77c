using System.Collections.Concurrent;
using Amends.Data;
using Dapper;

namespace Amends.Features.Shared;

/// <summary>
/// How much waits where, and what else of a person every page shows. Read with one query, and again as soon as anything
/// was written here or another node said that it wrote; never older than a second. A desk that is only looked at asks once
/// a second and person, however many pages that is.
/// </summary>
public sealed class DeskNumbers(Database database, TimeProvider clock)
{
    private const int MostCounted = 999;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Kept> _kept = [];

    /// <summary>The numbers for one of us.</summary>
    /// <param name="person">Their id.</param>
    /// <param name="zone">The company's zone: where today ends.</param>
    /// <param name="ct">The request's end.</param>
    internal async Task<Row> For(long person, TimeZoneInfo zone, CancellationToken ct)
    {
        var changes = database.Changes;
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(person, out var kept) && kept.Changes == changes && (now - kept.At).Duration() < Fresh && clock.GetElapsedTime(kept.Ticks) < Fresh)
            return kept.Row;

        var ticks = clock.GetTimestamp();
        var row = await database.Read(connection => connection.QuerySingleAsync<Row>(Sql,
            new { me = person, Held = OutboxHold.Setting, now = now.ToUnixTimeMilliseconds(), today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds() }), ct);
        _kept[person] = new Kept(row, changes, now, ticks);
        return row;
    }

    // Each count stops at MostCounted rows, so that it costs the same on a desk with a million cases. The open cases are in
    // the order of their promises: those that are overdue are the first of those that are due today, and those of all.
    // The number stands in the statement: PostgreSQL plans a limit that it does not know anew at each execution.
    internal static readonly string Sql =
        $"""
        select
            (select preferences from people where id = @me) as preferences,
            (select value from settings where name = @Held) as held,
            (select available from people where id = @me) as available,
            (select count(*) from (select 1 from cases where closed_at is null and owner_id = @me limit {MostCounted}) x) as mine,
            o.team, o.overdue, o.due,
            (select count(*) from (select 1 from cases where closed_at is null and owner_id is null limit {MostCounted}) x) as unassigned,
            (select count(*) from (select 1 from cases where with_customer = 1 limit {MostCounted}) x) as with_customer,
            (select count(*) from (select 1 from cases where stage = 6 limit {MostCounted}) x) as follow_ups,
            (select count(*) from (select 1 from intake where state = 3 limit {MostCounted}) x) as quarantine,
            (select count(*) from (select 1 from cases where call_at is not null and call_at < @today limit {MostCounted}) x) as calls,
            (select count(*) from (select 1 from cases where approval_at is not null limit {MostCounted}) x) as approvals,
            (select count(*) from (select 1 from notices where person_id = @me and read_at is null limit {MostCounted}) x) as notices,
            (select count(*) from (select 1 from cases where second_look = 1 and closed_at is not null limit {MostCounted}) x)
                + (select count(*) from (select 1 from intake where second_look = 1 limit {MostCounted}) x) as second_look
        from (select count(*) as team, count(case when next_contact_at < @now then 1 end) as overdue, count(case when next_contact_at < @today then 1 end) as due
            from (select next_contact_at from cases where closed_at is null order by next_contact_at limit {MostCounted}) x) o
        """;

    private sealed record Kept(Row Row, long Changes, DateTimeOffset At, long Ticks);

    /// <summary>The numbers, as they were read.</summary>
    internal sealed class Row
    {
        public string? Preferences { get; init; }
        public string? Held { get; init; }
        public int Available { get; init; }
        public int Mine { get; init; }
        public int Team { get; init; }
        public int Unassigned { get; init; }
        public int Overdue { get; init; }
        public int Due { get; init; }
        public int WithCustomer { get; init; }
        public int FollowUps { get; init; }
        public int Calls { get; init; }
        public int Quarantine { get; init; }
        public int Notices { get; init; }
        public int SecondLook { get; init; }
        public int Approvals { get; init; }

        /// <summary>By the ids of <see cref="Navigation"/>.</summary>
        public Dictionary<string, int> Counts => new()
        {
            ["mine"] = Mine, ["team"] = Team, ["unassigned"] = Unassigned, ["overdue"] = Overdue, ["due"] = Due, ["with-customer"] = WithCustomer,
            ["follow-ups"] = FollowUps, ["calls"] = Calls, ["quarantine"] = Quarantine, ["notices"] = Notices, ["second-look"] = SecondLook, ["approvals"] = Approvals,
        };
    }
}

using System.Data.Common;
using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Staffing;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>What came in over some weeks, and who waits now: what the staffing report computes with.</summary>
/// <param name="Calls">Calls of customers.</param>
/// <param name="FromList">The telephone's list says so; otherwise people wrote them down.</param>
/// <param name="Missed">Of these calls, nobody answered.</param>
/// <param name="Length">How long calls are; <c>null</c> where too few are known, or so few people made them that it would say how long one of them takes.</param>
/// <param name="Written">Mail and messages of customers.</param>
/// <param name="Waiting">Who waits for a first word now.</param>
/// <param name="WaitingForUs">All open cases in which the customer spoke last.</param>
/// <param name="CallBacksDue">Call-backs whose time has come, and since when the first of them.</param>
public sealed record StaffingLog(ContactProfile Calls, bool FromList, int Missed, CallLength? Length, ContactProfile Written, WaitingNow Waiting, int WaitingForUs, (int Count, DateTimeOffset? Since) CallBacksDue)
{
    /// <summary>Seconds that a call leaves for the work right after it, where its length is measured and nothing else is said.</summary>
    public const int UsualAfterSeconds = 60;

    /// <summary>What holds where a manager says nothing: a measured length with a minute for the work after it, rounded to ten seconds.</summary>
    public StaffingQuestion Usual => Length is null ? new() : new() { EachSeconds = Math.Clamp((int)Math.Round((Length.MeanSeconds + UsualAfterSeconds) / 10) * 10, 10, 7200) };
}

/// <summary>The mean of all calls.</summary>
/// <param name="Calls">Of how many.</param>
/// <param name="MeanSeconds">In seconds.</param>
public sealed record CallLength(int Calls, double MeanSeconds);

/// <summary>Who waits for a first word of a person at this moment.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsCut">There are more; these are those who wait longest.</param>
/// <param name="ByClock">How long they wait.</param>
/// <param name="InOpenHours">How long of it we were open.</param>
/// <param name="Longest">The cases that wait longest, with their subjects and since when.</param>
public sealed record WaitingNow(int Count, bool IsCut, MinuteHistogram ByClock, MinuteHistogram InOpenHours, IReadOnlyList<(long Number, string Subject, DateTimeOffset Since)> Longest);

/// <summary>Reads it.</summary>
public static class StaffingDesk
{
    /// <summary>A day in milliseconds.</summary>
    internal const long DayMs = 86_400_000;

    /// <summary>Fewer people than this on the phone, and a mean would tell how long one of them takes.</summary>
    public const int FewestPeople = 3;

    /// <summary>Fewer calls than this say nothing about their length.</summary>
    public const int FewestCalls = 20;

    private const long SlotMs = 900_000; // a quarter of an hour: no zone's half hours begin elsewhere
    private const int MostByHand = 50_000, MostNamed = 8;

    /// <summary>So many who wait are counted at most.</summary>
    internal const int MostWaiting = 20_000;

    /// <summary>Reads whole days up to yesterday, and what waits at this moment.</summary>
    /// <param name="database">Where.</param>
    /// <param name="company">Whose hours.</param>
    /// <param name="weeks">How many weeks.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<StaffingLog> Read(Database database, Company company, int weeks, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var (zone, calendar) = (company.Zone(), company.Calendar());
        var (first, last) = DaysOf(weeks, now, zone);
        var range = Range.Of(first, last, zone);
        var list = await connection.QuerySingleAsync<ListRow>(
            """
            select coalesce(min(at), 0) as first, coalesce(max(at), 0) as last, cast(coalesce(sum(case when inbound = 1 and seconds = 0 then calls else 0 end), 0) as bigint) as missed
            from phone_calls where at >= @From and at < @To
            """, range);
        var fromList = list.Last > 0;
        var (from, to) = fromList ? (LocalDay.Of(At(list.First), zone), LocalDay.Of(At(list.Last), zone)) : (first, last);
        var (calls, missed) = fromList ? (await Slots(connection, "select at / 900000 as slot, cast(sum(calls) as bigint) as many from phone_calls where inbound = 1 and at >= @From and at < @To group by at / 900000", range), (int)list.Missed) : Counted(await ByHand(connection, range));
        var written = await Slots(connection, $"select at / 900000 as slot, count(*) as many from messages where {WrittenSql} group by at / 900000", range);
        var callBacks = await connection.QuerySingleAsync<DueRow>("select count(*) as due, coalesce(min(call_at), 0) as since from cases where call_at is not null and call_at <= @now and closed_at is null", new { now = now.ToUnixTimeMilliseconds() });
        return new StaffingLog(ContactProfile.Of(calls, calendar, from, to), fromList, missed, await Length(connection, range, fromList), ContactProfile.Of(written, calendar, first, last), await Waiting(connection, calendar, now),
            (int)await connection.ExecuteScalarAsync<long>("select count(*) from cases where closed_at is null and waits_for_us = 1"), ((int)callBacks.Due, callBacks.Since == 0 ? null : At(callBacks.Since)));
    }, ct);

    /// <summary>The whole days up to yesterday that so many weeks are.</summary>
    internal static (DateOnly First, DateOnly Last) DaysOf(int weeks, DateTimeOffset now, TimeZoneInfo zone) => (LocalDay.Of(now, zone).AddDays(-weeks * 7), LocalDay.Of(now, zone).AddDays(-1));

    /// <summary>What customers wrote in a range.</summary>
    internal static readonly string WrittenSql = $"direction = 1 and automatic = 0 and at >= @From and at < @To and channel not in ({(int)Channel.Phone}, {(int)Channel.InPerson})";

    /// <summary>Calls that people wrote down: those that were logged as theirs, those that nobody took, and cases that were opened on the phone without a logged call.</summary>
    internal static async Task<IReadOnlyList<CallByHand>> ByHand(DbConnection connection, Range range)
    {
        var events = (await connection.QueryAsync<EventRow>("select case_number, kind, body from events where kind in ('call_logged', 'they_rang') and at >= @From and at < @To order by at desc limit @MostByHand", new { range.From, range.To, MostByHand }))
            .Select(row => (row.CaseNumber, News: CaseJson.Event(row.Kind, row.Body))).ToList();
        var logged = events.Where(each => each.News is CallLogged).Select(each => each.CaseNumber).ToHashSet();
        var opened = (await connection.QueryAsync<OpenedRow>("select number, opened_at from cases where channel = 2 and opened_at >= @From and opened_at < @To order by opened_at desc limit @MostByHand", new { range.From, range.To, MostByHand }))
            .Where(row => !logged.Contains(row.Number)).Select(row => new CallByHand(At(row.OpenedAt), row.Number, false));
        var told = events.Select(each => each.News switch
        {
            CallLogged { TheyRang: true } call => new CallByHand(call.At, each.CaseNumber, false),
            TheyRang missed => new CallByHand(missed.RangAt, each.CaseNumber, true),
            _ => null,
        });
        return [.. told.OfType<CallByHand>(), .. opened];
    }

    private static (List<(DateTimeOffset, int)> Calls, int Missed) Counted(IReadOnlyList<CallByHand> calls) => ([.. calls.Select(call => (call.At, 1))], calls.Count(call => call.IsMissed));

    /// <summary>The mean over days on which enough people were on the phone; with one person alone at this desk, over all days.</summary>
    private static async Task<CallLength?> Length(DbConnection connection, Range range, bool fromList)
    {
        var alone = await connection.ExecuteScalarAsync<long>($"select count(*) from people where active = 1 and role >= 1") == 1 ? 1 : 0;
        var row = await connection.QuerySingleAsync<LengthRow>(fromList
            ? """
              select cast(coalesce(sum(c.calls), 0) as bigint) as calls, cast(coalesce(sum(c.calls * c.seconds), 0) as bigint) as seconds from phone_calls c
              where c.at >= @From and c.at < @To and c.inbound = 1 and c.seconds > 0 and (@alone = 1 or exists (select 1 from phone_days d where d.day = c.at / 86400000 and d.people >= @FewestPeople))
              """
            : """
              select count(*) as calls, cast(coalesce(sum(c.minutes * 60), 0) as bigint) as seconds from call_log c
              where c.at >= @From and c.at < @To and c.minutes > 0 and (@alone = 1 or c.at / 86400000 in (select l.at / 86400000 from call_log l where l.at >= @From and l.at < @To group by l.at / 86400000 having count(distinct l.person_id) >= @FewestPeople))
              """, new { range.From, range.To, alone, FewestPeople });
        return row.Calls < FewestCalls ? null : new CallLength((int)row.Calls, (double)row.Seconds / row.Calls);
    }

    /// <summary>Who waits for a first word, the longest first: one more than are counted when there are more.</summary>
    internal static async Task<IReadOnlyList<WaitingCase>> WhoWaits(DbConnection connection) => (await connection.QueryAsync<WaitingCase>(
        """
        select c.number, c.subject, c.opened_at from cases c
        where c.closed_at is null and c.waits_for_us = 1 and not exists (select 1 from messages m where m.case_number = c.number and m.direction in (2, 4) and m.automatic = 0)
        order by c.opened_at, c.number limit @limit
        """, new { limit = MostWaiting + 1 })).AsList();

    private static async Task<WaitingNow> Waiting(DbConnection connection, Calendar calendar, DateTimeOffset now)
    {
        var rows = await WhoWaits(connection);
        var (byClock, open) = (new MinuteHistogram(), new MinuteHistogram());
        foreach (var row in rows.Take(MostWaiting).Where(row => row.OpenedAt <= now.ToUnixTimeMilliseconds()))
        {
            byClock.Add(now - At(row.OpenedAt));
            open.Add(calendar.Between(At(row.OpenedAt), now));
        }

        return new((int)byClock.Count, rows.Count > MostWaiting, byClock, open, [.. rows.Take(MostNamed).Select(row => (row.Number, row.Subject, At(row.OpenedAt)))]);
    }

    private static async Task<List<(DateTimeOffset, int)>> Slots(DbConnection connection, string sql, Range range) =>
        [.. (await connection.QueryAsync<SlotRow>(sql, range)).Select(row => (At(row.Slot * SlotMs), (int)row.Many))];

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>From and to in Unix milliseconds; the end does not count.</summary>
    internal sealed record Range(long From, long To)
    {
        /// <summary>Of whole days.</summary>
        public static Range Of(DateOnly first, DateOnly last, TimeZoneInfo zone) => new(LocalDay.Begins(first, zone).ToUnixTimeMilliseconds(), LocalDay.Begins(last.AddDays(1), zone).ToUnixTimeMilliseconds());

        /// <summary>Whether a moment lies in it.</summary>
        public bool Has(DateTimeOffset at) => at.ToUnixTimeMilliseconds() is var ms && ms >= From && ms < To;
    }

    private sealed class ListRow
    {
        public long First { get; init; }
        public long Last { get; init; }
        public long Missed { get; init; }
    }

    private sealed class SlotRow
    {
        public long Slot { get; init; }
        public long Many { get; init; }
    }

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class OpenedRow
    {
        public long Number { get; init; }
        public long OpenedAt { get; init; }
    }

    private sealed class LengthRow
    {
        public long Calls { get; init; }
        public long Seconds { get; init; }
    }

    private sealed class DueRow
    {
        public long Due { get; init; }
        public long Since { get; init; }
    }
}

/// <summary>A call that somebody wrote down.</summary>
/// <param name="At">When.</param>
/// <param name="Number">On which case.</param>
/// <param name="IsMissed">Nobody answered it.</param>
internal sealed record CallByHand(DateTimeOffset At, long Number, bool IsMissed);

/// <summary>A case that waits for a first word.</summary>
internal sealed class WaitingCase
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public long OpenedAt { get; init; }
}

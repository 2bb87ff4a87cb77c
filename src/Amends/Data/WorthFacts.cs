using System.Data.Common;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>A complaint that ended, with what the report counts of it.</summary>
internal sealed class EndedCase
{
    private const long Day = 86_400_000;

    public long Number { get; init; }
    public long CustomerId { get; init; }
    public long OpenedAt { get; init; }
    public long ClosedAt { get; init; }
    public int Ends { get; init; }
    public string? Category { get; init; }
    public long Orders { get; init; }
    public long Total { get; init; }
    public long First { get; init; }
    public long? NextOrder { get; init; }
    public long? Earlier { get; init; }
    public int Confirmed { get; init; }

    /// <summary>How it ended.</summary>
    public Ending Ending => (Ending)Ends;

    /// <summary>Put right by the customer's own word.</summary>
    public bool IsRight => Ending == Ending.PutRight;

    /// <summary>When all of it was done, Unix milliseconds; when it ended where nobody said.</summary>
    public long FixedAt { get; set; }

    /// <summary>What it was put down to.</summary>
    public string? Cause { get; set; }

    /// <summary>The newest answer to the question whether it is put right.</summary>
    public CheckBackAnswered? Answer { get; set; }

    /// <summary>The kinds of remedy that were chosen.</summary>
    public HashSet<RemedyKind> Kinds { get; } = [];

    /// <summary>What is at stake in it.</summary>
    public CaseRisk Risk { get; set; } = CaseRisk.None;

    /// <summary>Why it mended what we had broken ourselves.</summary>
    public SelfMadeBy? SelfMade { get; set; }

    /// <summary>What it cost.</summary>
    public ComplaintCost Cost { get; set; } = new(0, 0);

    /// <summary>Their orders until they complained.</summary>
    public OrderHistory History => new((int)Orders, Total, DateTimeOffset.FromUnixTimeMilliseconds(First));

    /// <summary>Whether they ordered again within so many days; <c>null</c> while these are not over, or when no order is known.</summary>
    public bool? Again(int days, long now) => Orders == 0 || ClosedAt + days * Day > now ? null : NextOrder is { } next && next <= ClosedAt + days * Day;
}

/// <summary>Reads them.</summary>
internal static class WorthFacts
{
    /// <summary>The most complaints that are counted, the newest.</summary>
    public const int Most = 20_000;

    private const int MostOrders = 60_000;

    /// <summary>Complaints that ended in a stretch of time.</summary>
    public static async Task<List<EndedCase>> Ended(DbConnection connection, Database database, AssumptionBook book, string currency, DateTimeOffset from, DateTimeOffset now)
    {
        var (since, until) = (from.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        var cases = (await connection.QueryAsync<EndedCase>(
            $"""
            select c.number, c.customer_id, c.opened_at, c.closed_at, {OwnFigures.EndingSql} as ends, c.category, {WorthDesk.HistoryOf("c.customer_id", "c.opened_at")},
                (select min(o.placed_at) from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at) as next_order,
                (select max(p.number) from cases p where p.customer_id = c.customer_id and p.kind = 1 and p.number < c.number and (p.order_id = c.order_id or p.goes_on_in = c.number)) as earlier,
                case when exists (select 1 from events s where s.case_number = c.number and s.kind = 'summary_confirmed') then 1 else 0 end as confirmed
            from cases c where c.kind = 1 and c.closed_at >= @since and c.closed_at <= @until and c.close_reason in (1, 2, 7, 8) order by c.closed_at desc limit @Most
            """, new { since, until, currency, Most })).AsList();
        if (cases.Count == 0)
            return cases;
        foreach (var each in cases)
        {
            each.Risk = book.RiskOf(each.History, DateTimeOffset.FromUnixTimeMilliseconds(each.OpenedAt), currency);
            each.FixedAt = each.ClosedAt;
        }

        var known = cases.ToDictionary(each => each.Number);
        var costs = await Story(connection, database, known);
        await Costs(connection, database, known, costs, book, currency);
        await Earlier(connection, database, cases);
        return cases;
    }

    /// <summary>Orders with the first complaint about each, to compare who bought again.</summary>
    public static async Task<IReadOnlyList<BoughtOnce>> Orders(DbConnection connection, string currency, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset now)
    {
        var span = new { since = from.AddDays(-365).ToUnixTimeMilliseconds(), until = now.ToUnixTimeMilliseconds(), currency, MostOrders, Most };
        var orders = (await connection.QueryAsync<OrderRow>("select id, customer_id, placed_at, total_minor from orders where placed_at > @since and placed_at <= @until and currency = @currency order by placed_at desc limit @MostOrders", span)).AsList();
        var complaints = (await connection.QueryAsync<ComplaintRow>("select number, customer_id, order_id, opened_at from cases where kind = 1 and opened_at > @since and opened_at <= @until order by opened_at desc limit @Most", span)).ToLookup(row => row.CustomerId);
        return [.. orders.GroupBy(order => order.CustomerId).SelectMany(theirs =>
        {
            var first = complaints[theirs.Key].MinBy(row => row.OpenedAt);
            var about = first is null ? null : theirs.FirstOrDefault(order => order.Id == first.OrderId) ?? theirs.Where(order => order.PlacedAt <= first.OpenedAt).MaxBy(order => order.PlacedAt);
            return first is not null && about is null ? [] : theirs.Select(order => new BoughtOnce(theirs.Key, order.PlacedAt, MonthOf(order.PlacedAt, zone), order.TotalMinor, order == about ? first!.Number : null, order == about ? first!.OpenedAt : null));
        })];
    }

    private static int MonthOf(long at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone) is var local ? local.Year * 12 + local.Month : 0;

    /// <summary>Reads what happened in them; returns what lines are known to cost.</summary>
    private static async Task<Dictionary<(long, int), Money>> Story(DbConnection connection, Database database, Dictionary<long, EndedCase> known)
    {
        var costs = new Dictionary<(long, int), Money>();
        var numbers = known.Keys.ToArray();
        foreach (var row in await connection.QueryAsync<EventRow>($"select case_number, kind, body from events where kind in ('remedy_added', 'delivery_completed', 'case_closed', 'check_back_answered') and case_number {database.Among("@numbers")} order by case_number, seq", new { numbers }))
        {
            var each = known[row.CaseNumber];
            switch (CaseJson.Event(row.Kind, row.Body))
            {
                case RemedyAdded added:
                    each.Kinds.Add(added.Kind);
                    if (added.Data?.Cost is { } cost)
                        costs[(row.CaseNumber, added.Id)] = cost;
                    break;
                case DeliveryCompleted done:
                    (each.FixedAt, each.Cause) = (done.At.ToUnixTimeMilliseconds(), done.Cause);
                    break;
                case CaseClosed { Cause: { } cause }:
                    each.Cause = cause;
                    break;
                case CheckBackAnswered answered:
                    each.Answer = answered;
                    break;
            }
        }

        return costs;
    }

    private static async Task Costs(DbConnection connection, Database database, Dictionary<long, EndedCase> known, Dictionary<(long, int), Money> costs, AssumptionBook book, string currency)
    {
        var numbers = known.Keys.ToArray();
        var booked = (await connection.QueryAsync<BookedRow>($"select case_number, remedy_id, remedy_kind, sum(minor) as minor from ledger_lines where account = 1 and currency = @currency and case_number {database.Among("@numbers")} group by case_number, remedy_id, remedy_kind", new { numbers, currency })).ToLookup(row => row.CaseNumber);
        var work = (await connection.QueryAsync<WorkRow>($"select case_number, sum(seconds) as seconds from case_work where case_number {database.Among("@numbers")} group by case_number", new { numbers })).ToDictionary(row => row.CaseNumber, row => row.Seconds);
        var lines = (await connection.QueryAsync<HandRow>($"select case_number, kind, sum(minutes) as minutes, sum(case when currency = @currency then minor else 0 end) as minor from case_costs where case_number {database.Among("@numbers")} group by case_number, kind", new { numbers, currency })).ToLookup(row => row.CaseNumber);
        foreach (var (number, each) in known)
        {
            long By(CostKind kind) => lines[number].Where(line => line.Kind == (int)kind).Sum(line => line.Minor);
            var seconds = work.GetValueOrDefault(number) + lines[number].Sum(line => line.Minutes * 60);
            each.Cost = new(book.Labour(seconds, currency).Minor, CaseCosts.AtCost(booked[number].Select(row => (row, costs.TryGetValue((number, row.RemedyId), out var cost) ? cost : (Money?)null)), 1 - book.Margin, currency), By(CostKind.Shipping), By(CostKind.WrittenOff), By(CostKind.LostMargin));
        }
    }

    /// <summary>Looks at the complaints before them about the same order, or that they go on from.</summary>
    private static async Task Earlier(DbConnection connection, Database database, List<EndedCase> cases)
    {
        var numbers = cases.Select(each => each.Earlier).OfType<long>().Distinct().ToArray();
        var broken = numbers.Length == 0 ? [] : (await connection.QueryAsync<BrokenRow>(
            $"select case_number, max(case when kind = 'next_contact_missed' then 1 else 0 end) as missed, max(case when kind = 'remedy_failed' then 1 else 0 end) as failed from events where kind in ('next_contact_missed', 'remedy_failed') and case_number {database.Among("@numbers")} group by case_number",
            new { numbers })).ToDictionary(row => row.CaseNumber);
        foreach (var each in cases)
        {
            var before = each.Earlier is { } earlier ? broken.GetValueOrDefault(earlier) : null;
            each.SelfMade = SelfMade.Of(new(each.Category, each.Cause, before?.Failed == 1, before?.Missed == 1));
        }
    }

    private sealed class OrderRow
    {
        public long Id { get; init; }
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
    }

    private sealed class ComplaintRow
    {
        public long Number { get; init; }
        public long CustomerId { get; init; }
        public long? OrderId { get; init; }
        public long OpenedAt { get; init; }
    }

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class WorkRow
    {
        public long CaseNumber { get; init; }
        public long Seconds { get; init; }
    }

    private sealed class HandRow
    {
        public long CaseNumber { get; init; }
        public int Kind { get; init; }
        public long Minutes { get; init; }
        public long Minor { get; init; }
    }

    private sealed class BrokenRow
    {
        public long CaseNumber { get; init; }
        public int Missed { get; init; }
        public int Failed { get; init; }
    }
}

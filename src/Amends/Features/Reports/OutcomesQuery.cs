using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Features.Reports;

/// <summary>Reads what came of the last days, and of as many days before them.</summary>
public sealed class OutcomesQuery(Database database)
{
    private const int FewestComplaints = 3; // fewer are no pattern
    private const int MostPatterns = 8;
    private const int MostImprovements = 6;
    private const int MostLessons = 20;

    /// <summary>Loads the report.</summary>
    /// <param name="days">How many days.</param>
    /// <param name="now">Its end.</param>
    /// <param name="zone">Where days begin at midnight.</param>
    /// <param name="ct">The request's end.</param>
    public Task<OutcomesReport> Read(int days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
    {
        var (from, before) = (now.AddDays(-days), now.AddDays(-2 * days));
        var times = new { from = from.ToUnixTimeMilliseconds(), before = before.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(), span = (long)TimeSpan.FromDays(days).TotalMilliseconds, FewestComplaints };
        var history = (await connection.QueryAsync<EventRow>(
            """
            select case_number, kind, body from events
            where kind in ('next_contact_kept', 'next_contact_missed', 'delivery_completed', 'check_back_answered', 'case_closed') and at >= @before and at <= @now order by at, case_number, seq
            """, times)).Select(row => (row.CaseNumber, News: CaseJson.Event(row.Kind, row.Body))).ToList();
        var counts = await connection.QuerySingleAsync<CountRow>(
            """
            select count(case when c.opened_at >= @from then 1 end) as now_complaints, count(case when c.opened_at < @from then 1 end) as before_complaints,
                count(case when c.opened_at >= @from and exists (select 1 from cases e where e.customer_id = c.customer_id and e.kind = 1 and e.opened_at < c.opened_at and e.opened_at >= c.opened_at - @span) then 1 end) as now_again,
                count(case when c.opened_at < @from and exists (select 1 from cases e where e.customer_id = c.customer_id and e.kind = 1 and e.opened_at < c.opened_at and e.opened_at >= c.opened_at - @span) then 1 end) as before_again,
                (select count(*) from orders where placed_at >= @from and placed_at <= @now) as now_orders, (select count(*) from orders where placed_at >= @before and placed_at < @from) as before_orders
            from cases c where c.kind = 1 and c.opened_at >= @before and c.opened_at <= @now
            """, times);
        var patterns = (await connection.QueryAsync<PatternRow>(string.Join(" union all ", new[] { "product", "lot", "carrier" }.Select(Pattern)), times))
            .Select(row => new Pattern(row.Sort, row.Name, new Proportion(row.Complaints, row.Orders)))
            .Where(pattern => counts.NowOrders > 0 && pattern.Share.Share > (double)counts.NowComplaints / counts.NowOrders) // more often than the rest
            .OrderByDescending(pattern => pattern.Share.Interval!.Value.Low).ThenBy(pattern => pattern.Name).Take(MostPatterns).ToList();
        var lessons = (await connection.QueryAsync<EventRow>(
            """
            select e.case_number, e.kind, e.body from events e where e.kind = 'lesson_learned' and e.at >= @from and e.at <= @now order by e.at desc, e.case_number, e.seq desc
            """, times)).Select(row => (row.CaseNumber, News: (LessonLearned)CaseJson.Event(row.Kind, row.Body))).ToList();
        var improvements = (await connection.QueryAsync<ImprovementRow>(
            "select i.id, i.since, i.what, p.name from improvements i join people p on p.id = i.noted_by where i.since > 0 order by i.since desc, i.id desc limit @MostImprovements", new { MostImprovements })).AsList();
        var promised = (await connection.QueryAsync<PromisedRow>("select improvement_id, case_number from improvement_cases order by case_number, remedy_id")).ToLookup(row => row.ImprovementId, row => row.CaseNumber);
        return new OutcomesReport(days, now, zone)
        {
            This = new Stretch(OutcomeTally.Of(history.Where(each => each.News.At >= from)), counts.NowComplaints, counts.NowAgain, counts.NowOrders),
            Last = new Stretch(OutcomeTally.Of(history.Where(each => each.News.At < from)), counts.BeforeComplaints, counts.BeforeAgain, counts.BeforeOrders),
            Bars = PromiseBar.Of(history.Select(each => each.News).Where(news => news.At >= from), from, now, zone),
            Patterns = patterns,
            Lessons = [.. lessons.Take(MostLessons).Select(each => new LearnedFrom(each.CaseNumber, each.News.Lesson, each.News.At))],
            LearnedFrom = lessons.Select(each => each.CaseNumber).Distinct().Count(),
            Improvements = [.. improvements.Select(row => Improvement.Of(row.What, row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.Since), history.Select(each => each.News)) with { Cases = [.. promised[row.Id].Distinct()] })],
        };
    }, ct);

    /// <summary>Orders of a product, lot or carrier, by the day of the order, and how many of them led to a complaint.</summary>
    private static string Pattern(string column) =>
        $"""
        select '{column}' as sort, name, cast(sum(orders) as bigint) as orders, cast(sum(complaints) as bigint) as complaints from (
            select o.{column} as name, count(*) as orders, 0 as complaints from orders o where o.placed_at >= @from and o.placed_at <= @now and o.{column} <> '' group by o.{column}
            union all
            select o.{column} as name, 0 as orders, count(distinct o.id) as complaints from cases c join orders o on o.id = c.order_id
                where c.kind = 1 and c.opened_at >= @from and o.placed_at >= @from and o.placed_at <= @now and o.{column} <> '' group by o.{column}
        ) as {column}s group by name having sum(complaints) >= @FewestComplaints
        """;

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class PromisedRow
    {
        public long ImprovementId { get; init; }
        public long CaseNumber { get; init; }
    }

    private sealed class CountRow
    {
        public int NowComplaints { get; init; }
        public int BeforeComplaints { get; init; }
        public int NowAgain { get; init; }
        public int BeforeAgain { get; init; }
        public int NowOrders { get; init; }
        public int BeforeOrders { get; init; }
    }

    private sealed class PatternRow
    {
        public string Sort { get; init; } = "";
        public string Name { get; init; } = "";
        public int Orders { get; init; }
        public int Complaints { get; init; }
    }

    private sealed class ImprovementRow
    {
        public long Id { get; init; }
        public long Since { get; init; }
        public string What { get; init; } = "";
        public string Name { get; init; } = "";
    }
}

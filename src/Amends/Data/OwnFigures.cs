using System.Data.Common;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Advice;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>Counts what takes the place of assumptions: who stayed, who came back, how many were told, what finding a customer costs.</summary>
internal static class OwnFigures
{
    private const int Most = 20_000, MostOrders = 30_000, MostAnswers = 10_000;
    private const int SpendMonths = 12;

    /// <summary>
    /// How a complaint ended: 1 put right by the customer's own word, 3 not (they said so last, or there was no agreement), 4 nobody knows. The case is <c>c</c>.
    /// </summary>
    public const string EndingSql = "case when c.close_reason = 1 then 1 when c.close_reason in (7, 8) or (c.close_reason = 2 and exists (select 1 from events a where a.case_number = c.number and a.kind = 'check_back_answered')) then 3 when c.close_reason = 2 then 4 end";

    /// <summary>All that can be counted, by the key of the assumption.</summary>
    public static async Task<IReadOnlyDictionary<string, OwnFigure?>> Count(DbConnection connection, ReportCounts counts, string currency, double costShare, LowMidHigh<long> labourHour, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (year, before, begin) = (Ms(now.AddDays(-365)), Ms(now.AddDays(-730)), Ms(now.AddDays(-1095)));
        var today = LocalDay.Of(now, zone);
        var own = new Dictionary<string, OwnFigure?>();
        var left = (await connection.QueryAsync<LeftRow>(
            $"""
            select {EndingSql} as ending, case when c.closed_at - c.opened_at <= 604800000 then 1 else 0 end as quick, case when exists (select 1 from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at and o.placed_at <= c.closed_at + 31536000000) then 1 else 0 end as again
            from cases c where c.kind = @complaint and c.closed_at > @begin and c.closed_at <= @year and c.close_reason in (1, 2, 7, 8) and exists (select 1 from orders o where o.customer_id = c.customer_id)
            order by c.closed_at desc limit @Most
            """, new { complaint = (int)CaseKind.Complaint, begin, year, Most })).AsList();
        own[AssumptionBook.LeaveResolved] = Share(left.Where(row => row.Ending == 1), row => row.Again == 0, today.AddDays(-1095));
        own[AssumptionBook.LeaveUnresolved] = Share(left.Where(row => row.Ending == 3), row => row.Again == 0, today.AddDays(-1095));
        own[AssumptionBook.ReturnQuick] = Share(left.Where(row => row is { Ending: 1, Quick: 1 }), row => row.Again == 1, today.AddDays(-1095));
        own[AssumptionBook.Told] = OwnFigure.Mean([.. (await connection.QueryAsync<EventRow>("select kind, body from events where kind = 'check_back_answered' and at > @before order by at desc limit @MostAnswers", new { before, MostAnswers }))
            .Select(row => ((CheckBackAnswered)CaseJson.Event(row.Kind, row.Body)).Survey?.Told).OfType<int>().Select(told => (double)told)], today.AddDays(-730));
        var voices = await connection.QuerySingleAsync<VoiceRow>("select coalesce(sum(asked), 0) as asked, coalesce(sum(told), 0) as told, min(asked_on) as since from voice_surveys");
        own[AssumptionBook.Voice] = voices.Since is { } first ? OwnFigure.Of(new((int)voices.Told, (int)voices.Asked), DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture)) : null;
        var kept = await connection.QuerySingleAsync<KeptRow>(
            """
            select count(*) as customers, coalesce(sum(case when exists (select 1 from orders o where o.customer_id = b.customer_id and o.placed_at > @year and o.placed_at <= @now) then 1 else 0 end), 0) as again
            from (select distinct customer_id from (select customer_id from orders where placed_at > @before and placed_at <= @year order by placed_at desc limit @MostOrders) r) b
            """, new { year, before, now = Ms(now), MostOrders });
        own[AssumptionBook.Retention] = OwnFigure.Of(new((int)kept.Again, (int)kept.Customers), today.AddDays(-730));
        own[AssumptionBook.LoyalMultiple] = OwnFigure.Mean([.. await connection.QueryAsync<double>(
            """
            select cast(sum(o.total_minor) as double precision) / max(f.total_minor) from (select distinct customer_id from (select customer_id from orders where placed_at <= @before order by placed_at desc limit @Most) r) b
            join orders o on o.customer_id = b.customer_id join orders f on f.id = (select e.id from orders e where e.customer_id = b.customer_id order by e.placed_at, e.id limit 1)
            where f.total_minor > 0 and o.currency = @currency and f.currency = @currency group by b.customer_id
            """, new { before, currency, Most })], today.AddDays(-730));
        await Spent(connection, counts, own, currency, costShare, labourHour);
        return own;
    }

    /// <summary>What remedies cost us, in minor units, by the books: money as it is, vouchers as far as they are used, things and work at cost.</summary>
    /// <param name="kinds">What was booked, minor units by kind of remedy.</param>
    /// <param name="costShare">Cost of goods in their price, 0 to 1.</param>
    public static long AtCost(IEnumerable<(int Kind, long Minor)> kinds, double costShare) =>
        (long)Math.Round(kinds.Sum(each => Margin.CostOf((Domain.Remedies.RemedyKind)each.Kind, each.Minor, (decimal)costShare)), MidpointRounding.AwayFromZero);

    private static async Task Spent(DbConnection connection, ReportCounts counts, Dictionary<string, OwnFigure?> own, string currency, double costShare, LowMidHigh<long> labourHour)
    {
        var months = (await connection.QueryAsync<SpendRow>("select month, minor, new_customers from acquisition_spend where currency = @currency order by month desc limit @SpendMonths", new { currency, SpendMonths })).AsList();
        var (found, spent) = (months.Sum(row => row.NewCustomers), months.Sum(row => row.Minor));
        if (found == 0)
            return;
        var major = (double)new Money(1, currency).Major;
        var each = months.Where(row => row.NewCustomers > 0).Select(row => (double)row.Minor / row.NewCustomers).ToList();
        var since = DateOnly.ParseExact(months[^1].Month + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var mean = (double)spent / found;
        own[AssumptionBook.Acquisition] = new(Math.Min(mean, each.Min()) * major, mean * major, Math.Max(mean, each.Max()) * major, (int)found, since);

        var until = DateOnly.ParseExact(months[0].Month + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddMonths(1).AddDays(-1);
        var spending = (await WorthSums.Keeping(counts, new(since, until, null))).Values.ToList();
        var (remedies, seconds) = (AtCost(spending.SelectMany(month => month.Booked), costShare), spending.Sum(month => month.Seen));
        var right = (await WorthSums.Read(counts, new(since, until, null))).Ended(Ending.PutRight);
        var keeping = labourHour.To(hour => right == 0 ? 0 : (remedies + seconds / 3600.0 * hour) / right);
        if (keeping.Low > 0)
            own[AssumptionBook.AcquireToKeep] = new(Math.Min(mean, each.Min()) / keeping.High, mean / keeping.Mid, Math.Max(mean, each.Max()) / keeping.Low, (int)Math.Min(found, right), since);
    }

    private static OwnFigure? Share(IEnumerable<LeftRow> rows, Func<LeftRow, bool> holds, DateOnly since) => rows.ToList() is var all ? OwnFigure.Of(new Proportion(all.Count(holds), all.Count), since) : null;

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private sealed class LeftRow
    {
        public int Ending { get; init; }
        public int Quick { get; init; }
        public int Again { get; init; }
    }

    private sealed class EventRow
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class VoiceRow
    {
        public long Asked { get; init; }
        public long Told { get; init; }
        public string? Since { get; init; }
    }

    private sealed class KeptRow
    {
        public long Customers { get; init; }
        public long Again { get; init; }
    }

    private sealed class SpendRow
    {
        public string Month { get; init; } = "";
        public long Minor { get; init; }
        public long NewCustomers { get; init; }
    }
}

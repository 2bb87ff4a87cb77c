using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Amends.Tests.Channels.Email;
using Measure = Amends.Domain.Reports.Measure;

namespace Amends.Tests.Storage;

/// <summary>What complaints are worth and what they cost, asked of the tables case by case, without anything that is kept for reports: slow, and right.</summary>
internal static class WorthRecount
{
    private const long Day = 86_400_000;

    /// <summary>The sums as they have to be.</summary>
    public static async Task<Dictionary<Cell, long>> Cells(Desk desk)
    {
        var company = await desk.Get<StoredSettings>().Company();
        var (zone, currency, cells) = (company.Zone(), company.Currency, new Dictionary<Cell, long>());
        void Add(Measure measure, DateOnly day, string category, long part, long bucket = 0, long count = 1)
        {
            foreach (var cell in count == 0 ? [] : Cell.Of(new(measure, day.DayNumber, part, (int)bucket), category))
                cells[cell] = cells.GetValueOrDefault(cell) + count;
        }

        DateOnly On(long ms) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), zone).DateTime);
        static DateOnly Iso(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        var booked = await desk.Rows<Booked>("select l.case_number, l.remedy_id, l.remedy_kind, l.booked_on, l.minor, coalesce(c.category, '') as category from ledger_lines l join cases c on c.number = l.case_number where l.account = 1 and l.currency = @currency", new { currency });
        foreach (var line in booked)
            Add(Measure.Keeping, Iso(line.BookedOn), line.Category, (line.Minor > 0 ? 100 : 200) + line.RemedyKind, 0, Math.Abs(line.Minor));
        var costs = (await desk.Rows<Cost>("select w.case_number, w.day, 1 as part, w.seconds as amount, coalesce(c.category, '') as category from case_work w join cases c on c.number = w.case_number"))
            .Concat((await desk.Rows<Cost>("select w.case_number, w.at, w.kind + 1 as part, case when w.kind = 1 then w.minutes * 60 when w.currency = @currency then w.minor else 0 end as amount, coalesce(c.category, '') as category from case_costs w join cases c on c.number = w.case_number", new { currency }))).ToList();
        foreach (var cost in costs)
            Add(Measure.Keeping, cost.Day.Length > 0 ? Iso(cost.Day) : On(cost.At), cost.Category, cost.Part, 0, cost.Amount);

        foreach (var each in await desk.Rows<Ended>(
            """
            select c.number, coalesce(c.owner_id, 0) as owner_id, c.opened_at, c.closed_at, coalesce(c.category, '') as category,
                case when c.close_reason = 1 then 1 when c.close_reason in (7, 8) or exists (select 1 from events a where a.case_number = c.number and a.kind = 'check_back_answered') then 3 else 4 end as ending,
                (select count(*) from orders o where o.customer_id = c.customer_id and o.currency = @currency and o.placed_at <= c.opened_at) as orders, (select coalesce(sum(o.total_minor), 0) from orders o where o.customer_id = c.customer_id and o.currency = @currency and o.placed_at <= c.opened_at) as total,
                (select coalesce(min(o.placed_at), 0) from orders o where o.customer_id = c.customer_id and o.currency = @currency and o.placed_at <= c.opened_at) as first, (select min(o.placed_at) from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at) as next_order,
                (select max(p.number) from cases p where p.customer_id = c.customer_id and p.kind = 1 and p.number < c.number and (p.order_id = c.order_id or p.goes_on_in = c.number)) as earlier
            from cases c where c.kind = 1 and c.closed_at is not null and c.close_reason in (1, 2, 7, 8)
            """, new { currency }))
        {
            var log = (await desk.Rows<(string Kind, string Body)>("select kind, body from events where case_number = @Number order by seq", new { each.Number })).Select(row => CaseJson.Event(row.Kind, row.Body)).ToList();
            var broken = await desk.Rows<string>("select distinct kind from events where case_number = @Earlier and kind in ('next_contact_missed', 'remedy_failed')", new { Earlier = each.Earlier ?? 0 });
            var (day, done, said) = (On(each.ClosedAt), log.OfType<DeliveryCompleted>().LastOrDefault(), log.OfType<CheckBackAnswered>().LastOrDefault());
            var cause = log.Aggregate((string?)null, (known, news) => news switch { DeliveryCompleted e => e.Cause, CaseClosed { Cause: { } named } => named, _ => known });
            var selfMade = each.Category.Split('.')[0] is "SRV" or "HND" || cause == "service" ? 1 : broken.Contains("remedy_failed") ? 2 : broken.Contains("next_contact_missed") ? 3 : 0;
            Add(Measure.WorthEnded, day, each.Category, selfMade, each.Ending);
            Add(Measure.EndedBy, day, each.Category, each.OwnerId, 10 * selfMade + each.Ending);

            var sorts = new HashSet<int>();
            foreach (var remedy in booked.Where(line => line.CaseNumber == each.Number).GroupBy(line => line.RemedyId).Where(lines => lines.Sum(line => line.Minor) > 0))
            {
                var known = log.OfType<RemedyAdded>().LastOrDefault(added => added.Id == remedy.Key)?.Data?.Cost is { } cost && cost.Currency == currency ? cost.Minor : (long?)null;
                Add(Measure.WorthSpent, day, each.Category, known is null ? 100 + remedy.First().RemedyKind : 6, 0, known ?? remedy.Sum(line => line.Minor));
                sorts.Add(2);
            }

            foreach (var cost in costs.Where(cost => cost.CaseNumber == each.Number && cost.Amount > 0))
            {
                Add(Measure.WorthSpent, day, each.Category, cost.Part, 0, cost.Amount);
                sorts.Add(cost.Part <= 2 ? 1 : 3);
            }

            foreach (var sort in sorts)
                Add(Measure.WorthCostly, day, each.Category, sort);
            var kinds = log.OfType<RemedyAdded>().Select(added => (int)added.Kind).Distinct().ToList();
            foreach (var kind in kinds)
                Add(Measure.RemedyAnswered, day, each.Category, kind, said is null ? 0 : said.Answer == CheckBackAnswer.Yes ? 1 : 2);
            if (each.Orders == 0)
                continue;
            Add(Measure.WorthRevenue, day, each.Category, each.Ending, 0, (long)Math.Round(each.Total / Math.Max(1, (log[0].At - DateTimeOffset.FromUnixTimeMilliseconds(each.First)).TotalDays / 365.25), MidpointRounding.AwayFromZero));
            var after = each.NextOrder - each.ClosedAt;
            var soon = after <= 90 * Day ? 4 : after <= 180 * Day ? 3 : after <= 365 * Day ? 2 : 1;
            var took = (done?.At.ToUnixTimeMilliseconds() ?? each.ClosedAt) - each.OpenedAt;
            List<int> among = each.Ending switch { 1 => [took <= 2 * Day ? 1 : took <= 7 * Day ? 2 : took <= 14 * Day ? 3 : took <= 30 * Day ? 4 : 5, 10], 3 => [11], _ => [] };
            if (said?.Survey?.Return is { } back)
                among.Add(back == WouldReturn.Yes ? 6 : 7);
            among.Add(log.Any(news => news is Domain.Listening.SummaryConfirmed) ? 8 : 9);
            foreach (var part in among.Concat(kinds.Select(kind => 100 + kind)))
                Add(Measure.WorthAgain, day, each.Category, part, soon);
        }

        return cells;
    }

    private sealed class Booked
    {
        public long CaseNumber { get; init; }
        public int RemedyId { get; init; }
        public int RemedyKind { get; init; }
        public string BookedOn { get; init; } = "";
        public long Minor { get; init; }
        public string Category { get; init; } = "";
    }

    private sealed class Cost
    {
        public long CaseNumber { get; init; }
        public string Day { get; init; } = "";
        public long At { get; init; }
        public int Part { get; init; }
        public long Amount { get; init; }
        public string Category { get; init; } = "";
    }

    private sealed class Ended
    {
        public long Number { get; init; }
        public long OwnerId { get; init; }
        public long OpenedAt { get; init; }
        public long ClosedAt { get; init; }
        public string Category { get; init; } = "";
        public int Ending { get; init; }
        public long Orders { get; init; }
        public long Total { get; init; }
        public long First { get; init; }
        public long? NextOrder { get; init; }
        public long? Earlier { get; init; }
    }
}

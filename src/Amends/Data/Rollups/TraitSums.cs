using System.Globalization;
using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;

namespace Amends.Data.Rollups;

/// <summary>
/// Keeps the sums of what orders and complaints share, as a part of what <see cref="ReportReader"/> does. A complaint is counted from its row and its order whenever its case is counted anew; an order by the notes that
/// whoever writes it leaves in <c>order_due</c>: what was with -1, what is with 1.
/// </summary>
public static class TraitSums
{
    internal const int Orders = 1, Complaints = 2, Severity = 3, Cost = 4; // what is summed up; stored, so these never change
    private const int UsualOrders = 500; // notes in a transaction

    /// <summary>The sums of orders and of complaints that a change makes.</summary>
    public sealed class Delta
    {
        private readonly Dictionary<(int What, TraitMark Mark), long> _marks = [];

        internal void Order(OrderTraits traits, int day, long times) => Add(Orders, traits.Marks(day), times);

        /// <summary>A complaint is counted, or is not any more.</summary>
        /// <param name="traits">What is counted of it; <c>null</c> for nothing.</param>
        /// <param name="times">1, or -1.</param>
        public void Complaint(ComplaintTraits? traits, long times)
        {
            if (traits is null)
                return;
            Add(Complaints, traits.Marks(), times);
            Add(Severity, traits.Weighed(), times * traits.Weight);
            if (traits.CostMinor != 0)
                Add(Cost, traits.Weighed(), times * traits.CostMinor);
        }

        private void Add(int what, IEnumerable<TraitMark> marks, long times)
        {
            foreach (var mark in marks)
                _marks[(what, mark)] = _marks.GetValueOrDefault((what, mark)) + times;
        }

        /// <summary>Adds all of it to what is kept.</summary>
        public async Task Write(Unit unit)
        {
            var cells = _marks.Where(each => each.Value != 0).SelectMany(each => new[] { (each.Key.What, each.Key.Mark, Grain: Cell.Day, Span: each.Key.Mark.Day, each.Value), (each.Key.What, each.Key.Mark, Grain: Cell.Month, Span: Cell.MonthOf(each.Key.Mark.Day), each.Value) })
                .GroupBy(each => (each.What, each.Mark.Trait, each.Grain, each.Mark.Within, each.Span, each.Mark.Value), each => each.Value).Select(cell => (cell.Key, Sum: cell.Sum())).Where(cell => cell.Sum != 0).ToList();
            if (cells.Count == 0)
                return;
            var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
            const string key = "cast(value ->> 0 as integer), cast(value ->> 1 as integer), cast(value ->> 2 as integer), value ->> 3, cast(value ->> 4 as integer), value ->> 5";
            await unit.Run(
                $"""
                insert into trait_counts (what, trait, grain, within, span, value, n) select {key}, cast(value ->> 6 as bigint) from {each} where true
                on conflict (what, trait, grain, within, span, value) do update set n = trait_counts.n + excluded.n
                """, new { json = Json(cells) });
            if (cells.Where(cell => cell.Sum < 0).ToList() is { Count: > 0 } less)
                await unit.Run($"delete from trait_counts where n = 0 and (what, trait, grain, within, span, value) in (select {key} from {each})", new { json = Json(less) });

            static string Json(IEnumerable<((int What, Trait Trait, int Grain, string Within, int Span, string Value) Key, long Sum)> cells) => JsonSerializer.Serialize(cells.Select(cell => new object[] { cell.Key.What, (int)cell.Key.Trait, cell.Key.Grain, cell.Key.Within, cell.Key.Span, cell.Key.Value, cell.Sum }));
        }
    }

    /// <summary>Counts some of the notes of orders.</summary>
    /// <returns>Whether more may wait.</returns>
    internal static async Task<bool> CountOrders(Unit unit, Database database, TimeZoneInfo zone)
    {
        var due = await unit.List<OrderRow>("select id, placed_at, product, lot, carrier, supplier, site, n from order_due order by id limit @UsualOrders", new { UsualOrders });
        if (due.Count == 0)
            return false;
        var delta = new Delta();
        foreach (var row in due)
            delta.Order(row.Traits, DayOf(row.PlacedAt, zone), row.N);
        await delta.Write(unit);
        await unit.Run($"delete from order_due where id {database.Among("@ids")}", new { ids = due.Select(row => row.Id).ToArray() });
        return due.Count == UsualOrders;
    }

    /// <summary>Forgets what is counted and leaves a note for all orders: those of a day that share everything in one. Notes that wait go with it in the same look at the table, so none counts twice.</summary>
    internal static async Task Begin(Unit unit, TimeZoneInfo zone)
    {
        await unit.Run("delete from trait_counts");
        var (first, last) = (await unit.Value<long?>("select min(placed_at) from orders"), await unit.Value<long?>("select max(placed_at) from orders"));
        var all = $"insert into order_due (placed_at, product, lot, carrier, supplier, site, n) select min(placed_at), product, lot, carrier, supplier, site, count(*) from orders group by {DaySql("placed_at", zone, first ?? 0, last ?? 0)}, product, lot, carrier, supplier, site";
        if (unit.IsPostgres)
            await unit.Run($"with gone as (delete from order_due) {all}");
        else
        {
            await unit.Run("delete from order_due");
            await unit.Run(all);
        }
    }

    /// <summary>What is counted of some cases now: of their rows and orders. Cases that are no complaints are left out.</summary>
    internal static async Task<Dictionary<long, ComplaintTraits>> Read(Unit unit, Database database, long[] numbers, TimeZoneInfo zone, string currency) => (await unit.List<ComplaintRow>(
        $"""
        select c.number, c.opened_at, c.closed_at, c.close_reason, c.goes_on_in, coalesce(c.category, '') as category, coalesce(c.cause, '') as cause, coalesce(c.first_category, '') as first_category, coalesce(c.confirmed_category, '') as confirmed_category,
            o.placed_at, coalesce(o.product, '') as product, coalesce(o.lot, '') as lot, coalesce(o.carrier, '') as carrier, coalesce(o.supplier, '') as supplier, coalesce(o.site, '') as site,
            c.severity, (select cast(coalesce(sum(l.minor), 0) as bigint) from ledger_lines l where l.case_number = c.number and l.account = 1 and l.currency = @currency) as cost
        from cases c left join orders o on o.id = c.order_id where c.kind = 1 and c.number {database.Among("@numbers")}
        """, new { numbers, currency })).ToDictionary(row => row.Number, row => row.Traits(zone));

    /// <summary>As it is kept with the case.</summary>
    internal static string Write(ComplaintTraits? traits) => traits is not { } it ? "" : JsonSerializer.Serialize(new object?[]
        { it.Day, it.CameOn, it.EndedOn, it.Category, it.Cause, it.First, it.Confirmed, it.GoesOn ? 1 : 0, it.IsNone ? 1 : 0, it.Order.Product, it.Order.Lot, it.Order.Carrier, it.Order.Supplier, it.Order.Place, it.IsSerious ? 1 : 0, it.CostMinor });

    /// <summary>From what <see cref="Write(ComplaintTraits?)"/> gives.</summary>
    internal static ComplaintTraits? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        using var document = JsonDocument.Parse(text);
        var parts = document.RootElement;
        return new(parts[0].GetInt32(), parts[1].GetInt32(), parts[2].ValueKind == JsonValueKind.Null ? null : parts[2].GetInt32(), Text(3), Text(4), Text(5), Text(6), parts[7].GetInt32() == 1, parts[8].GetInt32() == 1, new(Text(9), Text(10), Text(11), Text(12), Text(13))) { IsSerious = parts[14].GetInt32() == 1, CostMinor = parts[15].GetInt64() };

        string Text(int at) => parts[at].GetString()!;
    }

    /// <summary>SQL for the day of a moment by a zone's clock, as <see cref="DateOnly.DayNumber"/>: exact between two moments, by the changes of the clock between them.</summary>
    internal static string DaySql(string column, TimeZoneInfo zone, long first, long last)
    {
        const long day = 86_400_000;
        var epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber * day;
        var (sql, at, offset) = (new System.Text.StringBuilder(), first, OffsetAt(first));
        while (at < last)
        {
            var next = Math.Min(at + day, last);
            if (OffsetAt(next) != offset)
            {
                var (before, after) = (at, next); // the change is between the two
                while (after - before > 1)
                {
                    var middle = before + (after - before) / 2;
                    (before, after) = OffsetAt(middle) == offset ? (middle, after) : (before, middle);
                }

                sql.Append(CultureInfo.InvariantCulture, $" when {column} < {after} then {offset}");
                (next, offset) = (after, OffsetAt(after));
            }

            at = next;
        }

        return $"({column} + {(sql.Length == 0 ? offset : $"case{sql} else {offset} end")} + {epoch}) / {day}";

        long OffsetAt(long moment) => (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(moment)).TotalMilliseconds;
    }

    private static int DayOf(long at, TimeZoneInfo zone) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DayNumber;

    private sealed class OrderRow
    {
        public long Id { get; init; }
        public long PlacedAt { get; init; }
        public string Product { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Carrier { get; init; } = "";
        public string Supplier { get; init; } = "";
        public string Site { get; init; } = "";
        public long N { get; init; }

        public OrderTraits Traits => new(Product, Lot, Carrier, Supplier, Site);
    }

    private sealed class ComplaintRow
    {
        public long Number { get; init; }
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public int? CloseReason { get; init; }
        public long? GoesOnIn { get; init; }
        public string Category { get; init; } = "";
        public string Cause { get; init; } = "";
        public string FirstCategory { get; init; } = "";
        public string ConfirmedCategory { get; init; } = "";
        public long? PlacedAt { get; init; }
        public string Product { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Carrier { get; init; } = "";
        public string Supplier { get; init; } = "";
        public string Site { get; init; } = "";
        public int Severity { get; init; }
        public long Cost { get; init; }

        public ComplaintTraits Traits(TimeZoneInfo zone) => new(DayOf(PlacedAt ?? OpenedAt, zone), DayOf(OpenedAt, zone), ClosedAt is { } ended ? DayOf(ended, zone) : null, Category, Cause, FirstCategory, ConfirmedCategory,
            GoesOnIn is not null, CloseReason is (int)Domain.Cases.CloseReason.Duplicate or (int)Domain.Cases.CloseReason.OutOfScope, new(Product, Lot, Carrier, Supplier, Site))
        {
            IsSerious = Severity >= (int)Domain.Cases.Severity.High, CostMinor = Math.Max(0, Cost),
        };
    }
}

using System.Globalization;
using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;

namespace Amends.Data.Rollups;

/// <summary>
/// The part of <see cref="ReportReader"/> that counts what cases are worth and what they cost. It reads the orders, the books and the costs of the cases of a step in one query each, and what follows from an earlier
/// complaint for all complaints of their customers.
/// </summary>
internal static class WorthReader
{
    private const string Columns = "case_number, customer_id, category, cause, ending, day, fix_failed, promise_missed, marks, later";

    /// <summary>Counts anew.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="database">Of which kind it is.</param>
    /// <param name="rules">By what is counted.</param>
    /// <param name="logs">The logs of the cases of this step.</param>
    /// <param name="all">These and all other cases of their customers, those of before included.</param>
    /// <param name="delta">The sums that change.</param>
    public static async Task Recount(Unit unit, Database database, ReportRules rules, IReadOnlyDictionary<long, IReadOnlyList<CaseEvent>> logs, IReadOnlyDictionary<long, CaseFacts> all, Dictionary<Cell, long> delta)
    {
        var before = (await unit.List<Row>($"select {Columns} from worth_facts where customer_id {database.Among("@customers")} or case_number {database.Among("@numbers")}",
            new { customers = all.Values.Select(facts => facts.CustomerId).Distinct().ToArray(), numbers = logs.Keys.ToArray() })).ToDictionary(row => row.CaseNumber);
        var after = before.Where(row => !logs.ContainsKey(row.Key)).ToDictionary(row => row.Key, row => row.Value with { Later = "" });
        var fresh = logs.ToDictionary(log => log.Key, log => WorthLog.Of(log.Value, all[log.Key]));
        var beside = await Beside(unit, database, rules, fresh, all);
        foreach (var (number, log) in fresh)
        {
            after[number] = new()
            {
                CaseNumber = number, CustomerId = all[number].CustomerId, Category = log.Category, Cause = log.Cause ?? "", Ending = (int?)log.Ending ?? 0, Day = log.EndedAt is { } ended ? LocalDay.Of(ended, rules.Calendar.Zone).DayNumber : 0,
                FixFailed = log.FixFailed ? 1 : 0, PromiseMissed = log.PromiseMissed ? 1 : 0, Marks = Marks.Write(WorthMarks.Of(log, beside[number], rules)),
            };
        }

        await Ended(unit, database, all, after);
        var (rows, gone) = (new List<Row>(), new List<long>());
        foreach (var (number, row) in after)
        {
            var was = before.GetValueOrDefault(number);
            if (row == was || (was is null && row.IsEmpty))
                continue;
            if (was is not null)
                Add(delta, was, -1);
            Add(delta, row, +1);
            if (row.IsEmpty)
                gone.Add(number);
            else
                rows.Add(row);
        }

        await Write(unit, database, rows, gone);
    }

    /// <summary>The mark that a complaint ended, for each that did.</summary>
    private static async Task Ended(Unit unit, Database database, IReadOnlyDictionary<long, CaseFacts> all, Dictionary<long, Row> after)
    {
        var complaints = all.Where(each => each.Value.IsComplaint).ToLookup(each => each.Value.CustomerId, each => each.Key);
        var numbers = complaints.Where(theirs => theirs.Skip(1).Any() && theirs.Any(number => after.GetValueOrDefault(number) is { Ending: > 0 })).SelectMany(theirs => theirs).ToArray();
        var about = numbers.Length == 0 ? [] : (await unit.List<About>($"select number, order_id, goes_on_in from cases where number {database.Among("@numbers")}", new { numbers })).ToDictionary(row => row.Number);
        foreach (var (number, row) in after.Where(each => each.Value.Ending > 0).ToList())
        {
            var theirs = complaints[row.CustomerId].Where(about.ContainsKey).Select(other => about[other] is var its ? new WorthEarlier(other, its.OrderId, its.GoesOnIn, after.GetValueOrDefault(other) is { FixFailed: 1 }, after.GetValueOrDefault(other) is { PromiseMissed: 1 }) : null!);
            var earlier = about.TryGetValue(number, out var own) ? WorthMarks.Earlier(number, own.OrderId, theirs) : null;
            var ended = WorthMarks.Ended((Ending)row.Ending, row.Day, row.Category, row.Cause, earlier);
            after[number] = row with { Later = Marks.Write(new Dictionary<Mark, long> { [ended] = 1, [WorthMarks.EndedBy(ended, all.TryGetValue(number, out var facts) ? facts.OwnerId : 0)] = 1 }) };
        }
    }

    private static async Task<IReadOnlyDictionary<long, WorthBeside>> Beside(Unit unit, Database database, ReportRules rules, Dictionary<long, WorthLog> fresh, IReadOnlyDictionary<long, CaseFacts> all)
    {
        var numbers = fresh.Keys.ToArray();
        var customers = fresh.Where(each => each.Value.Ending is not null).Select(each => all[each.Key].CustomerId).Distinct().ToArray();
        var orders = customers.Length == 0 ? null : (await unit.List<OrderRow>($"select customer_id, placed_at, total_minor, currency from orders where customer_id {database.Among("@customers")}", new { customers }))
            .ToLookup(row => row.CustomerId, row => new WorthOrder(row.PlacedAt, row.TotalMinor, row.Currency == rules.Currency));
        var lines = (await unit.List<LineRow>($"select case_number, booked_on, remedy_id, remedy_kind, minor from ledger_lines where account = 1 and currency = @Currency and case_number {database.Among("@numbers")}", new { numbers, rules.Currency }))
            .ToLookup(row => row.CaseNumber, row => new WorthLine(DayOf(row.BookedOn), row.RemedyId, (RemedyKind)row.RemedyKind, row.Minor));
        var work = (await unit.List<WorkRow>($"select case_number, day, seconds from case_work where case_number {database.Among("@numbers")}", new { numbers })).ToLookup(row => row.CaseNumber, row => new WorthCost(DayOf(row.Day), Spent.Work, row.Seconds));
        var written = (await unit.List<WrittenRow>($"select case_number, kind, minutes, minor, currency, at from case_costs where case_number {database.Among("@numbers")}", new { numbers })).ToLookup(row => row.CaseNumber, row => row.Read(rules));
        return fresh.ToDictionary(each => each.Key, each => new WorthBeside([.. orders?[all[each.Key].CustomerId] ?? []], [.. lines[each.Key]], [.. work[each.Key], .. written[each.Key].OfType<WorthCost>()]));
    }

    private static int DayOf(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    private static void Add(Dictionary<Cell, long> delta, Row row, int sign)
    {
        ReportReader.Add(delta, row.Category, Marks.Read(row.Marks), sign);
        ReportReader.Add(delta, row.Category, Marks.Read(row.Later), sign);
    }

    private static async Task Write(Unit unit, Database database, List<Row> rows, List<long> gone)
    {
        if (gone.Count > 0)
            await unit.Run($"delete from worth_facts where case_number {database.Among("@gone")}", new { gone = gone.ToArray() });
        if (rows.Count == 0)
            return;
        var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
        await unit.Run(
            $"""
            insert into worth_facts ({Columns})
            select cast(value ->> 0 as bigint), cast(value ->> 1 as bigint), value ->> 2, value ->> 3, cast(value ->> 4 as integer), cast(value ->> 5 as integer), cast(value ->> 6 as integer), cast(value ->> 7 as integer), value ->> 8, value ->> 9 from {each} where true
            on conflict (case_number) do update set customer_id = excluded.customer_id, category = excluded.category, cause = excluded.cause, ending = excluded.ending, day = excluded.day, fix_failed = excluded.fix_failed,
                promise_missed = excluded.promise_missed, marks = excluded.marks, later = excluded.later
            """, new { json = JsonSerializer.Serialize(rows.Select(row => new object[] { row.CaseNumber, row.CustomerId, row.Category, row.Cause, row.Ending, row.Day, row.FixFailed, row.PromiseMissed, row.Marks, row.Later })) });
    }

    private sealed record Row
    {
        public long CaseNumber { get; init; }
        public long CustomerId { get; init; }
        public string Category { get; init; } = "";
        public string Cause { get; init; } = "";
        public int Ending { get; init; }
        public int Day { get; init; }
        public int FixFailed { get; init; }
        public int PromiseMissed { get; init; }
        public string Marks { get; init; } = "";
        public string Later { get; init; } = "";

        public bool IsEmpty => Ending == 0 && FixFailed == 0 && PromiseMissed == 0 && Marks.Length == 0;
    }

    private sealed class About
    {
        public long Number { get; init; }
        public long? OrderId { get; init; }
        public long? GoesOnIn { get; init; }
    }

    private sealed class OrderRow
    {
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
    }

    private sealed class LineRow
    {
        public long CaseNumber { get; init; }
        public string BookedOn { get; init; } = "";
        public int RemedyId { get; init; }
        public int RemedyKind { get; init; }
        public long Minor { get; init; }
    }

    private sealed class WorkRow
    {
        public long CaseNumber { get; init; }
        public string Day { get; init; } = "";
        public long Seconds { get; init; }
    }

    private sealed class WrittenRow
    {
        public long CaseNumber { get; init; }
        public int Kind { get; init; }
        public int Minutes { get; init; }
        public long Minor { get; init; }
        public string Currency { get; init; } = "";
        public long At { get; init; }

        /// <summary>As it is counted; <c>null</c> in another currency.</summary>
        public WorthCost? Read(ReportRules rules)
        {
            var day = LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(At), rules.Calendar.Zone).DayNumber;
            return (CostKind)Kind == CostKind.Minutes ? new(day, Spent.ByHand, Minutes * 60L)
                : Currency != rules.Currency ? null
                : new(day, (CostKind)Kind switch { CostKind.Shipping => Spent.Shipping, CostKind.WrittenOff => Spent.WrittenOff, _ => Spent.LostMargin }, Minor);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Offers;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>
/// Keeps the counts of reports. Each save of a case leaves a note in <c>report_due</c>, in its own transaction; a step takes some notes,
/// reads the logs of their cases anew, puts what is counted now in place of what was counted before, and takes the notes away, all in one
/// transaction. So nothing is counted twice or left out, whenever the program is killed, and a late fact finds its way into past days.
/// </summary>
public sealed class ReportReader(Database database, StoredSettings settings)
{
    /// <summary>Changes when the same log is counted otherwise than by the version before: all is counted again then.</summary>
    private const int Edition = 7;

    private static readonly TimeSpan AnotherAtIt = TimeSpan.FromMilliseconds(20);

    private const int Usual = 100; // notes in a transaction: others wait for it on SQLite

    private readonly DeadlineDesk _deadlines = new(database, settings, TimeProvider.System);

    /// <summary>By what a company's reports count.</summary>
    /// <param name="company">The company.</param>
    /// <param name="book">For the business days of returns, and the hour at which they close.</param>
    public static ReportRules RulesOf(Company company, DeadlineBook book) => new(company.Calendar(), company.Currency) { BusinessDays = Regulatory.RegulatoryDesk.BusinessDaysOf(book), CutOff = book.Rules.CutOff };

    /// <summary>How many notes wait.</summary>
    public Task<long> Waiting(CancellationToken ct = default) => database.Read(connection => connection.ExecuteScalarAsync<long>("select (select count(*) from report_due) + (select count(*) from order_due)"), ct);

    /// <summary>One step. Returns whether there may be more to do at once.</summary>
    /// <param name="ct">Ends it early, with nothing changed.</param>
    /// <param name="most">How many notes it takes.</param>
    /// <param name="before">Runs last, in the same unit of work.</param>
    public async Task<bool> Step(CancellationToken ct = default, int most = Usual, Func<Unit, Task>? before = null)
    {
        var company = await settings.Company(ct);
        var rules = RulesOf(company, await _deadlines.Book(ct));
        var key = KeyOf(company, rules);
        if (await database.Read(connection => connection.ExecuteScalarAsync<long>("select case when exists (select 1 from report_due) or exists (select 1 from order_due) or not exists (select 1 from report_reader where rules = @key) then 1 else 0 end", new { key }), ct) == 0)
            return false;
        return await database.Write(async unit =>
        {
            var isMore = await StepIn(unit, key, rules, most);
            if (before is not null)
                await before(unit);
            return isMore;
        }, ct);
    }

    /// <summary>Everything until nothing waits.</summary>
    /// <param name="after">Hears after each step how many notes still wait.</param>
    /// <param name="ct">Ends it early; what was counted stays.</param>
    public async Task CatchUp(Action<long>? after = null, CancellationToken ct = default)
    {
        while (true)
        {
            var isMore = await Step(ct);
            if (!isMore && await Waiting(ct) == 0)
                return;
            if (!isMore)
                await Task.Delay(AnotherAtIt, ct); // another node has the turn
            else if (after is not null)
                after(await Waiting(ct));
        }
    }

    /// <summary>Throws the counts away; the next steps count everything again.</summary>
    public Task Forget(CancellationToken ct = default) => database.Write(unit => unit.Run("update report_reader set rules = '' where id = 1"), ct);

    /// <summary>By which rules a company's counts are made, as a short text.</summary>
    private static string KeyOf(Company company, ReportRules rules) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { Edition, company.TimeZone, Hours = company.OpenHours.OrderBy(day => day.Key, StringComparer.Ordinal).Select(day => $"{day.Key} {day.Value}"), company.Holidays, company.Currency, rules.BusinessDays.Weekend, Known = rules.BusinessDays.Holidays, rules.CutOff })));

    private async Task<bool> StepIn(Unit unit, string key, ReportRules rules, int most)
    {
        var known = await unit.Value<string?>($"select rules from report_reader where id = 1{database.SkipLocked}");
        if (known is null)
            return false; // another node is at it
        if (known != key)
        {
            foreach (var table in new[] { "report_counts", "case_facts", "worth_facts", "regulatory_facts", "report_due" })
                await unit.Run($"delete from {table}");
            await unit.Run("insert into report_due (case_number) select number from cases order by number");
            await TraitSums.Begin(unit, rules.Calendar.Zone);
            await unit.Run("update report_reader set rules = @key where id = 1", new { key });
            return true;
        }

        var isMore = await TraitSums.CountOrders(unit, database, rules.Calendar.Zone);
        var due = await unit.List<Due>("select id, case_number from report_due order by id limit @most", new { most });
        if (due.Count == 0)
            return isMore;
        await Recount(unit, [.. due.Select(each => each.CaseNumber).Distinct()], rules);
        await unit.Run($"delete from report_due where id {database.Among("@ids")}", new { ids = due.Select(each => each.Id).ToArray() });
        return isMore || due.Count == most;
    }

    private async Task Recount(Unit unit, long[] numbers, ReportRules rules)
    {
        var logs = (await unit.List<Told>($"select case_number, kind, body from events where case_number {database.Among("@numbers")} order by case_number, seq", new { numbers })).GroupBy(row => row.CaseNumber).ToDictionary(log => log.Key, log => (IReadOnlyList<CaseEvent>)[.. log.Select(row => CaseJson.Event(row.Kind, row.Body))]);
        var fresh = logs.ToDictionary(log => log.Key, log => (Events: log.Value.Count, Facts: CaseFacts.Of(log.Value, rules)));
        const string columns = "case_number, customer_id, is_complaint, category, opened_at, closed_at, put_right_at, broke_promise, at_once, events, marks, later, traits, ended_yes, ordered_at, offers, orders, first_order_at, last_order_at";
        var before = (await unit.List<FactsRow>($"select {columns} from case_facts where case_number {database.Among("@numbers")}", new { numbers })).ToDictionary(row => row.CaseNumber);
        var customers = fresh.Values.Select(each => each.Facts.CustomerId).Concat(before.Values.Select(row => row.CustomerId)).Distinct().ToArray();
        foreach (var row in await unit.List<FactsRow>($"select {columns} from case_facts where customer_id {database.Among("@customers")}", new { customers }))
            before[row.CaseNumber] = row;

        var placed = (await unit.List<Placed>($"select customer_id, placed_at from orders where customer_id {database.Among("@customers")} order by customer_id, placed_at", new { customers })).ToLookup(row => row.CustomerId, row => row.PlacedAt);
        var after = before.ToDictionary(row => row.Key, row => (row.Value.Events, Facts: row.Value.Facts()));
        var (traits, traitDelta) = (await TraitSums.Read(unit, database, numbers, rules.Calendar.Zone, rules.Currency), new TraitSums.Delta());
        foreach (var (number, each) in fresh)
            after[number] = each;
        var (delta, rows) = (new Dictionary<Cell, long>(), new List<object?[]>());
        foreach (var family in after.GroupBy(each => each.Value.Facts.CustomerId))
        {
            var all = family.Select(each => each.Value.Facts).ToList();
            var followed = WhatFollowed.Of([.. family.Select(each => (each.Key, each.Value.Facts))], [.. placed[family.Key]]);
            foreach (var (number, (events, facts)) in family)
            {
                var later = SameCustomer.MarksOf(facts, all, rules.Calendar.Zone).Concat(OrderedAgain.MarksOf(facts, followed[number].FirstOrder, rules.Calendar.Zone)).ToDictionary();
                var (marksText, laterText) = (Marks.Write(facts.Marks), Marks.Write(later));
                if (before.TryGetValue(number, out var was))
                {
                    if (was.Marks == marksText && was.Later == laterText && was.Category == facts.Category && was.CustomerId == facts.CustomerId && was.Followed == followed[number] && !fresh.ContainsKey(number))
                        continue;
                    Add(delta, was.Category, Marks.Read(was.Marks), -1);
                    Add(delta, was.Category, Marks.Read(was.Later), -1);
                }

                var traitsText = was?.Traits ?? "";
                if (fresh.ContainsKey(number))
                {
                    var its = traits.GetValueOrDefault(number);
                    traitDelta.Complaint(TraitSums.Parse(traitsText), -1);
                    traitDelta.Complaint(its, +1);
                    traitsText = TraitSums.Write(its);
                }

                Add(delta, facts.Category, facts.Marks, +1);
                Add(delta, facts.Category, later, +1);
                var days = facts.Marks.Keys.Concat(later.Keys).Select(mark => mark.Day).DefaultIfEmpty(0).ToList();
                rows.Add(
                [
                    number, facts.CustomerId, facts.IsComplaint ? 1 : 0, facts.Category, facts.OpenedAt.ToUnixTimeMilliseconds(), facts.ClosedAt?.ToUnixTimeMilliseconds(), facts.AtOnce ? 1 : 0, days.Min(), days.Max(), events, marksText, laterText,
                    facts.PutRightAt?.ToUnixTimeMilliseconds(), facts.BrokePromise ? 1 : 0, facts.EndedWithYes ? 1 : 0, followed[number].OrderedAt, facts.Offers.Count == 0 ? null : facts.Offers.Max(offer => offer.PreparedAt).ToUnixTimeMilliseconds(), OfferDecided.Write(facts.Offers),
                    followed[number].Orders, followed[number].FirstAt, followed[number].LastAt, traitsText,
                ]);
            }
        }

        await WorthReader.Recount(unit, database, rules, logs, after.ToDictionary(each => each.Key, each => each.Value.Facts), delta);
        await Write(unit, rows, delta);
        await traitDelta.Write(unit);
        await Regulatory.RegulatoryRows.Write(unit, [.. fresh.Select(each => (each.Key, each.Value.Facts.Reportable, each.Value.Facts.Category))], rules);
    }

    internal static void Add(Dictionary<Cell, long> delta, string category, IReadOnlyDictionary<Mark, long> marks, int sign)
    {
        foreach (var (mark, count) in marks)
        {
            foreach (var cell in Cell.Of(mark, category))
                delta[cell] = delta.GetValueOrDefault(cell) + sign * count;
        }
    }

    private static async Task Write(Unit unit, List<object?[]> rows, Dictionary<Cell, long> delta)
    {
        var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
        await unit.Run(
            $"""
            insert into case_facts (case_number, customer_id, is_complaint, category, opened_at, closed_at, at_once, first_day, last_day, events, marks, later, put_right_at, broke_promise, ended_yes, ordered_at, offered_at, offers, orders, first_order_at, last_order_at, traits)
            select cast(value ->> 0 as bigint), cast(value ->> 1 as bigint), cast(value ->> 2 as integer), value ->> 3, cast(value ->> 4 as bigint), cast(value ->> 5 as bigint), cast(value ->> 6 as integer),
                cast(value ->> 7 as integer), cast(value ->> 8 as integer), cast(value ->> 9 as integer), value ->> 10, value ->> 11, cast(value ->> 12 as bigint), cast(value ->> 13 as integer),
                cast(value ->> 14 as integer), cast(value ->> 15 as bigint), cast(value ->> 16 as bigint), value ->> 17, cast(value ->> 18 as bigint), cast(value ->> 19 as bigint), cast(value ->> 20 as bigint), value ->> 21 from {each} where true
            on conflict (case_number) do update set customer_id = excluded.customer_id, is_complaint = excluded.is_complaint, category = excluded.category, opened_at = excluded.opened_at, closed_at = excluded.closed_at,
                put_right_at = excluded.put_right_at, broke_promise = excluded.broke_promise, at_once = excluded.at_once, first_day = excluded.first_day, last_day = excluded.last_day, events = excluded.events, marks = excluded.marks, later = excluded.later,
                ended_yes = excluded.ended_yes, ordered_at = excluded.ordered_at, offered_at = excluded.offered_at, offers = excluded.offers, orders = excluded.orders, first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, traits = excluded.traits
            """, new { json = JsonSerializer.Serialize(rows) });
        var changed = delta.Where(cell => cell.Value != 0).ToList();
        if (changed.Count == 0)
            return;
        await unit.Run(
            $"""
            insert into report_counts (measure, grain, span, category, part, bucket, n)
            select cast(value ->> 0 as integer), cast(value ->> 1 as integer), cast(value ->> 2 as integer), value ->> 3, cast(value ->> 4 as bigint), cast(value ->> 5 as integer), cast(value ->> 6 as bigint) from {each} where true
            on conflict (measure, grain, part, span, category, bucket) do update set n = report_counts.n + excluded.n
            """, new { json = Json(changed) });
        if (changed.Where(cell => cell.Value < 0).ToList() is { Count: > 0 } less)
        {
            await unit.Run(
                $"""
                delete from report_counts where n = 0 and (measure, grain, span, category, part, bucket) in
                    (select cast(value ->> 0 as integer), cast(value ->> 1 as integer), cast(value ->> 2 as integer), value ->> 3, cast(value ->> 4 as bigint), cast(value ->> 5 as integer) from {each})
                """, new { json = Json(less) });
        }

        static string Json(IEnumerable<KeyValuePair<Cell, long>> cells) => JsonSerializer.Serialize(cells.Select(cell => new object[] { (int)cell.Key.Measure, cell.Key.Grain, cell.Key.Span, cell.Key.Category, cell.Key.Part, cell.Key.Bucket, cell.Value }));
    }

    private sealed class Due
    {
        public long Id { get; init; }
        public long CaseNumber { get; init; }
    }

    private sealed class Told
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class Placed
    {
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
    }

    private sealed class FactsRow
    {
        public long CaseNumber { get; init; }
        public long CustomerId { get; init; }
        public int IsComplaint { get; init; }
        public string Category { get; init; } = "";
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public long? PutRightAt { get; init; }
        public int BrokePromise { get; init; }
        public int AtOnce { get; init; }
        public int Events { get; init; }
        public string Marks { get; init; } = "";
        public string Later { get; init; } = "";
        public string Traits { get; init; } = "";
        public int EndedYes { get; init; }
        public long? OrderedAt { get; init; }
        public string Offers { get; init; } = "";
        public long? Orders { get; init; }
        public long? FirstOrderAt { get; init; }
        public long? LastOrderAt { get; init; }

        public WhatFollowed Followed => new(OrderedAt, Orders, FirstOrderAt, LastOrderAt);

        public CaseFacts Facts() => new(CustomerId, IsComplaint == 1, Category, DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt), At(ClosedAt), AtOnce == 1, Domain.Reports.Marks.Read(Marks)) { PutRightAt = At(PutRightAt), BrokePromise = BrokePromise == 1, EndedWithYes = EndedYes == 1, Offers = OfferDecided.Read(Offers) };

        private static DateTimeOffset? At(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
    }
}

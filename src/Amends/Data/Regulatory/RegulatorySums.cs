using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Amends.Data.Rollups;
using Amends.Domain.Ledger;
using Amends.Domain.Regulatory;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data.Regulatory;

/// <summary>The sums of what returns count by product, main cause and currency, by day and month: what a step of <see cref="ReportReader"/> changes of them, and how they are read.</summary>
internal sealed class RegulatorySums
{
    private const int Received = 1, ClosedFrom = 2, PaidFrom = 5, Outcomes = 3; // what is summed up; stored, so these never change
    private readonly Dictionary<Key, long> _sums = [];

    /// <summary>A complaint is counted, or is not any more.</summary>
    /// <param name="complaint">What is counted of it; <c>null</c> for nothing.</param>
    /// <param name="times">1, or -1.</param>
    internal void Add(CountedComplaint? complaint, int times)
    {
        if (complaint is null)
            return;
        Add(Received, complaint.ReceivedDay, "", times);
        if (complaint.SettledDay is { } settled)
            Add(ClosedFrom + complaint.Outcome, settled, "", times);
        foreach (var payment in complaint.Payments)
            Add(PaidFrom + complaint.Outcome, payment.Day, payment.Currency, times * payment.Minor);

        void Add(int what, int day, string currency, long n)
        {
            foreach (var (grain, span) in new[] { (Cell.Day, day), (Cell.Month, Cell.MonthOf(day)) })
            {
                var key = new Key(what, grain, span, complaint.Product, complaint.Category, currency);
                _sums[key] = _sums.GetValueOrDefault(key) + n;
            }
        }
    }

    /// <summary>Adds all of it to what is kept.</summary>
    internal async Task Write(Unit unit)
    {
        var changed = _sums.Where(sum => sum.Value != 0).ToList();
        if (changed.Count == 0)
            return;
        var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
        const string key = "cast(value ->> 0 as integer), cast(value ->> 1 as integer), cast(value ->> 2 as integer), value ->> 3, value ->> 4, value ->> 5";
        var json = JsonSerializer.Serialize(changed.Select(sum => new object[] { sum.Key.What, sum.Key.Grain, sum.Key.Span, sum.Key.Product, sum.Key.Category, sum.Key.Currency, sum.Value }));
        await unit.Run(
            $"""
            insert into regulatory_counts (what, grain, span, product, category, currency, n) select {key}, cast(value ->> 6 as bigint) from {each} where true
            on conflict (what, grain, span, product, category, currency) do update set n = regulatory_counts.n + excluded.n
            """, new { json });
        await unit.Run($"delete from regulatory_counts where n = 0 and (what, grain, span, product, category, currency) in (select {key} from {each})", new { json });
    }

    /// <summary>Reads those of a period.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="period">Which days.</param>
    internal static async Task<Detail> Read(DbConnection connection, ReportingPeriod period)
    {
        var parts = new Dictionary<(string, string), Part>();
        foreach (var row in await Rows(new(DateOnly.MinValue, period.From.AddDays(-1), null), PaidFrom - 1))
            Put(row, part => part with { AtStart = part.AtStart + (row.What == Received ? row.N : -row.N) });
        var paid = new List<Paid>();
        foreach (var row in await Rows(new(period.From, period.To, null), PaidFrom + Outcomes - 1))
        {
            if (row.What >= PaidFrom)
                paid.Add(new((ComplaintOutcome)(row.What - PaidFrom), row.Product, row.Category, row.Currency, row.N));
            else
                Put(row, part => (row.What - ClosedFrom) switch { (int)ComplaintOutcome.NotDecided => part with { NotDecided = row.N }, (int)ComplaintOutcome.Upheld => part with { Upheld = row.N }, (int)ComplaintOutcome.Rejected => part with { Rejected = row.N }, _ => part with { Opened = row.N } });
        }

        return new(Part.Sorted(parts.Values), [.. paid.Where(each => each.Minor != 0)]);

        void Put(Row row, Func<Part, Part> add) => parts[(row.Product, row.Category)] = add(parts.GetValueOrDefault((row.Product, row.Category)) ?? new(row.Product, row.Category));

        async Task<IEnumerable<Row>> Rows(Slice days, int last) => await connection.QueryAsync<Row>(
            $"""
            select what, product, category, currency, cast(sum(n) as bigint) as n from (
                {string.Join(" union all ", ReportCounts.SpansOf(days).Select(span => $"select what, product, category, currency, n from regulatory_counts where what in ({string.Join(", ", Enumerable.Range(Received, last))}) and grain = {span.Grain} and span between {span.From} and {span.To}"))}
            ) as counted group by what, product, category, currency
            """);
    }

    private readonly record struct Key(int What, int Grain, int Span, string Product, string Category, string Currency);

    private sealed class Row
    {
        public int What { get; init; }
        public string Product { get; init; } = "";
        public string Category { get; init; } = "";
        public string Currency { get; init; } = "";
        public long N { get; init; }
    }
}

/// <summary>What is counted of one complaint.</summary>
/// <param name="Product">The product of its order; empty where it is not known.</param>
/// <param name="Category">The category that counts; empty without one.</param>
/// <param name="ReceivedDay">The day on which it came, as <see cref="DateOnly.DayNumber"/>; so are the other days.</param>
/// <param name="SettledDay">When it was closed by the counting rule; <c>null</c> while it is outstanding.</param>
/// <param name="Outcome">The <see cref="ComplaintOutcome"/>.</param>
/// <param name="Payments">Money that left us on it, less what came back, by day of the books and currency.</param>
internal sealed record CountedComplaint(string Product, string Category, int ReceivedDay, int? SettledDay, int Outcome, IReadOnlyList<Payment> Payments)
{
    /// <summary>As it is kept with the complaint.</summary>
    internal string Write() => JsonSerializer.Serialize(new object?[] { Product, Category, ReceivedDay, SettledDay, Outcome, Payments.Select(payment => new object[] { payment.Day, payment.Currency, payment.Minor }) });

    /// <summary>From what <see cref="Write"/> gives; <c>null</c> for nothing.</summary>
    internal static CountedComplaint? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        using var document = JsonDocument.Parse(text);
        var parts = document.RootElement;
        return new(parts[0].GetString()!, parts[1].GetString()!, parts[2].GetInt32(), parts[3].ValueKind == JsonValueKind.Null ? null : parts[3].GetInt32(), parts[4].GetInt32(),
            [.. parts[5].EnumerateArray().Select(payment => new Payment(payment[0].GetInt32(), payment[1].GetString()!, payment[2].GetInt64()))]);
    }

    /// <summary>Products and payments of some cases, as their orders and the books have them now.</summary>
    internal static async Task<(IReadOnlyDictionary<long, string> Products, ILookup<long, Payment> Payments)> Beside(Unit unit, Database database, long[] numbers)
    {
        var products = await unit.List<ProductRow>($"select c.number, o.product from cases c join orders o on o.id = c.order_id where c.number {database.Among("@numbers")}", new { numbers });
        var paid = await unit.List<PaidRow>($"select case_number, booked_on, currency, cast(-sum(minor) as bigint) as minor from ledger_lines where case_number {database.Among("@numbers")} and account = {(int)Account.Cash} group by case_number, booked_on, currency having sum(minor) <> 0 order by case_number, booked_on, currency", new { numbers });
        return (products.ToDictionary(row => row.Number, row => row.Product ?? ""), paid.ToLookup(row => row.CaseNumber, row => new Payment(DateOnly.ParseExact(row.BookedOn, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber, row.Currency, row.Minor)));
    }

    private sealed class ProductRow
    {
        public long Number { get; init; }
        public string? Product { get; init; }
    }

    private sealed class PaidRow
    {
        public long CaseNumber { get; init; }
        public string BookedOn { get; init; } = "";
        public string Currency { get; init; } = "";
        public long Minor { get; init; }
    }
}

/// <summary>Money that left us.</summary>
/// <param name="Day">The day of the books, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Minor">Minor units; below zero for what came back.</param>
internal sealed record Payment(int Day, string Currency, long Minor);

using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Causes;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>
/// What a supplier or a carrier can be sent about some days: how many complaints of how many orders, about what, in which lots, and examples in neutral words. Nothing in it is a
/// customer's: no name, no address, no words of theirs, no number of an order or a case.
/// </summary>
/// <param name="By">Supplier or carrier.</param>
/// <param name="Name">Which.</param>
/// <param name="Span">Which days.</param>
public sealed record PartnerReport(Dimension By, string Name, CauseSpan Span)
{
    private const int MostExamples = 10, MostLots = 30;

    /// <summary>What we ask for when nobody writes anything else.</summary>
    public const string UsualAsk = "Please tell us within 14 days what you found, what you change and from when, and how we will see that it helps.";

    /// <summary>The longest that can be asked for.</summary>
    public const int LongestAsk = 1000;

    /// <summary>Theirs, and all others of these days in which a supplier or a carrier is named.</summary>
    public required (int Complaints, int Orders) Theirs { get; init; }

    /// <inheritdoc cref="Theirs"/>
    public required (int Complaints, int Orders) Others { get; init; }

    /// <summary>What the complaints are about, most first.</summary>
    public required IReadOnlyList<(string Words, int Complaints)> Problems { get; init; }

    /// <summary>Products and lots with complaints, most first.</summary>
    public required IReadOnlyList<PartnerLot> Lots { get; init; }

    /// <summary>Some of them, in neutral words.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>How many changes of cases and orders are not counted yet.</summary>
    public long Waiting { get; init; }

    /// <summary>Complaints for a thousand orders with their exact 95 % interval; <c>null</c> without orders.</summary>
    public static (double Rate, Interval Within)? RateOf((int Complaints, int Orders) counted) => PoissonRate.PerThousand(counted.Complaints, counted.Orders);

    /// <summary>How their rate stands beside that of all others, in a sentence; empty when there is nothing to compare with.</summary>
    public string Comparison()
    {
        if (Theirs.Orders == 0 || Others.Orders == 0)
            return "";
        var test = new BeforeAfter(Theirs.Complaints, Theirs.Orders, Others.Complaints, Others.Orders);
        var (low, high) = (test.RatioWithin.Low, test.RatioWithin.High);
        return test.Ratio is not { } ratio ? "All others brought no complaint." : $"That is {ratio.ToString("0.0", CultureInfo.InvariantCulture)} times the rate of all others (95 % interval {low.ToString("0.0", CultureInfo.InvariantCulture)} to {high?.ToString("0.0", CultureInfo.InvariantCulture) ?? "no limit"}){(low > 1 ? ": more than chance." : high < 1 ? ": less than others." : ": it may be chance.")}";
    }

    /// <summary>Reads it.</summary>
    /// <param name="database">Where.</param>
    /// <param name="by">Supplier or carrier.</param>
    /// <param name="name">Which, as orders name it.</param>
    /// <param name="span">Which days.</param>
    /// <param name="categories">What categories are called.</param>
    /// <param name="causes">What causes are called.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns><c>null</c> when no order of these days names it.</returns>
    public static Task<PartnerReport?> Read(Database database, Dimension by, string name, CauseSpan span, CodeSet categories, CodeSet causes, CancellationToken ct) => database.Read(async connection =>
    {
        var (sums, days, isCarrier) = (new TraitCounts(connection), new Slice(span.FirstDay, span.LastDay, null), by == Dimension.Carrier);
        var (orders, complaints) = (await sums.Orders(CauseQuery.TraitOf(by), days), (await sums.Complaints(CauseQuery.TraitOf(by), days)).Where(row => row.Value.Length > 0).ToList());
        if (orders.All(row => row.Value != name))
            return null;
        var (goods, problems) = (isCarrier ? Trait.CarrierGoods : Trait.SupplierGoods, await sums.Complaints(isCarrier ? Trait.CarrierCategory : Trait.SupplierCategory, days, name));
        var lots = (await sums.Orders(goods, days, name)).ToDictionary(row => row.Value, row => (int)row.Count);
        var column = CauseQuery.ColumnOf(by);
        var cases = (await connection.QueryAsync<CaseRow>(
            $"""
            select c.category, c.cause, o.placed_at, o.product, o.lot from cases c join orders o on o.id = c.order_id
            where c.kind = 1 and c.goes_on_in is null and c.category is not null and c.opened_at >= @from and o.placed_at >= @from and o.placed_at <= @to and {column} = @name order by c.opened_at desc, c.number desc limit {MostExamples}
            """, new { name, from = span.From.ToUnixTimeMilliseconds(), to = span.To.ToUnixTimeMilliseconds() })).AsList();
        return new PartnerReport(by, name, span)
        {
            Theirs = Sum(isTheirs: true), Others = Sum(isTheirs: false),
            Problems = [.. problems.Select(row => (row.Value.Length == 0 ? "Not sorted yet" : categories.WordsOf(row.Value) ?? row.Value, (int)row.Count)).OrderByDescending(each => each.Item2).ThenBy(each => each.Item1, StringComparer.Ordinal)],
            Lots = [.. (await sums.Complaints(goods, days, name)).Select(row => Goods.Parts(row.Value) is var (product, lot) ? new PartnerLot(product, lot, (int)row.Count, lots.GetValueOrDefault(row.Value)) : null!).OrderByDescending(lot => lot.Complaints).ThenBy(lot => lot.Product, StringComparer.Ordinal).ThenBy(lot => lot.Lot, StringComparer.Ordinal).Take(MostLots)],
            Waiting = await connection.ExecuteScalarAsync<long>(ReportBook.WaitingSql),
            Examples = [.. cases.Select(row =>
                $"Order of {Domain.Calendars.LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.PlacedAt), span.Zone).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}{(row.Product.Length > 0 ? $", {row.Product}" : "")}{(row.Lot.Length > 0 ? $", lot {row.Lot}" : "")}. {categories.WordsOf(row.Category!) ?? row.Category}.{(row.Cause is { } cause && cause != CodeSet.Unknown ? $" Put down to: {causes.WordsOf(cause) ?? cause}." : "")}")],
        };

        (int, int) Sum(bool isTheirs) => ((int)complaints.Where(row => row.Value == name == isTheirs).Sum(row => row.Count), (int)orders.Where(row => row.Value == name == isTheirs).Sum(row => row.Count));
    }, ct);

    /// <summary>The same as CSV (RFC 4180): the whole, then what it is about, then products and lots.</summary>
    public string Csv()
    {
        var lines = new List<string> { "part,name,lot,complaints,orders,per_1000,low,high" };
        Add("all", Name, "", Theirs);
        Add("others", "all others", "", Others);
        lines.AddRange(Problems.Select(each => $"problem,{CsvCell.Of(each.Words)},,{each.Complaints},{Theirs.Orders},{Number(RateOf((each.Complaints, Theirs.Orders))?.Rate)},{Number(RateOf((each.Complaints, Theirs.Orders))?.Within.Low)},{Number(RateOf((each.Complaints, Theirs.Orders))?.Within.High)}"));
        foreach (var lot in Lots)
            Add("lot", lot.Product, lot.Lot, (lot.Complaints, lot.Orders));
        return string.Join("\r\n", lines) + "\r\n";

        void Add(string part, string name, string lot, (int Complaints, int Orders) counted) =>
            lines.Add($"{part},{CsvCell.Of(name)},{CsvCell.Of(lot)},{counted.Complaints},{counted.Orders},{Number(RateOf(counted)?.Rate)},{Number(RateOf(counted)?.Within.Low)},{Number(RateOf(counted)?.Within.High)}");

        static string Number(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
    }

    private sealed class CaseRow
    {
        public string? Category { get; init; }
        public string? Cause { get; init; }
        public long PlacedAt { get; init; }
        public string Product { get; init; } = "";
        public string Lot { get; init; } = "";
    }
}

/// <summary>A product and lot with complaints.</summary>
public sealed record PartnerLot(string Product, string Lot, int Complaints, int Orders);

using System.Data.Common;
using Amends.Data.Rollups;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Counts complaints by what they share. A complaint belongs to the day of its order, or to the day on which it came where the order is not
/// known; a duplicate counts once, in the case in which it goes on.
/// </summary>
public sealed class CauseQuery(Database database, StoredSettings settings)
{
    private const int Most = 500, MostCases = 200;

    // The cases behind a line: a complaint comes after its order, so those before the first day need not be looked at.
    private const string Complaints = "from cases c left join orders o on o.id = c.order_id where c.kind = 1 and c.goes_on_in is null and c.opened_at >= @from and coalesce(o.placed_at, c.opened_at) >= @from and coalesce(o.placed_at, c.opened_at) <= @to";

    /// <summary>What can be asked for, with its words.</summary>
    public static IReadOnlyList<(Dimension By, string Code, string Words)> Dimensions { get; } =
    [
        (Dimension.Category, "category", "Category"), (Dimension.Cause, "cause", "Cause"), (Dimension.Product, "product", "Product"), (Dimension.Lot, "lot", "Lot"),
        (Dimension.Carrier, "carrier", "Carrier"), (Dimension.Supplier, "supplier", "Supplier"), (Dimension.Place, "place", "Place"),
    ];

    /// <summary>The one with this code; categories for another word.</summary>
    public static Dimension DimensionOf(string? code) => Dimensions.FirstOrDefault(each => each.Code == code) is { Code: not null } found ? found.By : Dimension.Category;

    /// <summary>By what the vital few are found, with its words.</summary>
    public static IReadOnlyList<(CauseWeight Weigh, string Code, string Words)> Weights { get; } = [(CauseWeight.Count, "count", "Number"), (CauseWeight.Severity, "severity", "Severity"), (CauseWeight.Cost, "cost", "Cost")];

    /// <summary>The one with this code; <c>null</c> for another word.</summary>
    public static CauseWeight? WeightOf(string? code) => Weights.FirstOrDefault(each => each.Code == code) is { Code: not null } found ? found.Weigh : null;

    /// <summary>The report.</summary>
    /// <param name="by">By what.</param>
    /// <param name="level">Of categories and causes: how fine, 1 to 3.</param>
    /// <param name="span">Which days.</param>
    /// <param name="weigh">By what the vital few are found.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<CauseReport> Read(Dimension by, int level, CauseSpan span, CauseWeight weigh, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var set = by == Dimension.Category ? company.Content.Categories : company.Content.Causes;
        return await database.Read(async connection =>
        {
            var (sums, days, trait) = (new TraitCounts(connection), new Slice(span.FirstDay, span.LastDay, null), TraitOf(by));
            var isSet = by is Dimension.Category or Dimension.Cause;
            var (counted, orders, ordersBefore) = (await sums.Complaints(trait, days), await sums.AllOrders(days), await sums.AllOrders(days.Before));
            var weights = weigh switch { CauseWeight.Severity => Known(await sums.BySeverity(trait, days)), CauseWeight.Cost => Known(await sums.ByCost(trait, days)), _ => null };
            var (known, before) = (Known(counted), Known(await sums.Complaints(trait, days.Before)));
            var (exposure, exposureBefore) = isSet ? ([], []) : (Known(await sums.Orders(trait, days)), Known(await sums.Orders(trait, days.Before)));
            var lines = Pareto.Of(known.OrderByDescending(row => row.Value).ThenBy(row => row.Key, StringComparer.Ordinal), row => (weights ?? known).GetValueOrDefault(row.Key)).Take(Most)
                .Select(line => new CauseLine(line.What.Key, isSet ? set.WordsOf(line.What.Key) ?? line.What.Key : line.What.Key, (int)line.What.Value, (int)(isSet ? orders : exposure.GetValueOrDefault(line.What.Key)), line.Share, line.Cumulative, line.IsVital)
                {
                    Weight = line.Weight, Before = ((int)before.GetValueOrDefault(line.What.Key), (int)(isSet ? ordersBefore : exposureBefore.GetValueOrDefault(line.What.Key))),
                }).ToList();
            var (categories, causes) = (by == Dimension.Category ? counted : await sums.Complaints(Trait.Category, days), by == Dimension.Cause ? counted : await sums.Complaints(Trait.Cause, days));
            var heard = await sums.Pairs(Trait.FirstAndConfirmed, days);
            return new CauseReport(by, level, span)
            {
                Weigh = weigh, Currency = company.Currency, Lines = lines, Complaints = (int)counted.Sum(row => row.Count), NotKnown = (int)counted.Where(row => row.Value.Length == 0).Sum(row => row.Count), Orders = (int)orders, Without = exposure.Keys.Except(known.Keys).Count(),
                Other = Share(categories, code => CodeSet.IsWithin(code, CodeSet.Other)), Unknown = Share(causes, code => code == CodeSet.Unknown),
                Heard = [.. heard.Select(row => new FirstAndConfirmed(row.Within, row.Value, (int)row.Count)).OrderByDescending(row => row.Cases).ThenBy(row => row.First, StringComparer.Ordinal).ThenBy(row => row.Confirmed, StringComparer.Ordinal)],
                Waiting = await connection.ExecuteScalarAsync<long>(ReportBook.WaitingSql),
            };

            Dictionary<string, long> Known(IReadOnlyList<TraitCount> rows) => rows.Where(row => row.Value.Length > 0).GroupBy(row => isSet ? CodeSet.Chain(row.Value).Last(code => CodeSet.LevelOf(code) >= Math.Min(level, CodeSet.LevelOf(row.Value))) : row.Value).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
        }, ct);
    }

    /// <summary>How many complaints of some days are about "something else", of those with a category.</summary>
    public static Task<Proportion> Other(Database database, CauseSpan span, CancellationToken ct) => database.Read(async connection =>
        Share(await new TraitCounts(connection).Complaints(Trait.Category, new(span.FirstDay, span.LastDay, null)), code => CodeSet.IsWithin(code, CodeSet.Other)), ct);

    /// <summary>What most complaints that came in some days have, however old their orders are, and how many complaints came; "unknown" and "something else" are none.</summary>
    /// <param name="by">Causes or categories.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Before when.</param>
    /// <param name="ct">The request's end.</param>
    public Task<((string Code, int Cases)? Top, int All)> Came(Dimension by, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => database.Read(async connection =>
    {
        var counted = (await connection.QueryAsync<CountRow>($"select {ColumnOf(by)} as code, count(*) as number from cases c where c.kind = 1 and c.goes_on_in is null and c.opened_at >= @from and c.opened_at < @to group by {ColumnOf(by)}",
            new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() })).AsList();
        var top = counted.Where(row => !string.IsNullOrEmpty(row.Code) && row.Code != CodeSet.Unknown && !CodeSet.IsWithin(row.Code, CodeSet.Other)).OrderByDescending(row => row.Number).ThenBy(row => row.Code, StringComparer.Ordinal).FirstOrDefault();
        return (top is null ? ((string, int)?)null : (top.Code!, top.Number), counted.Sum(row => row.Number));
    }, ct);

    /// <summary>The lot, or else the product, that most complaints of some days with a cause or category share: two at least; <c>null</c> when there is none.</summary>
    public Task<(bool IsLot, string Value)?> Shared(Dimension by, string of, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => database.Read(async connection =>
    {
        foreach (var column in new[] { "lot", "product" })
        {
            var value = await connection.QueryFirstOrDefaultAsync<string>($"select o.{column} from cases c join orders o on o.id = c.order_id where c.kind = 1 and c.goes_on_in is null and c.opened_at >= @from and c.opened_at < @to and {ColumnOf(by)} = @of and o.{column} <> '' group by o.{column} having count(*) >= 2 order by count(*) desc, o.{column} limit 1",
                new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), of });
            if (value is not null)
                return ((bool, string)?)(column == "lot", value);
        }

        return null;
    }, ct);

    /// <summary>The complaints behind a line, the newest first, 200 at the most.</summary>
    /// <param name="by">By what.</param>
    /// <param name="of">Which; empty for those of which it is not known.</param>
    /// <param name="span">Which days.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<CauseCase>> Cases(Dimension by, string of, CauseSpan span, CancellationToken ct) => database.Read(async connection =>
    {
        // those of a category are found by what reports keep of a case, as the line was: so few of a million are not looked for one by one
        var codes = by == Dimension.Category ? (await new TraitCounts(connection).Complaints(Trait.Category, new(span.FirstDay, span.LastDay, null))).Select(row => row.Value).Where(code => of.Length == 0 ? code.Length == 0 : CodeSet.IsWithin(code, of)).ToArray() : [];
        if (by == Dimension.Category && codes.Length == 0)
            return [];
        var which = by == Dimension.Category ? $"c.number in (select f.case_number from case_facts f where f.opened_at >= @from and f.category {database.Among("@codes")})" : Is(by, of);
        return await Newest(connection, which, new { from = span.From.ToUnixTimeMilliseconds(), to = span.To.ToUnixTimeMilliseconds(), of, within = of + ".%", codes });
    }, ct);

    /// <summary>The complaints that were first heard as one category and turned out to be another, or the same; the newest first, 200 at the most.</summary>
    /// <param name="first">Code of the category that was heard first.</param>
    /// <param name="confirmed">Code of the one that it is.</param>
    /// <param name="span">Which days.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<CauseCase>> Heard(string first, string confirmed, CauseSpan span, CancellationToken ct) => database.Read(connection =>
        Newest(connection, "c.first_category = @first and c.confirmed_category = @confirmed", new { from = span.From.ToUnixTimeMilliseconds(), to = span.To.ToUnixTimeMilliseconds(), first, confirmed }), ct);

    private static async Task<IReadOnlyList<CauseCase>> Newest(DbConnection connection, string which, object values) => (await connection.QueryAsync<CauseCase>(
        $"select c.number, c.subject, u.name as customer, c.category, c.cause, c.opened_at, c.close_reason, o.product, o.lot, o.carrier {Complaints.Replace("where", "join customers u on u.id = c.customer_id where", StringComparison.Ordinal)} and {which} order by c.opened_at desc, c.number desc limit {MostCases}", values)).AsList();

    /// <summary>What was counted before and after a change.</summary>
    /// <param name="plan">By what it is measured.</param>
    /// <param name="windows">Which days.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Effect> Effect(ImprovementPlan plan, CountedDays windows, CancellationToken ct) => await database.Read(async connection =>
    {
        var first = await Count(windows.BeforeFrom, windows.BeforeUntil, windows.WithoutFrom, windows.WithoutUntil);
        var second = await Count(windows.AfterFrom, windows.AfterUntil, windows.AfterUntil, windows.AfterUntil);
        return new Effect(plan.By, first.Hits, first.Exposure, second.Hits, second.Exposure);

        async Task<EffectRow> Count(DateTimeOffset from, DateTimeOffset to, DateTimeOffset withoutFrom, DateTimeOffset withoutTo)
        {
            var values = new
            {
                from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), without = withoutFrom.ToUnixTimeMilliseconds(), until = withoutTo.ToUnixTimeMilliseconds(), of = plan.Of, within = plan.Of + ".%",
                settle = plan.SettleDays == 0 ? long.MaxValue / 4 : (long)TimeSpan.FromDays(plan.SettleDays).TotalMilliseconds,
            };
            string In(string at) => $"{at} >= @from and {at} < @to and not ({at} >= @without and {at} < @until)";
            if (plan.By == Dimension.Promises)
                return await connection.QuerySingleAsync<EffectRow>($"select count(*) as exposure, count(case when kind = 'next_contact_missed' then 1 end) as hits from events where (kind = 'next_contact_missed' or (kind = 'next_contact_kept' and body like '%\"in_time\":true%' and body not like '%\"kind\":\"customer\"%')) and {In("at")}", values);
            var isOrders = plan.By is not (Dimension.Category or Dimension.Cause);
            return await connection.QuerySingleAsync<EffectRow>(
                $"""
                select (select count(*) from orders o where {In("o.placed_at")}{(isOrders ? $" and {ColumnOf(plan.By)} = @of" : "")}) as exposure,
                    (select count(*) from cases c left join orders o on o.id = c.order_id where c.kind = 1 and c.goes_on_in is null and c.opened_at >= @from and {Is(plan.By, plan.Of)} and {In("coalesce(o.placed_at, c.opened_at)")}
                        and (o.placed_at is null or c.opened_at - o.placed_at <= @settle)) as hits
                """, values);
        }
    }, ct);

    /// <summary>The values of a dimension that orders of the last year have, for a list to choose from.</summary>
    public async Task<IReadOnlyList<string>> Names(Dimension by, DateTimeOffset now, CancellationToken ct)
    {
        var span = CauseSpan.Until(now, 365, (await settings.Company(ct)).Zone());
        return await database.Read(async connection => (IReadOnlyList<string>)[.. (await new TraitCounts(connection).Orders(TraitOf(by), new(span.FirstDay, span.LastDay, null))).OrderByDescending(row => row.Count).ThenBy(row => row.Value, StringComparer.Ordinal).Take(Most).Select(row => row.Value)], ct);
    }

    /// <summary>The column of orders or cases that holds it.</summary>
    internal static string ColumnOf(Dimension by) => by switch
    {
        Dimension.Cause => "c.cause",
        Dimension.Product => "o.product",
        Dimension.Lot => "o.lot",
        Dimension.Carrier => "o.carrier",
        Dimension.Supplier => "o.supplier",
        Dimension.Place => "o.site",
        _ => "c.category",
    };

    /// <summary>By what that is counted.</summary>
    internal static Trait TraitOf(Dimension by) => by switch
    {
        Dimension.Cause => Trait.Cause,
        Dimension.Product => Trait.Product,
        Dimension.Lot => Trait.Lot,
        Dimension.Carrier => Trait.Carrier,
        Dimension.Supplier => Trait.Supplier,
        Dimension.Place => Trait.Place,
        _ => Trait.Category,
    };

    private static Proportion Share(IReadOnlyList<TraitCount> rows, Func<string, bool> counts) => rows.Where(row => row.Value.Length > 0).ToList() is var known ? new((int)known.Where(row => counts(row.Value)).Sum(row => row.Count), (int)known.Sum(row => row.Count)) : default;

    private static string Is(Dimension by, string of) => of.Length == 0 ? $"coalesce({ColumnOf(by)}, '') = ''" : by is Dimension.Category or Dimension.Cause ? $"({ColumnOf(by)} = @of or {ColumnOf(by)} like @within)" : $"{ColumnOf(by)} = @of";

    private sealed class CountRow
    {
        public string? Code { get; init; }
        public int Number { get; init; }
    }

    private sealed class EffectRow
    {
        public long Exposure { get; init; }
        public long Hits { get; init; }
    }
}

/// <summary>A complaint behind a line of the report.</summary>
public sealed class CauseCase
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Customer { get; init; } = "";
    public string? Category { get; init; }
    public string? Cause { get; init; }
    public long OpenedAt { get; init; }
    public int? CloseReason { get; init; }
    public string? Product { get; init; }
    public string? Lot { get; init; }
    public string? Carrier { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>All assumptions as they count now: as they ship, as the company changed them, or as they were counted here.</summary>
/// <param name="All">In the order of the list.</param>
/// <param name="Margin">What of the price is left after the goods, 0 to 1, by the books' share of costs.</param>
public sealed record AssumptionBook(IReadOnlyList<Held> All, double Margin)
{
    /// <summary>The keys that something is computed from.</summary>
    public const string LeaveUnresolved = "leave.unresolved", LeaveResolved = "leave.resolved", ReturnQuick = "return.quick", Voice = "voice.rate", Told = "told.others", KeptAway = "told.kept_away",
        Acquisition = "acquisition.cost", AcquireToKeep = "acquire.to_keep", Retention = "retention", Discount = "discount", LoyalMultiple = "loyal.multiple", LabourHour = "labour.hour";

    private const double Millionths = 1_000_000; // as they are stored

    private static readonly Lazy<IReadOnlyList<Assumption>> Files = new(() => [.. Content.Read<List<Row>>("assumptions.json", new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } })
        .Select(row => new Assumption(row.Key, row.Title, row.UsedFor, row.Measure, row.Low, row.Value, row.High, row.Source, row.Dated, row.Grade) { OwnFrom = row.OwnFrom, OwnWhat = row.OwnWhat })]);

    /// <summary>As they ship.</summary>
    public static IReadOnlyList<Assumption> Shipped => Files.Value;

    /// <summary>One of them.</summary>
    public Held this[string key] => All.First(held => held.Of.Key == key);

    /// <summary>What a value at risk assumes; what nobody knows counts as nothing.</summary>
    public RiskOdds Odds(string currency) => new(Range(LeaveUnresolved), Range(LeaveResolved), Minor(Acquisition, currency), Range(Told), Range(KeptAway));

    /// <summary>Low end, middle and high end; zeros while nobody knows.</summary>
    public LowMidHigh<double> Range(string key) => this[key].Range ?? default;

    /// <summary>An assumption in money as minor units.</summary>
    public LowMidHigh<long> Minor(string key, string currency) => Range(key).To(major => (long)Math.Round(major / (double)new Money(1, currency).Major, MidpointRounding.AwayFromZero));

    /// <summary>What people's time costs.</summary>
    /// <param name="seconds">How long they worked.</param>
    /// <param name="currency">The company's.</param>
    public Money Labour(long seconds, string currency) => new((long)Math.Round(seconds / 3600.0 * Minor(LabourHour, currency).Mid, MidpointRounding.AwayFromZero), currency);

    /// <summary>What a customer is worth by their orders until a day; <c>null</c> without one.</summary>
    public CustomerWorth? WorthOf(OrderHistory history, DateTimeOffset at) => CustomerWorth.Of(history, at, Margin, Range(Retention), Range(Discount));

    /// <summary>What is at stake with a customer; without an order that is known only what winning another costs, and what others hear.</summary>
    public CaseRisk RiskOf(OrderHistory history, DateTimeOffset at, string currency) => CaseRisk.Of(WorthOf(history, at)?.Discounted ?? default, Odds(currency));

    /// <summary>What is at stake with the customers of many complaints together.</summary>
    /// <param name="complaints">How many.</param>
    /// <param name="yearlyRevenue">What their customers ordered for in a year, minor units.</param>
    /// <param name="currency">The company's.</param>
    public CaseRisk RiskOf(long complaints, long yearlyRevenue, string currency) => CaseRisk.OfMany(complaints, CustomerWorth.DiscountedOf(yearlyRevenue, Margin, Range(Retention), Range(Discount)), Odds(currency));

    /// <summary>Reads what was changed, the newest of each.</summary>
    internal static async Task<IReadOnlyList<Assumption>> Written(System.Data.Common.DbConnection connection)
    {
        var rows = (await connection.QueryAsync<ChangeRow>("select c.name, c.low, c.middle, c.high, c.source, c.dated, c.grade from assumption_changes c where c.id = (select max(n.id) from assumption_changes n where n.name = c.name)")).ToDictionary(row => row.Name);
        return [.. Shipped.Select(shipped => rows.GetValueOrDefault(shipped.Key) is { } row ? shipped with { Low = row.Low / Millionths, Value = row.Middle / Millionths, High = row.High / Millionths, Source = row.Source, Dated = row.Dated, Grade = (Grade)row.Grade } : shipped)];
    }

    /// <summary>Writes down another value, beside what was believed before.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="to">As it is to be.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    public static Task Change(Unit unit, Assumption to, Actor by, DateTimeOffset now) => unit.Run(
        "insert into assumption_changes (name, low, middle, high, source, dated, grade, person_id, at) values (@Key, @Low, @Value, @High, @Source, @Dated, @grade, @by, @at)",
        new { to.Key, Low = Stored(to.Low), Value = Stored(to.Value), High = Stored(to.High), to.Source, to.Dated, grade = (int)to.Grade, by = by.Id, at = now.ToUnixTimeMilliseconds() });

    /// <summary>What was believed of one, the newest first; how it shipped is the last.</summary>
    public static Task<IReadOnlyList<AssumptionChange>> History(Database database, string key, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<AssumptionChange>)(await connection.QueryAsync<AssumptionChange>(
            "select c.low / 1000000.0 as low, c.middle / 1000000.0 as middle, c.high / 1000000.0 as high, c.source, c.dated, c.grade, p.name as who, c.at from assumption_changes c join people p on p.id = c.person_id where c.name = @key order by c.id desc limit 100", new { key })).AsList(), ct);

    private static long Stored(double? value) => (long)Math.Round((value ?? throw new InvalidOperationException("An assumption without a value is not written.")) * Millionths);

    private sealed record Row(string Key, string Title, string UsedFor, Measure Measure, double? Low, double? Value, double? High, Grade Grade, string Source, string Dated, int? OwnFrom, string? OwnWhat);

    private sealed class ChangeRow
    {
        public string Name { get; init; } = "";
        public long Low { get; init; }
        public long Middle { get; init; }
        public long High { get; init; }
        public string Source { get; init; } = "";
        public string Dated { get; init; } = "";
        public int Grade { get; init; }
    }
}

/// <summary>What somebody wrote down of an assumption, and when.</summary>
public sealed class AssumptionChange
{
    public double Low { get; init; }
    public double Middle { get; init; }
    public double High { get; init; }
    public string Source { get; init; } = "";
    public string Dated { get; init; } = "";
    public int Grade { get; init; }
    public string Who { get; init; } = "";
    public long At { get; init; }
}

using System.Data.Common;
using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>Whether like cases got like answers: what was chosen is worth, by category and severity, and which cases stand out.</summary>
public sealed class ConsistencyQuery(Database database, StoredSettings settings)
{
    private const int Most = 20_000;

    /// <summary>The stretches of time that can be chosen, in days, the usual one first.</summary>
    public static readonly IReadOnlyList<int> Choices = [365, 30, 90];

    /// <summary>One of <see cref="Choices"/>; the usual one for anything else.</summary>
    public static int DaysOf(int? asked) => asked is { } days && Choices.Contains(days) ? days : Choices[0];

    /// <summary>All categories with a choice in these days, those with the most cases first.</summary>
    public Task<IReadOnlyList<Row>> Read(int days, string currency, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<Row>)[.. (await Chosen(connection, days, currency, now)).GroupBy(row => (row.Category, row.Severity)).Select(group =>
        {
            var spread = Spread.Of(group.Select(row => row.Minor))!;
            return new Row(group.Key.Category, WordsOf(group.Key.Category), (Severity)group.Key.Severity, spread, currency,
                [.. group.Where(row => spread.IsOutlier(row.Minor)).OrderByDescending(row => row.Minor).Select(row => (row.Number, new Money(row.Minor, currency)))]);
        }).OrderByDescending(row => row.Spread.Count).ThenBy(row => row.Category, StringComparer.Ordinal)], ct);

    /// <summary>The cases behind a line, the newest first, each with what was chosen in it.</summary>
    /// <param name="code">Code of the category.</param>
    /// <param name="severity">How grave.</param>
    /// <param name="days">Of how many days.</param>
    /// <param name="currency">In which money.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The zone of the company's days.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one.</returns>
    public Task<IReadOnlyList<CountedCases.Found>> Cases(string code, Severity severity, int days, string currency, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
        await CountedCases.Named(connection, database, (await Chosen(connection, days, currency, now)).Where(row => row.Category == code && row.Severity == (int)severity)
            .Select(row => (row.Number, LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), zone), (string?)new Money(row.Minor, currency).ToString()))), ct);

    /// <summary>A category in words.</summary>
    public string WordsOf(string code) => settings.Content.Categories.WordsOf(code) ?? code;

    private static async Task<IEnumerable<CaseRow>> Chosen(DbConnection connection, int days, string currency, DateTimeOffset now) => await connection.QueryAsync<CaseRow>(
        """
        select c.number, c.category, c.severity, c.opened_at, (select coalesce(sum(g.minor), 0) from money_given g where g.case_number = c.number and g.chosen = 1 and g.currency = @currency) as minor
        from cases c where c.has_choice = 1 and c.category is not null and c.opened_at > @since and c.kind = 1 and c.stage >= @chosen
        order by c.opened_at desc limit @Most
        """, new { currency, since = now.AddDays(-days).ToUnixTimeMilliseconds(), chosen = (int)CaseStage.Delivering, Most });

    /// <summary>The table as CSV (RFC 4180): amounts in major units; of fewer than five cases nothing but how many.</summary>
    public static string Csv(IReadOnlyList<Row> rows) => ReportFile.Csv(
    [
        ["about", "severity", "cases", "median", "lower_quartile", "upper_quartile", "currency", "stands_out"],
        .. rows.Select(row => (IReadOnlyList<object?>)[row.Category, row.SeverityWords, row.Spread.Count, Known(row, row.Spread.Median), Known(row, row.Spread.Lower), Known(row, row.Spread.Upper), row.Currency,
            row.Spread.IsFew ? null : string.Join(", ", row.Outliers.Select(each => string.Create(CultureInfo.InvariantCulture, $"#{each.Number} {each.Value.Major}")))]),
    ]);

    /// <summary>How grave, in a word.</summary>
    public static string Words(Severity severity) => severity == Severity.High ? "high" : "usual";

    private static object? Known(Row row, double minor) => row.Spread.IsFew ? null : row.Of(minor).Major;

    /// <summary>A category at a severity.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Category">Its words.</param>
    /// <param name="Severity">How grave.</param>
    /// <param name="Spread">What was chosen is worth, minor units.</param>
    /// <param name="Currency">Of which money.</param>
    /// <param name="Outliers">The cases that stand out, the dearest first.</param>
    public sealed record Row(string Code, string Category, Severity Severity, Spread Spread, string Currency, IReadOnlyList<(long Number, Money Value)> Outliers)
    {
        /// <summary>How grave, in a word.</summary>
        public string SeverityWords => Words(Severity);

        /// <summary>An amount of it.</summary>
        public Money Of(double minor) => new((long)Math.Round(minor, MidpointRounding.ToEven), Currency);
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public string Category { get; init; } = "";
        public int Severity { get; init; }
        public long OpenedAt { get; init; }
        public long Minor { get; init; }
    }
}

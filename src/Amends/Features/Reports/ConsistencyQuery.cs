using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Features.Reports;

/// <summary>Whether like cases got like answers: what was chosen is worth, by category and severity, and which cases stand out.</summary>
public sealed class ConsistencyQuery(Database database, StoredSettings settings)
{
    private const int Most = 20_000;

    /// <summary>All categories with a choice in these days, those with the most cases first.</summary>
    public Task<IReadOnlyList<Row>> Read(int days, string currency, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var cases = await connection.QueryAsync<CaseRow>(
            """
            select c.number, c.category, c.severity, (select coalesce(sum(g.minor), 0) from money_given g where g.case_number = c.number and g.chosen = 1 and g.currency = @currency) as minor
            from cases c where c.category is not null and c.opened_at > @since and c.kind = 1 and c.stage >= @chosen and exists (select 1 from events e where e.case_number = c.number and e.kind = 'option_chosen')
            order by c.opened_at desc limit @Most
            """, new { currency, since = now.AddDays(-days).ToUnixTimeMilliseconds(), chosen = (int)CaseStage.Delivering, Most });
        return (IReadOnlyList<Row>)[.. cases.GroupBy(row => (row.Category, row.Severity)).Select(group =>
        {
            var spread = Spread.Of(group.Select(row => row.Minor))!;
            return new Row(settings.Content.Categories.WordsOf(group.Key.Category) ?? group.Key.Category, (Severity)group.Key.Severity, spread, currency,
                [.. group.Where(row => spread.IsOutlier(row.Minor)).OrderByDescending(row => row.Minor).Select(row => (row.Number, new Money(row.Minor, currency)))]);
        }).OrderByDescending(row => row.Spread.Count).ThenBy(row => row.Category, StringComparer.Ordinal)];
    }, ct);

    /// <summary>A category at a severity.</summary>
    /// <param name="Category">Its words.</param>
    /// <param name="Severity">How grave.</param>
    /// <param name="Spread">What was chosen is worth, minor units.</param>
    /// <param name="Currency">Of which money.</param>
    /// <param name="Outliers">The cases that stand out, the dearest first.</param>
    public sealed record Row(string Category, Severity Severity, Spread Spread, string Currency, IReadOnlyList<(long Number, Money Value)> Outliers)
    {
        /// <summary>An amount of it.</summary>
        public Money Of(double minor) => new((long)Math.Round(minor, MidpointRounding.ToEven), Currency);
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public string Category { get; init; } = "";
        public int Severity { get; init; }
        public long Minor { get; init; }
    }
}

using System.Data.Common;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>The cases behind a figure of <see cref="Measure.EndedBy"/>: these marks hang on the complaint before, and lie beside what is counted of worth.</summary>
public sealed class EndedCases(Database database)
{
    /// <summary>Finds them, day by day from the last on which any of them is counted, so that what is rare is found as fast as what is not.</summary>
    /// <param name="wanted">Which marks.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>The last that ended first, and one more than <see cref="CountedCases.Most"/> when there are more.</returns>
    public Task<IReadOnlyList<CountedCases.Found>> Read(CountedCases.Wanted wanted, CancellationToken ct) => database.Read(async connection =>
    {
        var (codes, found) = (ReportCounts.CodesOf(wanted.Slice), new List<CountedCases.Found>());
        var within = codes.Length == 0 ? "" : $" and w.category {database.Among("@codes")}";
        foreach (var day in await Days(connection, wanted, codes))
        {
            var rows = await connection.QueryAsync<Row>(
                $"""
                select w.case_number, w.later, c.subject, u.name, c.closed_at from worth_facts w join cases c on c.number = w.case_number join customers u on u.id = c.customer_id
                where w.day = @day and w.ending > 0{within} order by w.case_number desc
                """, new { day, codes });
            found.AddRange(rows.Where(row => Marks.Read(row.Later).Keys.Any(wanted.Is)).Select(row => new CountedCases.Found(row.CaseNumber, row.Subject, row.Name, DateOnly.FromDayNumber(day), row.ClosedAt is null)));
            if (found.Count > CountedCases.Most)
                break;
        }

        return (IReadOnlyList<CountedCases.Found>)[.. found.Take(CountedCases.Most + 1)];
    }, ct);

    private async Task<IEnumerable<int>> Days(DbConnection connection, CountedCases.Wanted wanted, string[] codes) => (await connection.QueryAsync<(int Span, long Part)>(
        $"""
        select span, part from report_counts where measure = {(int)Measure.EndedBy} and grain = {Cell.Day} and span between @from and @to and bucket between @least and @most{(codes.Length == 0 ? "" : $" and category {database.Among("@codes")}")}
        group by span, part order by span desc
        """, new { from = wanted.Slice.From.DayNumber, to = wanted.Slice.To.DayNumber, least = wanted.Least ?? 0, most = wanted.HighestValue ?? int.MaxValue, codes }))
        .Where(row => wanted.Parts is null || wanted.Parts(row.Part)).Select(row => row.Span).Distinct();

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public string Later { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Name { get; init; } = "";
        public long? ClosedAt { get; init; }
    }
}

using Amends.Data.Rollups;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data;

/// <summary>The complaints behind a figure about worth: the newest.</summary>
public sealed class WorthCaseList(Database database, CountedCases counted)
{
    /// <summary>So many are shown at most.</summary>
    public const int Most = CountedCases.Most;

    /// <summary>Their numbers, the newest first.</summary>
    /// <param name="cases">Which.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<IReadOnlyList<long>> Numbers(WorthCases? cases, CancellationToken ct) => cases switch
    {
        null or { Count: 0 } => [],
        { Wanted: null } => [.. cases.Newest.OrderDescending().Take(Most)],
        { Wanted: { Measure: Measure.Keeping } spent } => [.. (await database.Read(connection => CountedCases.Along(connection, database, "worth_facts", "", spent, ct), ct)).Take(Most).Select(found => found.Number)],
        { Wanted: { Measure: < Measure.WorthEnded } other } => [.. (await counted.Read(other, ct)).Take(Most).Select(found => found.Number)],
        { Wanted: { } wanted } => await database.Read(connection => Ended(connection, wanted), ct),
    };

    /// <summary>Day by day from the last on which any is counted, so that what is rare is found as fast as what is not.</summary>
    private static async Task<IReadOnlyList<long>> Ended(System.Data.Common.DbConnection connection, CountedCases.Wanted wanted)
    {
        var days = await connection.QueryAsync<int>(
            $"""
            select span from report_counts where measure = @measure and grain = {Cell.Day} and span between @from and @to{(wanted.Part is null ? "" : " and part = @Part")}{(wanted.Least is null ? "" : " and bucket >= @Least")}{(wanted.HighestValue is null ? "" : " and bucket <= @HighestValue")}
            group by span order by span desc limit {Most}
            """, new { measure = (int)wanted.Measure, from = wanted.Slice.From.DayNumber, to = wanted.Slice.To.DayNumber, wanted.Part, wanted.Least, wanted.HighestValue });
        var found = new List<long>();
        foreach (var day in days)
        {
            var rows = await connection.QueryAsync<Row>("select case_number, marks, later from worth_facts where day = @day and ending > 0 order by case_number desc", new { day });
            found.AddRange(rows.Where(row => Marks.Read(row.Marks).Keys.Concat(Marks.Read(row.Later).Keys).Any(wanted.Is)).Select(row => row.CaseNumber).Take(Most - found.Count));
            if (found.Count == Most)
                break;
        }

        return found;
    }

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public string Marks { get; init; } = "";
        public string Later { get; init; } = "";
    }
}

/// <summary>The complaints behind a figure.</summary>
/// <param name="Count">How many they are; <c>null</c> where only what they cost is summed.</param>
/// <param name="Wanted">By which marks they are found; <c>null</c> where their numbers are known.</param>
public sealed record WorthCases(long? Count, CountedCases.Wanted? Wanted)
{
    /// <summary>The newest, where they are not found by marks.</summary>
    public IReadOnlyList<long> Newest { get; init; } = [];
}

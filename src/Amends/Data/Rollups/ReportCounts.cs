using System.Data.Common;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>Which days and which complaints a report is about.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Category">Code of one category; empty for those that have none yet, <c>null</c> for all.</param>
public sealed record Slice(DateOnly From, DateOnly To, string? Category)
{
    /// <summary>What stands in an address for those that have no category yet.</summary>
    public const string NoCategory = "none";

    /// <summary>Its category as the end of a query; nothing for all.</summary>
    public string CategoryQuery => Category is { } code ? $"&category={(code.Length == 0 ? NoCategory : Uri.EscapeDataString(code))}" : "";

    /// <summary>As many days before.</summary>
    public Slice Before => new(From.AddDays(From.DayNumber - To.DayNumber - 1), From.AddDays(-1), Category);

    /// <summary>How many days.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>Reads what <see cref="ReportReader"/> keeps: whole months by their sums, the rest by days.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="database">Of which kind it is.</param>
public sealed class ReportCounts(DbConnection connection, Database database)
{
    /// <summary>The sums of a measure over all days.</summary>
    /// <param name="measure">Of what.</param>
    /// <param name="slice">Which days and complaints.</param>
    /// <param name="parts">Which sorts; all without. Durations are read by these alone, since they have many buckets.</param>
    public async Task<Sums> Of(Measure measure, Slice slice, IReadOnlyList<long>? parts = null)
    {
        var spans = SpansOf(slice);
        var rows = await connection.QueryAsync<Row>(
            $"""
            select part, bucket, cast(sum(n) as bigint) as n from (
                {string.Join(" union all ", spans.Select((span, i) => $"select part, bucket, n from report_counts where measure = @measure and grain = {span.Grain}{PartsOf(parts)} and span between {span.From} and {span.To}{CategoryOf(span.Grain, slice)}"))}
            ) as counted group by part, bucket
            """, new { measure = (int)measure, parts = parts?.ToArray(), codes = CodesOf(slice), all = Cell.All });
        return new(rows.Select(row => (row.Part, row.Bucket, row.N)));
    }

    /// <summary>The sums of a measure day by day.</summary>
    /// <param name="measure">Of what.</param>
    /// <param name="slice">Which days and complaints.</param>
    /// <param name="parts">Which sorts; all without.</param>
    public async Task<ILookup<int, (long Part, int Bucket, long Count)>> Daily(Measure measure, Slice slice, IReadOnlyList<long>? parts = null)
    {
        var rows = await connection.QueryAsync<Row>(
            $"""
            select span, part, bucket, cast(sum(n) as bigint) as n from report_counts where measure = @measure and grain = {Cell.Day}{PartsOf(parts)} and span between @from and @to{CategoryOf(Cell.Day, slice)}
            group by span, part, bucket
            """, new { measure = (int)measure, parts = parts?.ToArray(), from = slice.From.DayNumber, to = slice.To.DayNumber, codes = CodesOf(slice) });
        return rows.ToLookup(row => row.Span, row => (row.Part, row.Bucket, row.N));
    }

    /// <summary>The sums of a measure month by month, by the number of the month (<see cref="Cell.MonthOf"/>); of the first and the last month only the days of the slice.</summary>
    /// <param name="measure">Of what.</param>
    /// <param name="slice">Which days and complaints.</param>
    /// <param name="parts">Which sorts.</param>
    public async Task<ILookup<int, (long Part, int Bucket, long Count)>> Monthly(Measure measure, Slice slice, IReadOnlyList<long> parts)
    {
        var spans = new List<(int Month, int Grain, int From, int To)>();
        for (var month = new DateOnly(slice.From.Year, slice.From.Month, 1); month <= slice.To; month = month.AddMonths(1))
        {
            var (from, to) = (Later(month, slice.From), Earlier(month.AddMonths(1).AddDays(-1), slice.To));
            var number = Cell.MonthOf(month.DayNumber);
            spans.Add(SpansOf(slice with { From = from, To = to })[0] is var span ? (number, span.Grain, span.From, span.To) : default);
        }

        if (spans.Count == 0)
            return Array.Empty<(int, (long, int, long))>().ToLookup(row => row.Item1, row => row.Item2);
        var rows = await connection.QueryAsync<Row>(
            $"""
            select month as span, part, bucket, cast(sum(n) as bigint) as n from (
                {string.Join(" union all ", spans.Select(span => $"select {span.Month} as month, part, bucket, n from report_counts where measure = @measure and grain = {span.Grain}{PartsOf(parts)} and span between {span.From} and {span.To}{CategoryOf(span.Grain, slice)}"))}
            ) as counted group by month, part, bucket
            """, new { measure = (int)measure, parts = parts.ToArray(), codes = CodesOf(slice), all = Cell.All });
        return rows.ToLookup(row => row.Span, row => (row.Part, row.Bucket, row.N));

        static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
        static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
    }

    /// <summary>How much of a measure there is in each category, the most first.</summary>
    public async Task<IReadOnlyList<(string Category, long Count)>> ByCategory(Measure measure, Slice slice, long? part = null)
    {
        var rows = await connection.QueryAsync<(string, long)>(
            $"""
            select category, cast(sum(n) as bigint) as n from (
                {string.Join(" union all ", SpansOf(slice).Select(span => $"select category, n from report_counts where measure = @measure and grain = {span.Grain} and span between {span.From} and {span.To} and category <> @all{(slice.Category is null ? "" : $" and category {database.Among("@codes")}")}{(part is null ? "" : " and part = @part")}"))}
            ) as counted group by category order by n desc, category
            """, new { measure = (int)measure, part, codes = CodesOf(slice), all = Cell.All });
        return rows.AsList();
    }

    /// <summary>Whole months where the slice holds any, and the days before and after them.</summary>
    internal static IReadOnlyList<(int Grain, int From, int To)> SpansOf(Slice slice)
    {
        var (first, last) = (slice.From.DayNumber, slice.To.DayNumber);
        var begin = slice.From.Day == 1 ? slice.From : new DateOnly(slice.From.Year, slice.From.Month, 1).AddMonths(1);
        var end = slice.To.AddDays(1).Day == 1 ? slice.To.AddDays(1) : new DateOnly(slice.To.Year, slice.To.Month, 1);
        if (begin >= end)
            return [(Cell.Day, first, last)];
        var spans = new List<(int, int, int)> { (Cell.Month, Cell.MonthOf(begin.DayNumber), Cell.MonthOf(end.DayNumber) - 1) };
        if (first < begin.DayNumber)
            spans.Add((Cell.Day, first, begin.DayNumber - 1));
        if (last >= end.DayNumber)
            spans.Add((Cell.Day, end.DayNumber, last));
        return spans;
    }

    private string PartsOf(IReadOnlyList<long>? parts) => parts is null ? "" : $" and part {database.Among("@parts")}";

    private string CategoryOf(int grain, Slice slice) => slice.Category is not null ? $" and category {database.Among("@codes")}" : grain == Cell.Month ? " and category = @all" : "";

    /// <summary>A condition for one of several values, as <see cref="Database.Among"/>.</summary>
    public string Among(string values) => database.Among(values);

    /// <summary>A category and its parts.</summary>
    internal static string[] CodesOf(Slice slice) => slice.Category is not { } code ? [] : CategorySet.All.FirstOrDefault(group => group.Code == code) is { } group ? [code, .. group.Parts.Select(part => part.Code)] : [code];

    private sealed class Row
    {
        public int Span { get; init; }
        public long Part { get; init; }
        public int Bucket { get; init; }
        public long N { get; init; }
    }
}

/// <summary>The sums of one measure, by part and bucket.</summary>
public sealed class Sums
{
    private readonly ILookup<long, (int Bucket, long Count)> _parts;

    /// <param name="rows">The sums; one may come in several pieces.</param>
    public Sums(IEnumerable<(long Part, int Bucket, long Count)> rows) => _parts = rows.ToLookup(row => row.Part, row => (row.Bucket, row.Count));

    /// <summary>All of it.</summary>
    public long All => _parts.Sum(part => part.Sum(row => row.Count));

    /// <summary>Some of the parts alone.</summary>
    /// <param name="which">Which.</param>
    public Sums Where(Func<long, bool> which) => new(_parts.Where(part => which(part.Key)).SelectMany(part => part.Select(row => (part.Key, row.Bucket, row.Count))));

    /// <summary>The buckets of all parts from one to another, both counted.</summary>
    public long Between(int least, int most) => _parts.SelectMany(part => part).Where(row => row.Bucket >= least && row.Bucket <= most).Sum(row => row.Count);

    /// <summary>The parts that hold any, and how much of each.</summary>
    public IEnumerable<(long Part, long Count)> Parts => _parts.Select(part => (part.Key, part.Sum(row => row.Count))).OrderBy(part => part.Key);

    /// <summary>The buckets of a part.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets(long part) => Added(_parts[part]);

    /// <summary>The buckets of all parts together.</summary>
    public IEnumerable<(int Bucket, long Count)> BucketsOfAll => Added(_parts.SelectMany(part => part));

    /// <summary>One part.</summary>
    public long Of(Enum part) => _parts[Convert.ToInt64(part)].Sum(row => row.Count);

    /// <summary>One part at one bucket.</summary>
    public long Of(long part, int bucket) => _parts[part].Where(row => row.Bucket == bucket).Sum(row => row.Count);

    /// <summary>All parts at one bucket.</summary>
    public long At(int bucket) => _parts.Sum(part => Of(part.Key, bucket));

    /// <summary>Durations of a part.</summary>
    public MinuteHistogram Durations(long part)
    {
        var durations = new MinuteHistogram();
        foreach (var (bucket, count) in _parts[part])
            durations.AddTo(bucket, count);
        return durations;
    }

    private static IEnumerable<(int Bucket, long Count)> Added(IEnumerable<(int Bucket, long Count)> rows) => rows.GroupBy(row => row.Bucket).Select(bucket => (bucket.Key, bucket.Sum(row => row.Count))).OrderBy(bucket => bucket.Key);
}

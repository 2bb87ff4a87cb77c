using System.Data.Common;
using Amends.Domain.Calendars;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>The cases behind a figure: the newest that have such a mark.</summary>
public sealed class CountedCases(Database database)
{
    /// <summary>So many are shown at most.</summary>
    public const int Most = 100;

    private const int FirstLook = 1_000, LargestLook = 16_000; // rows; each further look takes four times as many

    /// <summary>Finds them.</summary>
    /// <param name="wanted">Which marks.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>The newest first, and one more than <see cref="Most"/> when there are more.</returns>
    public Task<IReadOnlyList<Found>> Read(Wanted wanted, CancellationToken ct) => database.Read(async connection =>
        await Named(connection, database, (await Along(connection, database, "case_facts", " and last_day >= @from and first_day <= @to", wanted, ct)).Select(each => (each.Number, DateOnly.FromDayNumber(each.Day), (string?)null))), ct);

    /// <summary>Finds them along the numbers of the cases, the newest first.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="database">Its kind.</param>
    /// <param name="table">The table with the marks of each case: <c>case_facts</c> or <c>worth_facts</c>.</param>
    /// <param name="days">What its rows say of the days, after “and”; empty where they say nothing.</param>
    /// <param name="wanted">Which marks.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>Their numbers with the newest day on which each is counted; one more than <see cref="Most"/> when there are more.</returns>
    internal static async Task<IReadOnlyList<(long Number, int Day)>> Along(DbConnection connection, Database database, string table, string days, Wanted wanted, CancellationToken ct)
    {
        var found = new List<(long Number, int Day)>();
        var codes = ReportCounts.CodesOf(wanted.Slice);
        var (below, take, isMore) = (long.MaxValue, FirstLook, true);
        while (isMore && found.Count <= Most)
        {
            // a database that knows how few rows are asked for goes along the numbers; without it PostgreSQL sorts all that match
            var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
                $"""
                select case_number, marks, later from {table} where case_number < @below{days} and (marks like @first or marks like @inside or later like @first or later like @inside){(codes.Length == 0 ? "" : $" and category {database.Among("@codes")}")}{(wanted.Without.Count == 0 ? "" : $" and not (category {database.Among("@without")})")}
                order by case_number desc limit @take
                """, new { below, take, from = wanted.Slice.From.DayNumber, to = wanted.Slice.To.DayNumber, codes, without = wanted.Without.ToArray(), first = $"{(int)wanted.Measure},%", inside = $"% {(int)wanted.Measure},%" }, cancellationToken: ct))).AsList();
            foreach (var row in rows)
            {
                if (Marks.Read(row.Marks).Keys.Concat(Marks.Read(row.Later).Keys).Where(wanted.Is).Select(mark => (int?)mark.Day).Max() is { } day)
                    found.Add((row.CaseNumber, day));
                if (found.Count > Most)
                    break;
            }

            (below, isMore, take) = (rows.Count == 0 ? 0 : rows[^1].CaseNumber, rows.Count == take, Math.Min(take * 4, LargestLook));
        }

        return found;
    }

    /// <summary>Cases with what a list shows of them, in the order in which they are given.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="database">Its kind.</param>
    /// <param name="found">Their numbers, on which day they are counted, and what else the list says of each; no more than <see cref="Most"/> and one.</param>
    internal static async Task<IReadOnlyList<Found>> Named(DbConnection connection, Database database, IEnumerable<(long Number, DateOnly Day, string? Note)> found)
    {
        var each = found.Take(Most + 1).ToList();
        var numbers = each.Select(one => one.Number).ToArray();
        var cases = numbers.Length == 0 ? [] : (await connection.QueryAsync<CaseRow>($"select c.number, c.subject, u.name, c.closed_at from cases c join customers u on u.id = c.customer_id where c.number {database.Among("@numbers")}", new { numbers })).ToDictionary(row => row.Number);
        return [.. each.Where(one => cases.ContainsKey(one.Number)).Select(one => cases[one.Number] is var row ? new Found(row.Number, row.Subject, row.Name, one.Day, row.ClosedAt is null) { Note = one.Note } : null!)];
    }

    /// <summary>Which marks are wanted.</summary>
    /// <param name="Measure">Of what.</param>
    /// <param name="Part">Of which sort; <c>null</c> for any.</param>
    /// <param name="Least">The lowest value; <c>null</c> for any.</param>
    /// <param name="HighestValue">The highest value; <c>null</c> for any.</param>
    /// <param name="Slice">On which days, of which category.</param>
    public sealed record Wanted(Measure Measure, long? Part, int? Least, int? HighestValue, Slice Slice)
    {
        /// <summary>Which parts, where they are several; all without.</summary>
        public Func<long, bool>? Parts { get; init; }

        /// <summary>On which day of the week; any without.</summary>
        public DayOfWeek? Weekday { get; init; }

        /// <summary>Of none of these categories; empty for what has none yet.</summary>
        public IReadOnlyList<string> Without { get; init; } = [];

        /// <summary>Whether a mark is one of them.</summary>
        public bool Is(Mark mark) => mark.Measure == Measure && (Part is null || mark.Part == Part) && (Parts is null || Parts(mark.Part)) && (Least is null || mark.Bucket >= Least) && (HighestValue is null || mark.Bucket <= HighestValue)
            && mark.Day >= Slice.From.DayNumber && mark.Day <= Slice.To.DayNumber && (Weekday is null || DateOnly.FromDayNumber(mark.Day).DayOfWeek == Weekday);
    }

    /// <summary>A case that is counted.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Subject">Its subject.</param>
    /// <param name="Customer">Whose it is.</param>
    /// <param name="Day">The newest day on which it is counted.</param>
    /// <param name="IsOpen">It is open now.</param>
    public sealed record Found(long Number, string Subject, string Customer, DateOnly Day, bool IsOpen)
    {
        /// <summary>What else the list says of it; <c>null</c> for nothing.</summary>
        public string? Note { get; init; }
    }

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public string Marks { get; init; } = "";
        public string Later { get; init; } = "";
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Name { get; init; } = "";
        public long? ClosedAt { get; init; }
    }
}

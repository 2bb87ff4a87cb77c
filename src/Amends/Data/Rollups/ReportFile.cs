using System.Globalization;
using System.Text.RegularExpressions;
using Amends.Domain;
using Amends.Domain.Statistics;
using CsvHelper;

namespace Amends.Data.Rollups;

/// <summary>A report as files: one table as CSV (RFC 4180), all of it as a workbook (ECMA-376). Both hold the same cells; a share of fewer than ten is left empty but for how many they are.</summary>
public static partial class ReportFile
{
    /// <summary>The tables of a report by code, the figures first: a head, then rows of text, numbers and nothing.</summary>
    public static IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> Sheets(Report report)
    {
        var figures = new List<IReadOnlyList<object?>> { new[] { "figure", "name", "value", "unit", "hits", "of", "low", "high", "p90", "before", "from", "to", "definition" } };
        figures.AddRange(report.Figures.Select(figure => (IReadOnlyList<object?>)
        [
            figure.Code, figure.Name, figure.IsFew ? null : figure.Value, figure.Unit.ToString().ToLowerInvariant(), figure.IsFew ? null : figure.Hits, figure.Of, figure.IsFew ? null : figure.Interval?.Low, figure.IsFew ? null : figure.Interval?.High, figure.IsFew ? null : figure.P90, figure.Before,
            Day(report.Slice.From), Day(report.Slice.To), figure.Definition,
        ]));
        return [("figures", figures), .. report.Tables.Select(table => (table.Code, Flat(table)))];
    }

    /// <summary>One table as CSV; <c>null</c> when the report has none of that name.</summary>
    public static string? Csv(Report report, string? table)
    {
        var rows = Sheets(report).FirstOrDefault(sheet => sheet.Code == (table ?? "figures")).Rows;
        return rows is null ? null : Csv(rows);
    }

    /// <summary>Rows as CSV.</summary>
    public static string Csv(IReadOnlyList<IReadOnlyList<object?>> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + "\r\n"));

    /// <summary>The rows of a file, its numbers as numbers; what only looks like one, such as the lot 007 or 1E5, stays a text.</summary>
    /// <param name="csv">A whole file (RFC 4180).</param>
    public static IReadOnlyList<IReadOnlyList<object?>> Rows(string csv)
    {
        using var file = CsvReader.Create(new StringReader(csv), new CsvReaderOptions { HasHeader = false }, leaveOpen: false);
        var rows = new List<IReadOnlyList<object?>>();
        while (file.Read())
            rows.Add([.. Enumerable.Range(0, file.FieldCount).Select(file.GetString).Select(cell => cell.Length == 0 ? null : IsNumber().IsMatch(cell) ? double.Parse(cell, CultureInfo.InvariantCulture) : (object?)cell)]);
        return rows;
    }

    /// <summary>All tables as a workbook, a sheet each.</summary>
    public static byte[] Workbook(Report report) => Workbook(Sheets(report));

    /// <summary>Tables as a workbook, a sheet each.</summary>
    public static byte[] Workbook(IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> sheets)
    {
        using var file = new MemoryStream();
        using (var book = new StreamedWorkbook(file))
        {
            foreach (var (code, rows) in sheets)
            {
                book.Begin(code);
                foreach (var row in rows)
                    book.Row(row);
            }
        }

        return file.ToArray();
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$", RegexOptions.NonBacktracking)]
    private static partial Regex IsNumber();

    private static IReadOnlyList<IReadOnlyList<object?>> Flat(ReportTable table)
    {
        var shares = Enumerable.Range(0, table.Columns.Count).Where(i => table.Rows.Any(row => row.Cells[i] is Proportion)).ToHashSet();
        var rows = new List<IReadOnlyList<object?>> { table.Columns.SelectMany((column, i) => shares.Contains(i) ? new object?[] { column.Code, column.Code + "_hits", column.Code + "_of", column.Code + "_low", column.Code + "_high" } : [column.Code]).ToList() };
        rows.AddRange(table.Rows.Select(row => (IReadOnlyList<object?>)row.Cells.SelectMany((cell, i) => shares.Contains(i) ? OfShare(cell as Proportion?) : [Plain(cell)]).ToList()));
        return rows;
    }

    private static object?[] OfShare(Proportion? share) => share is not { } known ? new object?[5] : known.IsFew ? [null, null, (long)known.Of, null, null] : [known.Share, (long)known.Hits, (long)known.Of, known.Interval?.Low, known.Interval?.High];

    private static object? Plain(object? cell) => cell switch { DateOnly day => Day(day), TimeSpan span => (long)span.TotalMinutes, Money money => money.Major, _ => cell };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(object? cell) => CsvCell.Of(cell switch { null => "", string text => text, _ => StreamedWorkbook.Number(cell) });
}

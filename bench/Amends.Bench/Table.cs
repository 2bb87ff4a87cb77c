using System.Globalization;

namespace Amends.Bench;

/// <summary>Everything that was measured, beside its limit and its target; printed at the end, with what fell short.</summary>
public sealed class Table
{
    private readonly List<Row> _rows = [];

    /// <summary>Adds a line, and shows it at once.</summary>
    /// <param name="database">On which database.</param>
    /// <param name="what">What was measured.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="limit">The limit that was measured in the same run, in the same unit.</param>
    /// <param name="limitWhat">What the limit is.</param>
    /// <param name="target">What is to be reached.</param>
    /// <param name="lessIsBetter">Whether the target is a most and not a least.</param>
    public void Add(string database, string what, double value, string unit, double? limit = null, string limitWhat = "", double? target = null, bool lessIsBetter = false)
    {
        var row = new Row(database, what, value, unit, limit, limitWhat, target, lessIsBetter);
        _rows.Add(row);
        Console.Error.WriteLine($"  {database}: {what} {Figure(value)} {unit}");
    }

    /// <summary>Prints all of it.</summary>
    public void Print()
    {
        string[] head = ["database", "what", "measured", "limit in this run", "of it", "target", ""];
        var lines = _rows.Select(row => new[]
        {
            row.Database, row.What, $"{Figure(row.Value)} {row.Unit}", row.Limit is { } limit ? $"{Figure(limit)} {row.LimitWhat}" : "",
            row.Limit is > 0 ? (row.Value / row.Limit.Value).ToString("P1", CultureInfo.InvariantCulture) : "",
            row.Target is { } target ? $"{(row.LessIsBetter ? "<" : "≥")} {Figure(target)}" : "", row.FellShort ? "SHORT" : row.Target is null ? "" : "ok",
        }).Prepend(head).ToList();
        var widths = head.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        Console.WriteLine();
        foreach (var line in lines)
            Console.WriteLine(string.Join("  ", line.Select((cell, i) => i is 2 or 4 or 5 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        var short_ = _rows.Where(row => row.FellShort).ToList();
        Console.WriteLine(short_.Count == 0 ? "\nEvery target was reached." : $"\nFell short ({short_.Count}):");
        foreach (var row in short_)
            Console.WriteLine($"  {row.Database}: {row.What} is {Figure(row.Value)} {row.Unit}, to reach {(row.LessIsBetter ? "below" : "at least")} {Figure(row.Target!.Value)}");
    }

    private static string Figure(double value) => value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);

    private sealed record Row(string Database, string What, double Value, string Unit, double? Limit, string LimitWhat, double? Target, bool LessIsBetter)
    {
        public bool FellShort => Target is { } target && (LessIsBetter ? Value >= target : Value < target);
    }
}

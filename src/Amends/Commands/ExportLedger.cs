using System.Globalization;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;

namespace Amends.Commands;

/// <summary><c>amends export ledger</c>: the books for an accounting program.</summary>
public static class ExportLedger
{
    /// <summary>Writes the lines of some days as CSV by a map of columns, or as JSON lines with all fields.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        Backup.MustBeThere(line.Surroundings);
        var (from, to) = (DayOf(line.Option("--from"), "0001-01-01"), DayOf(line.Option("--to"), "9999-12-31"));
        var map = ColumnMap.All.GetValueOrDefault(line.Option("--map") ?? "generic") ?? throw new Refused("map", $"There is no map {line.Option("--map")}; there are {string.Join(", ", ColumnMap.All.Keys)}.");
        var isJson = (line.Option("--format") ?? "csv") switch { "csv" => false, "json" => true, var other => throw new Refused("format", $"The format {other} is neither csv nor json.") };
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await using var snapshot = await Snapshot.Take(database);
        await using var writer = line.Option("--out") is { } file ? new StreamWriter(file) : new StreamWriter(Console.OpenStandardOutput());
        writer.NewLine = isJson ? "\n" : "\r\n";
        if (!isJson)
            await writer.WriteLineAsync(LedgerExport.Head(map));
        await foreach (var row in snapshot.Rows<LedgerRow>(LedgerExport.Sql, new { from, to }))
            await writer.WriteLineAsync(isJson ? LedgerExport.Json(row).ToJsonString() : LedgerExport.Csv(row, map));
        return 0;
    }

    private static string DayOf(string? typed, string otherwise) => typed is null ? otherwise
        : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? typed
        : throw new Refused("day", $"{typed} is not a day like 2026-03-31.");
}

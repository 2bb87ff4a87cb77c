using System.Globalization;
using Amends.Data;
using Amends.Domain;
using CsvHelper;

namespace Amends.Features.Worth;

/// <summary>Reads what finding customers cost from CSV: the columns <c>month</c>, <c>spend</c> and <c>new_customers</c>. A known month is brought up to date; a row that cannot be used is refused with its line.</summary>
public sealed class SpendImport(Database database, WorthDesk desk, TimeProvider clock)
{
    private const int LongestRecord = 64 * 1024;

    /// <summary>The largest file that the page takes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Imports all rows that can be used.</summary>
    /// <param name="text">The file.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="ct">Ends it before anything is stored.</param>
    /// <exception cref="Refused"><c>columns</c>: the first line does not name all three.</exception>
    public async Task<Result> Run(TextReader text, string currency, bool checkOnly = false, CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        List<string> headers = [.. (csv.Headers ?? []).Select(header => header.Trim().TrimStart('\uFEFF').ToLowerInvariant().Replace(' ', '_'))];
        var places = new[] { headers.FindIndex(name => name is "month"), headers.FindIndex(name => name is "spend" or "spent" or "amount"), headers.FindIndex(name => name is "new_customers" or "customers") };
        if (places.Any(place => place < 0))
            throw new Refused("columns", $"The first line must name the columns; {new[] { "month", "spend", "new_customers" }[Array.FindIndex(places, place => place < 0)]} is missing.");
        List<SpendMonth> rows = [];
        List<(int, string)> refused = [];
        while (await Next())
        {
            var (month, spend, found) = (Field(places[0]), Field(places[1]), Field(places[2]));
            if (AcquisitionSpend.MonthOf(month) is not { } which)
                refused.Add(((int)csv.LineNumber, $"Months are written 2026-03: {Texts.Cut(month, 40)}"));
            else if (MinorOf(spend, currency) is not { } minor)
                refused.Add(((int)csv.LineNumber, $"This is no amount in {currency}: {Texts.Cut(spend, 40)}"));
            else if (!int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var customers) || customers > AcquisitionSpend.MostCustomers)
                refused.Add(((int)csv.LineNumber, $"This is no number of customers: {Texts.Cut(found, 40)}"));
            else
                rows.Add(new() { Month = which, Minor = minor, Currency = currency, NewCustomers = customers });
        }

        if (checkOnly || rows.Count == 0)
            return new(0, 0, refused);
        var now = clock.GetUtcNow();
        var added = await database.Write(async unit =>
        {
            var fresh = 0;
            foreach (var row in rows)
                fresh += await AcquisitionSpend.Put(unit, row, now) ? 1 : 0;
            return fresh;
        }, ct);
        desk.Forget();
        return new(added, rows.Count - added, refused);

        string Field(int place) => place < csv.FieldCount ? csv.GetString(place).Trim() : "";

        async Task<bool> Next()
        {
            try
            {
                return await csv.ReadAsync(ct);
            }
            catch (CsvFormatException broken) // a quote that never ends: nothing after it can be told apart
            {
                refused.Add(((int)broken.LineNumber, "From here on the file cannot be read: a quote has no end."));
                return false;
            }
        }
    }

    private static long? MinorOf(string typed, string currency)
    {
        try
        {
            return decimal.TryParse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var major) ? Money.FromMajor(major, currency).Minor : null;
        }
        catch (Refused)
        {
            return null; // finer than the currency, or beyond all reason
        }
    }

    /// <summary>What became of the rows.</summary>
    /// <param name="Added">New months.</param>
    /// <param name="Updated">Months that were known.</param>
    /// <param name="Refused">The line, and why it was refused.</param>
    public sealed record Result(int Added, int Updated, IReadOnlyList<(int Line, string Why)> Refused);
}

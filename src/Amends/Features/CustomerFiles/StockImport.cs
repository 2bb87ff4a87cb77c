using System.Globalization;
using Amends.Data;
using Amends.Domain;
using CsvHelper;

namespace Amends.Features.CustomerFiles;

/// <summary>Reads how much is there of each product from CSV: the columns <c>product</c> and <c>pieces</c>. A known product is brought up to date; a row that cannot be used is refused with its line.</summary>
public sealed class StockImport(Database database, TimeProvider clock)
{
    private const int Batch = 500;
    private const int LongestRecord = 64 * 1024;
    private const int LongestName = 200;

    /// <summary>Imports all rows that can be used.</summary>
    /// <param name="text">The file.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="ct">Ends it between batches; what is stored stays.</param>
    /// <exception cref="Refused"><c>columns</c>: the first line does not name both.</exception>
    public async Task<OrderImport.Result> Run(TextReader text, bool checkOnly = false, CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        List<string> headers = [.. (csv.Headers ?? []).Select(header => header.Trim().TrimStart('\uFEFF').ToLowerInvariant())];
        var (product, pieces) = (headers.FindIndex(name => name is "product" or "name" or "item"), headers.FindIndex(name => name is "pieces" or "stock" or "quantity"));
        if (product < 0 || pieces < 0)
            throw new Refused("columns", $"The first line must name the columns; {(product < 0 ? "product" : "pieces")} is missing.");
        var result = new OrderImport.Result();
        List<(string Product, int Pieces)> batch = [];
        while (await OrderImport.Next(csv, result, ct))
        {
            var (name, count) = (Storable.Of(Field(product)), Field(pieces));
            if (name.Length is 0 or > LongestName)
                result.Refuse((int)csv.LineNumber, name.Length == 0 ? "The product is missing." : $"A product's name has {LongestName} characters at the most.");
            else if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > ProductStock.Most)
                result.Refuse((int)csv.LineNumber, $"This is no number of pieces: {Domain.Texts.Cut(count, 40)}");
            else
                batch.Add((name, number));
            if (batch.Count == Batch)
                await Store(batch, result, checkOnly);
        }

        await Store(batch, result, checkOnly);
        return result;

        string Field(int place) => place < csv.FieldCount ? csv.GetString(place).Trim() : "";
    }

    private async Task Store(List<(string Product, int Pieces)> batch, OrderImport.Result result, bool checkOnly)
    {
        var (rows, now) = (batch.ToList(), clock.GetUtcNow());
        batch.Clear();
        if (checkOnly || rows.Count == 0)
            return;
        var fresh = await database.Write(async unit =>
        {
            var added = 0;
            foreach (var (product, pieces) in rows)
                added += await ProductStock.Put(unit, product, pieces, now) ? 1 : 0;
            return added;
        });
        result.Added += fresh;
        result.Updated += rows.Count - fresh;
    }
}

using Amends.Data;
using Amends.Domain;
using CsvHelper;

namespace Amends.Features.CustomerFiles;

/// <summary>
/// Reads customers from CSV: the columns <c>email</c> (needed), <c>name</c>, <c>phone</c>, <c>place</c>, <c>language</c>, <c>sent_by</c> (the code that they named). Somebody
/// known by their address gets what was missing; what is there already stays.
/// </summary>
public sealed class CustomerImport(Database database, TimeProvider clock)
{
    private const int Batch = 500;
    private const int LongestRecord = 1024 * 1024;

    /// <summary>Imports all rows that can be used.</summary>
    /// <param name="text">The file.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="ct">Ends it between batches; what is stored stays.</param>
    /// <exception cref="Refused">The first line does not name the column <c>email</c>.</exception>
    public async Task<OrderImport.Result> Run(TextReader text, bool checkOnly, CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var places = (csv.Headers ?? []).Select((header, i) => (Name: OrderImport.NameOf(header), i)).GroupBy(each => each.Name).ToDictionary(each => each.Key, each => each.First().i);
        if (!places.ContainsKey("email"))
            throw new Refused("columns", "The first line must name the columns; email is missing.");
        var result = new OrderImport.Result();
        var batch = new List<Row>(Batch);
        while (await OrderImport.Next(csv, result, ct))
        {
            var row = new Row(Field("email"), Field("name"), Field("phone"), Field("place"), Field("language"), Field("sent_by"));
            if (Customers.WrongAddress(row.Email) is { } wrong)
                result.Refuse((int)csv.LineNumber, wrong);
            else
                batch.Add(row);
            if (batch.Count == Batch)
                await Store(batch, result, checkOnly);
        }

        await Store(batch, result, checkOnly);
        return result;

        string Field(string name) => !places.TryGetValue(name, out var place) || place >= csv.FieldCount ? "" : Storable.Of(Domain.Texts.Cut(csv.GetString(place), 200));
    }

    private async Task Store(List<Row> batch, OrderImport.Result result, bool checkOnly)
    {
        var rows = batch.ToList();
        batch.Clear();
        if (checkOnly || rows.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var added = await database.Write(async unit =>
        {
            var fresh = 0;
            foreach (var row in rows)
            {
                var known = await unit.Value<long?>("select customer_id from customer_addresses where address_key = @key", new { key = Customers.KeyOf(row.Email) }) is not null;
                var (id, name) = await Customers.FindOrAdd(unit, row.Email, row.Name, null, now);
                await unit.Run("update customers set phone = coalesce(phone, @Phone), place = coalesce(place, @Place), language = coalesce(language, @Language) where id = @id",
                    new { id, Phone = OrNull(row.Phone), Place = OrNull(row.Place), Language = OrNull(row.Language) });
                if (row.SentBy.Length > 0)
                    await FollowOnDesk.CameBy(unit, id, row.SentBy, SentBy.List, now);
                if (known)
                    continue;
                fresh++;
                await SearchIndex.Add(unit, 0, -id, $"{name}\n{row.Email}\n{row.Phone}");
            }

            return fresh;
        });
        result.Added += added;
        result.Updated += rows.Count - added;
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private sealed record Row(string Email, string Name, string Phone, string Place, string Language, string SentBy);
}

using Amends.Data;
using Amends.Domain;
using Amends.Domain.Mentions;
using CsvHelper;

namespace Amends.Features.Mentions;

/// <summary>
/// Reads what is said in public from CSV: <c>site</c>, <c>author</c>, <c>date</c> and <c>text</c> or <c>rating</c>; and <c>link</c>, <c>rating_after</c>, <c>order</c>, <c>answered_at</c> and <c>answer</c> where the file has them. What is known
/// is brought up to date; a row that cannot be used is refused with its line.
/// </summary>
public sealed class MentionImport(Database database, TimeProvider clock)
{
    private const int LongestRecord = 64 * 1024, Batch = 200;

    /// <summary>The largest file that the page takes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private static readonly Dictionary<string, string> Other = new()
    {
        ["platform"] = "site", ["url"] = "link", ["review_url"] = "link", ["name"] = "author", ["reviewer"] = "author", ["review"] = "text", ["comment"] = "text", ["stars"] = "rating", ["rating_before"] = "rating", ["order_number"] = "order",
        ["created_at"] = "date", ["review_date"] = "date", ["reply"] = "answer", ["replied_at"] = "answered_at", ["reply_date"] = "answered_at",
    };

    /// <summary>Imports all rows that can be used.</summary>
    /// <param name="text">The file.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="ct">Ends it between batches; what is stored stays.</param>
    /// <exception cref="Refused"><c>columns</c>: the first line lacks one that is needed.</exception>
    public async Task<Result> Run(TextReader text, TimeZoneInfo zone, bool checkOnly = false, CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var places = new Dictionary<string, int>();
        foreach (var (header, i) in (csv.Headers ?? []).Select((header, i) => (header.Trim().TrimStart('\uFEFF').ToLowerInvariant().Replace(' ', '_'), i)))
            places.TryAdd(Other.GetValueOrDefault(header, header), i);
        if (Array.Find(["site", "author", "date"], column => !places.ContainsKey(column)) is { } missing)
            throw new Refused("columns", $"The first line must name the columns site, author, date, and text or rating; {missing} is missing.");
        var (now, added, updated) = (clock.GetUtcNow(), 0, 0);
        List<(int, string)> refused = [];
        List<Mention> batch = [];
        while (await Next())
        {
            try
            {
                batch.Add(new Mention(Field("site"), Field("author"), Field("text"), MentionFields.MomentOf(Field("date"), zone, "date"))
                {
                    Link = Field("link"), Before = MentionFields.StarsOf(Field("rating"), "rating"), After = MentionFields.StarsOf(Field("rating_after"), "rating_after"), Order = Field("order"),
                    AnsweredAt = Field("answered_at") is { Length: > 0 } answered ? MentionFields.MomentOf(answered, zone, "answered") : null, Answer = Field("answer"),
                }.MustBeWhole(now));
            }
            catch (Refused no)
            {
                refused.Add(((int)csv.LineNumber, no.Message));
            }

            if (batch.Count == Batch)
                await Store();
        }

        await Store();
        return new(added, updated, refused);

        string Field(string name) => places.TryGetValue(name, out var place) && place < csv.FieldCount ? Storable.Of(csv.GetString(place).Trim()) : "";

        async Task Store()
        {
            if (!checkOnly && batch.Count > 0)
            {
                var fresh = await database.Write(async unit =>
                {
                    var count = 0;
                    foreach (var mention in batch)
                        count += (await MentionDesk.Put(unit, mention, null, now)).IsNew ? 1 : 0;
                    return count;
                }, ct);
                (added, updated) = (added + fresh, updated + batch.Count - fresh);
            }

            batch.Clear();
        }

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

    /// <summary>What became of the rows.</summary>
    /// <param name="Added">New ones.</param>
    /// <param name="Updated">Those that were known.</param>
    /// <param name="Refused">The line, and why it was refused.</param>
    public sealed record Result(int Added, int Updated, IReadOnlyList<(int Line, string Why)> Refused);
}

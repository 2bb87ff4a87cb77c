using System.Globalization;
using Amends.Data;
using Amends.Domain;
using CsvHelper;

namespace Amends.Features.CustomerFiles;

/// <summary>
/// Reads orders from CSV (RFC 4180; comma, semicolon or tab) and stores them: known numbers are brought up to date, customers are found
/// by their address or added. A row that cannot be used is refused with its line and the reason; the others are kept.
/// </summary>
public sealed class OrderImport(Database database, TimeProvider clock)
{
    /// <summary>The columns, as the first line names them; the first four are needed.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["number", "email", "placed_at", "total", "currency", "name", "phone", "place", "product", "lot", "serial", "supplier", "site", "carrier", "status", "payment", "sent_by"];

    /// <summary>The largest file that the page takes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>The setting with the company's own names of columns.</summary>
    public const string MapSetting = "order_columns";

    private const int Batch = 500;
    private const int LongestRecord = 1024 * 1024;
    private const int MostRefused = 1000;

    private static readonly Dictionary<string, string> Other = new()
    {
        ["order"] = "number", ["order_number"] = "number", ["order_no"] = "number", ["e_mail"] = "email", ["mail"] = "email", ["customer_email"] = "email", ["customer"] = "name", ["customer_name"] = "name",
        ["date"] = "placed_at", ["placed"] = "placed_at", ["ordered_at"] = "placed_at", ["amount"] = "total", ["value"] = "total", ["city"] = "place", ["payment_intent"] = "payment", ["charge"] = "payment", ["payment_reference"] = "payment", ["referral"] = "sent_by", ["referral_code"] = "sent_by", ["who_sent_you"] = "sent_by",
        ["serial_number"] = "serial", ["serial_no"] = "serial", ["serial_numbers"] = "serial", ["lot_number"] = "lot", ["batch"] = "lot", ["vendor"] = "supplier", ["manufacturer"] = "supplier", ["maker"] = "supplier", ["warehouse"] = "site", ["shop"] = "site", ["store"] = "site", ["branch"] = "site", ["plant"] = "site",
    };

    /// <summary>Imports all rows.</summary>
    /// <param name="text">The file.</param>
    /// <param name="currency">For rows without one.</param>
    /// <param name="zone">The zone of dates without an offset.</param>
    /// <param name="ct">Ends it between batches; what is stored stays.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="map">Names of columns in the file → ours; see <see cref="MapOf"/>.</param>
    /// <exception cref="Refused">The first line lacks a column that is needed.</exception>
    public async Task<Result> Run(TextReader text, string currency, TimeZoneInfo zone, CancellationToken ct = default, bool checkOnly = false, IReadOnlyDictionary<string, string>? map = null)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        if (csv.Headers is not { Count: > 0 } headers)
            throw new Refused("empty", "The file is empty.");
        var places = new Dictionary<string, int>();
        for (var i = 0; i < headers.Count; i++)
            places.TryAdd(map?.GetValueOrDefault(Bare(headers[i])) ?? NameOf(headers[i]), i);
        if (Columns.Take(4).FirstOrDefault(column => !places.ContainsKey(column)) is { } missing)
            throw new Refused("columns", $"The first line must name the columns; {missing} is missing. If it has another name there, say so below.");

        var result = new Result();
        var batch = new List<Order>(Batch);
        while (await Next(csv, result, ct))
        {
            try
            {
                batch.Add(Read(name => places.TryGetValue(name, out var place) && place < csv.FieldCount ? csv.GetString(place) : "", currency, zone));
            }
            catch (Refused refused)
            {
                result.Refuse((int)csv.LineNumber, refused.Message);
            }

            if (checkOnly)
                batch.Clear();
            if (batch.Count == Batch)
                await Store(batch, result);
        }

        await Store(batch, result);
        return result;
    }

    internal static async Task<bool> Next(CsvReader csv, Result result, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct);
        }
        catch (CsvFormatException broken) // a quote that never ends: nothing after it can be told apart
        {
            result.Refuse((int)broken.LineNumber, "From here on the file cannot be read: a quote has no end.");
            return false;
        }
    }

    private static Order Read(Func<string, string> field, string currency, TimeZoneInfo zone)
    {
        var number = Field("number") is { Length: > 0 and <= 60 } given ? given : throw new Refused("number", "The order number is missing.");
        var email = Field("email");
        if (Customers.WrongAddress(email) is { } wrong)
            throw new Refused("email", wrong);
        var own = Field("currency") is { Length: > 0 } code ? code.ToUpperInvariant() : currency;
        if (own.Length != 3 || !own.All(char.IsAsciiLetterUpper))
            throw new Refused("currency", $"This is no currency: {Short(own)}");
        if (!decimal.TryParse(Field("total"), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var total) || total < 0)
            throw new Refused("total", $"This is no amount: {Short(Field("total"))}");
        return new Order(number, email, Field("name"), Field("phone"), Field("place"), DateOf(Field("placed_at"), zone), Money.FromMajor(total, own), Field("product"), Field("lot"), Field("carrier"), Field("status")) { Payment = Field("payment"), SentBy = Field("sent_by"), Serial = Field("serial"), Supplier = Field("supplier"), Site = Field("site") };

        string Field(string name) => Storable.Of(Domain.Texts.Cut(field(name), 500));
    }

    private static DateTimeOffset DateOf(string text, TimeZoneInfo zone)
    {
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return moment;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment))
            return moment;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw new Refused("placed_at", text.Length == 0 ? "The date is missing." : $"Dates are written 2026-03-04: {Short(text)}");
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private async Task Store(List<Order> batch, Result result)
    {
        if (batch.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var rows = batch.ToList();
        batch.Clear();
        var (added, updated) = await database.Write(async unit =>
        {
            var (fresh, known) = (0, 0);
            foreach (var row in rows)
            {
                if (await Orders.Put(unit, row, now))
                    fresh++;
                else
                    known++;
            }

            return (fresh, known);
        });
        result.Added += added;
        result.Updated += updated;
    }

    /// <summary>The names that a shop gives our columns, a line each: <c>number = Order ID</c>.</summary>
    /// <exception cref="Refused">A line is no such pair, or names no column of ours.</exception>
    public static IReadOnlyDictionary<string, string> MapOf(string typed)
    {
        var map = new Dictionary<string, string>();
        foreach (var line in typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [var ours, { Length: > 0 } theirs] || !Columns.Contains(ours.ToLowerInvariant()))
                throw new Refused("columns", $"Write a line for each column that has another name: our name, an equals sign, the name in your file. This one is none: {Short(line)}");
            map[Bare(theirs)] = ours.ToLowerInvariant();
        }

        return map;
    }

    private static string Bare(string header) => header.Trim().TrimStart('\uFEFF').ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    internal static string NameOf(string header)
    {
        var name = Bare(header);
        return Other.GetValueOrDefault(name, name);
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    /// <summary>What became of the rows.</summary>
    public sealed class Result
    {
        private readonly List<(int Line, string Why)> _refused = [];

        /// <summary>New orders.</summary>
        public int Added { get; internal set; }

        /// <summary>Known orders that were brought up to date.</summary>
        public int Updated { get; internal set; }

        /// <summary>How many rows were refused.</summary>
        public int RefusedCount { get; private set; }

        /// <summary>The first thousand refused rows: the line in the file, and why.</summary>
        public IReadOnlyList<(int Line, string Why)> Refused => _refused;

        internal void Refuse(int line, string why)
        {
            RefusedCount++;
            if (_refused.Count < MostRefused)
                _refused.Add((line, why));
        }
    }
}

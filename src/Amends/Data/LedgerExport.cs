using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amends.Domain;
using Amends.Domain.Ledger;
using Amends.Domain.Remedies;

namespace Amends.Data;

/// <summary>How lines of the books are laid out for an accounting program; a data file says it.</summary>
public sealed record ColumnMap
{
    /// <summary>The name, as it is chosen.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string What { get; init; } = "";

    /// <summary>Between two cells.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>The cells of a line.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>One of them.</summary>
    public sealed record Column
    {
        /// <summary>The heading.</summary>
        public string Title { get; init; } = "";

        /// <summary>The field of the line, one of <see cref="LedgerExport.Fields"/>; several are parted by blanks.</summary>
        public string? Field { get; init; }

        /// <summary>The same text on every line.</summary>
        public string? Text { get; init; }

        /// <summary>How a date is written.</summary>
        public string? Format { get; init; }
    }

    /// <summary>All maps that come with Amends, by name.</summary>
    public static IReadOnlyDictionary<string, ColumnMap> All { get; } = Load();

    private static Dictionary<string, ColumnMap> Load()
    {
        var maps = new Dictionary<string, ColumnMap>();
        var assembly = typeof(ColumnMap).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Amends.Data.ColumnMaps.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            var map = JsonSerializer.Deserialize<ColumnMap>(file, JsonSerializerOptions.Web)!;
            maps[map.Name] = map;
        }

        return maps;
    }
}

/// <summary>The books for an accounting program: CSV by a map of columns, or JSON with all fields.</summary>
public static class LedgerExport
{
    /// <summary>Reads the lines of some days, both included.</summary>
    public const string Sql = $"select {Books.Columns} from ledger_lines where booked_on >= @from and booked_on <= @to order by number";

    /// <summary>Reads a page of the lines of some days, both included, by their numbers.</summary>
    public const string PageSql = $"select {Books.Columns} from ledger_lines where booked_on >= @from and booked_on <= @to and number > @after order by number limit @rows";

    /// <summary>All fields that a map may name.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "number", "entry", "date", "case_no", "remedy_line_id", "type", "currency", "net", "tax_rate", "tax", "gross", "debit", "credit", "account", "account_code", "cost_centre", "order_ref", "payment_ref",
        "credit_note_no", "voucher_liability", "status", "reversal_of", "approved_by", "hash",
    ];

    /// <summary>A line's fields. Amounts are decimals with the digits of the currency; what is credited is negative.</summary>
    public static IReadOnlyDictionary<string, string> Of(LedgerRow row)
    {
        var money = new Money(row.Minor, row.Currency);
        string Decimal(long minor) => new Money(minor, row.Currency).Major.ToString("F" + money.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var (kind, account) = ((EntryKind)row.Kind, (Account)row.Account);
        return new Dictionary<string, string>
        {
            ["number"] = Number(row.Number), ["entry"] = Number(row.Entry), ["date"] = row.BookedOn, ["case_no"] = Number(row.CaseNumber), ["remedy_line_id"] = $"{Number(row.CaseNumber)}-{Number(row.RemedyId)}",
            ["type"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(((RemedyKind)row.RemedyKind).ToString()), ["currency"] = row.Currency, ["net"] = Decimal(row.Minor - row.TaxMinor),
            ["tax_rate"] = (row.TaxPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture), ["tax"] = Decimal(row.TaxMinor), ["gross"] = Decimal(row.Minor),
            ["debit"] = row.Minor > 0 ? Decimal(row.Minor) : "", ["credit"] = row.Minor < 0 ? Decimal(-row.Minor) : "", ["account"] = account.ToString().ToLowerInvariant(), ["account_code"] = row.AccountCode,
            ["cost_centre"] = row.CostCentre, ["order_ref"] = row.OrderRef, ["payment_ref"] = row.PaymentRef, ["credit_note_no"] = row.TaxPoints > 0 ? $"CN-{Number(row.Entry)}" : "",
            ["voucher_liability"] = account == Account.Vouchers ? Decimal(-row.Minor) : "", ["status"] = kind.ToString().ToLowerInvariant(), ["reversal_of"] = row.ReversalOf is { } of ? Number(of) : "",
            ["approved_by"] = row.ApprovedBy, ["hash"] = Convert.ToHexStringLower(row.Hash),
        };
    }

    /// <summary>The headings of a map.</summary>
    public static string Head(ColumnMap map) => string.Join(map.Delimiter, map.Columns.Select(column => CsvCell.Of(column.Title, map.Delimiter)));

    /// <summary>A line by a map.</summary>
    public static string Csv(LedgerRow row, ColumnMap map)
    {
        var fields = Of(row);
        return string.Join(map.Delimiter, map.Columns.Select(column => CsvCell.Of(column.Text ?? string.Join(' ', (column.Field ?? "").Split(' ').Select(name => Value(fields[name], name, column.Format))), map.Delimiter)));
    }

    /// <summary>A line as JSON.</summary>
    public static JsonObject Json(LedgerRow row)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Of(row))
        {
            json[name] = value.Length == 0 ? null
                : name is "number" or "entry" or "case_no" or "reversal_of" ? JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture))
                : JsonValue.Create(value);
        }

        return json;
    }

    private static string Value(string value, string name, string? format) =>
        name == "date" && format is not null ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture) : value;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

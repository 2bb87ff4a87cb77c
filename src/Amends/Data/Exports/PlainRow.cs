using System.Globalization;
using System.Text.Json;

namespace Amends.Data.Exports;

/// <summary>Rows of the database as other programs read them: instants in ISO 8601, ways and directions by name. The command <c>export</c> and the long files write the same.</summary>
public static class PlainRow
{
    /// <summary>What is told of an order, of a table named <c>c</c>.</summary>
    public const string Orders = "c.customer_id, c.number, c.placed_at, c.total_minor, c.currency, c.product, c.lot, c.serial, c.supplier, c.site, c.carrier, c.status, c.payment";

    /// <summary>What is told of a message but its HTML, of a table named <c>m</c>.</summary>
    public const string Messages = "m.id, m.case_number, m.at, m.direction, m.channel, m.author_name, m.subject, m.text, m.elided, m.recipients, m.mail_id, m.automatic";

    /// <summary>What is told of an event, of a table named <c>e</c>.</summary>
    public const string Events = "e.case_number, e.seq, e.kind, e.body";

    /// <summary>A value by the name of its column: a text, a number, a truth or nothing.</summary>
    public static object? Of(string name, object? value) => (name, value) switch
    {
        (_, null or DBNull) => null,
        ("at" or "since" or "created_at" or "placed_at" or "support_agreed_at", _) => Time(Number(value)),
        ("direction", _) => Word((Direction)Number(value)),
        ("channel", _) => Word((Domain.Cases.Channel)Number(value)),
        ("automatic", _) => Number(value) == 1,
        ("hash", byte[] bytes) => Convert.ToHexStringLower(bytes),
        (_, string text) => text,
        _ => Number(value),
    };

    /// <summary>An instant from Unix milliseconds: <c>2026-03-04T10:00:00.000Z</c>.</summary>
    public static string Time(long ms) => Time(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    /// <summary>An instant: <c>2026-03-04T10:00:00.000Z</c>.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A name as JSON has it: <c>check_back</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}

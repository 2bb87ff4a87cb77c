using System.Buffers;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amends.Data.Backups;

/// <summary>A row as a line of JSON: an array of numbers, texts, nulls, and <c>{"b64":"…"}</c> for bytes.</summary>
internal static class RowLine
{
    /// <summary>Lines above this are refused: no row of ours comes near it.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the reader's row and the line's end.</summary>
    public static void Write(ArrayBufferWriter<byte> to, DbDataReader row)
    {
        using (var json = new Utf8JsonWriter(to, Plain))
        {
            json.WriteStartArray();
            for (var i = 0; i < row.FieldCount; i++)
                WriteValue(json, row.GetValue(i));
            json.WriteEndArray();
        }

        to.Write("\n"u8);
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case DBNull:
                json.WriteNullValue();
                break;
            case byte[] bytes:
                json.WriteStartObject();
                json.WriteBase64String("b64", bytes);
                json.WriteEndObject();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Reads a line into values for these columns.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static void Read(in ReadOnlySequence<byte> line, IReadOnlyList<Column> columns, object[] values)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
                throw new InvalidDataException("a line is no row");
            for (var i = 0; i < columns.Count; i++)
            {
                json.Read();
                values[i] = (columns[i].Holds, json.TokenType) switch
                {
                    (_, JsonTokenType.Null) => DBNull.Value,
                    (Holds.Number, JsonTokenType.Number) => json.GetInt64(),
                    (Holds.Words, JsonTokenType.String) => json.GetString()!,
                    (Holds.Bytes, JsonTokenType.StartObject) => ReadBytes(ref json),
                    _ => throw new InvalidDataException($"{columns[i].Name} does not hold what it should"),
                };
            }

            if (!json.Read() || json.TokenType != JsonTokenType.EndArray || json.Read())
                throw new InvalidDataException("a row has more values than columns");
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("a line cannot be read", broken);
        }
    }

    private static byte[] ReadBytes(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals("b64"u8))
            throw new InvalidDataException("bytes are not written as bytes");
        json.Read();
        var bytes = json.GetBytesFromBase64();
        json.Read();
        return json.TokenType == JsonTokenType.EndObject ? bytes : throw new InvalidDataException("bytes are not written as bytes");
    }
}

using System.Text;
using System.Text.Json;

namespace Amends.Domain.Wording;

/// <summary>A value of a JSON text with the line it stands in, so that a refusal can name the line.</summary>
internal sealed record JsonLine(int Line, JsonTokenType Kind, string Text)
{
    public List<(string Name, JsonLine Value)> Members { get; } = [];

    public List<JsonLine> Items { get; } = [];

    public JsonLine? this[string name] => Members.FirstOrDefault(member => member.Name == name).Value;

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">It is no JSON; the message names line and place.</exception>
    public static JsonLine Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 12 });
        var (line, counted) = (1, 0);
        if (!reader.Read())
            throw new JsonException("The text is empty.");
        return Value(ref reader, bytes, ref line, ref counted);
    }

    private static JsonLine Value(ref Utf8JsonReader reader, byte[] bytes, ref int line, ref int counted)
    {
        var at = (int)reader.TokenStartIndex;
        line += bytes.AsSpan(counted, at - counted).Count((byte)'\n');
        counted = at;
        var value = new JsonLine(line, reader.TokenType, reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString() ?? "",
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        });
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString() ?? "";
                reader.Read();
                value.Members.Add((name, Value(ref reader, bytes, ref line, ref counted)));
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                value.Items.Add(Value(ref reader, bytes, ref line, ref counted));
        }

        return value;
    }
}

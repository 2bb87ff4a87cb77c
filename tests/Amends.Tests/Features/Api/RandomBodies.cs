using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amends.Tests.Features.Api;

/// <summary>Bodies by chance, in the shape that the interface's own description gives, with what programs get wrong mixed in.</summary>
/// <param name="description">The OpenAPI document.</param>
/// <param name="chance">The same seed gives the same bodies.</param>
/// <param name="now">Around which moments lie.</param>
internal sealed class RandomBodies(JsonElement description, Random chance, DateTimeOffset now)
{
    private static readonly string[] Texts =
        ["\"\"", "\" \"", "\"Tea\"", "\"ä€ 😀\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"'; drop table cases; --\"", "\"<b>x</b>\"", "\"{{name}} {0}\"", "\"…\"", "\"EUR\"", "\"USD\"", "\"late.1\"", "\"1\"", $"\"{new string('x', 700)}\"", $"\"{new string('y', 12_000)}\""];

    private static readonly string[] Numbers = ["0", "1", "1", "2", "3", "-1", "5", "8", "100", "2147483647", "-2147483648", "9223372036854775807", "99999999999999999999", "1.5", "1e3"];
    /// <summary>What a verb cannot do without; bodies mostly have it, so that more than the reading is tried.</summary>
    private static readonly string[] Essential =
        ["options", "title", "why", "remedies", "kind", "what", "due_at", "amount", "minor", "currency", "via", "words", "answer", "finding", "issue_id", "offer_id", "option_id", "remedy_id", "happened", "matters", "promised", "promise", "did", "proof", "problem", "note", "reason", "reasons", "can_do", "issues", "customer", "email", "story", "text", "one_option_reason"];

    private static readonly Dictionary<string, string[]> Likely = new()
    {
        ["currency"] = ["\"EUR\""], ["category"] = ["\"DEL\"", "\"DEL.late\""], ["cause"] = ["\"product\"", "\"unknown\""], ["email"] = ["\"amara@customer.example\""], ["minor"] = ["0", "500", "2000", "900000"], ["owner_id"] = ["1", "2"], ["playbook"] = ["\"late.1\""],
    };

    private static readonly string[] Odd = ["null", "true", "[]", "{}", "\"\"", "7", "[[[[]]]]", "{\"a\":{\"a\":{\"a\":null}}}"];
    private static readonly string[] Broken = ["", "{", "[]", "null", "7", "\"x\"", "{\"a\":1}", "{\"options\":[[]]}", "\u0000", "{\"a\":\"\\x\"}"];

    /// <summary>A body for a POST at this path of the description.</summary>
    public string For(JsonElement endpoint)
    {
        if (chance.Next(20) == 0)
            return Broken[chance.Next(Broken.Length)];
        var text = new StringBuilder();
        Write(text, endpoint.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"), 0);
        return chance.Next(25) == 0 && text.Length > 2 ? text.ToString(0, chance.Next(1, text.Length)) : text.ToString();
    }

    private void Write(StringBuilder text, JsonElement schema, int depth)
    {
        if (depth > 0 && chance.Next(40) == 0)
        {
            text.Append(Odd[chance.Next(Odd.Length)]);
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Write(text, description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), depth);
            return;
        }

        if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices))
        {
            Write(text, choices.EnumerateArray().LastOrDefault(choice => !(choice.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() == "null")), depth);
            return;
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            text.Append(chance.Next(15) == 0 ? "77" : words[chance.Next(words.GetArrayLength())].GetRawText());
            return;
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            var often = chance.Next(3) switch { 0 => 0, 1 => 20, _ => 80 };
            text.Append('{').AppendJoin(',', properties.EnumerateObject().Where(property => chance.Next(100) < (Essential.Contains(property.Name) ? 95 : often)).Select(property =>
            {
                var inside = new StringBuilder().Append('"').Append(property.Name).Append("\":");
                if (Likely.TryGetValue(property.Name, out var words) && chance.Next(4) > 0)
                    inside.Append(words[chance.Next(words.Length)]);
                else
                    Write(inside, property.Value, depth + 1);
                return inside.ToString();
            })).Append('}');
            return;
        }

        text.Append(TypeOf(schema) switch
        {
            "array" => Entries(schema, depth),
            "boolean" => chance.Next(2) == 0 ? "true" : "false",
            "integer" or "number" => Numbers[chance.Next(Numbers.Length)],
            "string" when schema.TryGetProperty("format", out var format) && format.GetString()!.StartsWith("date", StringComparison.Ordinal) => When(),
            "string" => chance.Next(10) < 6 ? "\"Something plain.\"" : Texts[chance.Next(Texts.Length)],
            _ => "{}",
        });
    }

    private string Entries(JsonElement schema, int depth)
    {
        var text = new StringBuilder("[");
        for (var left = chance.Next(chance.Next(12) == 0 ? 25 : 3); left > 0; left--)
        {
            Write(text, schema.GetProperty("items"), depth + 1);
            text.Append(left > 1 ? "," : "");
        }

        return text.Append(']').ToString();
    }

    private string When() => chance.Next(16) switch
    {
        0 => "\"9999-12-31T23:59:59.9999999Z\"",
        1 => "\"0001-01-01T00:00:00Z\"",
        2 => "\"2026-03-04\"",
        3 => "\"soon\"",
        _ => $"\"{now.AddHours(chance.Next(-24, 200)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\"",
    };

    private static string? TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()).Where(each => each != "null").OrderBy(each => each == "string").FirstOrDefault()
        : type.GetString();
}

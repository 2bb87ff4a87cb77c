using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Data;
using Microsoft.AspNetCore.Http.Features;

namespace Amends.Features.Api;

/// <summary>How the interface reads and writes JSON: snake_case, names in place of numbers, unknown fields refused.</summary>
public static class ApiJson
{
    private const int Longest = 1024 * 1024;

    /// <summary>The settings.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(CaseJson.Options)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            IgnoreReadOnlyProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Clear();
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)); // a number is no name
        options.Converters.Add(new StorableText());
        return options;
    }

    /// <summary>Texts as both databases take them, whatever a program sends.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Storable.Of(reader.GetString()!) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>Answers with JSON.</summary>
    public static IResult Answer<T>(T value) => TypedResults.Json(value, Options);

    /// <summary>The request's body, as bytes and as what they say.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longest">The most bytes of it.</param>
    /// <exception cref="BadField">It is no JSON, or a field is not what is expected there.</exception>
    public static async Task<(T Value, byte[] Bytes)> Read<T>(HttpRequest request, int longest = Longest) where T : class
    {
        if (!request.HasJsonContentType())
            throw new BadField("body", "Send JSON, with Content-Type: application/json.");
        if (longest > Longest && request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = longest + 1; // whoever sends it is known by now
        if (await request.BodyReader.ReadAtLeastAsync(longest + 1, request.HttpContext.RequestAborted) is { Buffer: var read } && read.Length > longest)
            throw new BadField("body", $"That is longer than {longest / 1_000_000} MB.");
        var bytes = read.ToArray();
        request.BodyReader.AdvanceTo(read.End);
        try
        {
            return (JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new BadField("body", "Send an object."), bytes);
        }
        catch (JsonException wrong) // its message may hold what somebody wrote; where it is wrong is enough
        {
            var path = wrong.Path is { Length: > 2 } at ? at[2..] : "body";
            throw new BadField(path, path == "body" ? "This is no JSON object that can be read." : $"There is no such field, or {path} is not of the kind that is expected there.");
        }
    }
}

/// <summary>A field of the request that cannot be read.</summary>
/// <param name="field">Its name, with dots for what is inside another.</param>
/// <param name="message">What is expected, in a sentence.</param>
public sealed class BadField(string field, string message) : Exception(message)
{
    /// <summary>Its name.</summary>
    public string Field { get; } = field;

    /// <summary>Answers 400 and names the field, whichever endpoint found it wrong.</summary>
    public static async ValueTask<object?> Explain(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadField bad)
        {
            return TypedResults.Problem(bad.Message, statusCode: 400, title: "That could not be read", extensions: new Dictionary<string, object?> { ["code"] = "bad_request", ["field"] = bad.Field });
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>How states and events are written down, and how the words in an event are sealed.</summary>
public static class CaseJson
{
    private const string SaidName = "said";

    private static readonly Dictionary<string, Type> Kinds = typeof(CaseEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CaseEvent)))
        .ToDictionary(NameOf);

    private static readonly Dictionary<Type, string[]> Words = Kinds.Values.ToDictionary(type => type, type => type.GetProperties()
        .Where(property => property.IsDefined(typeof(WordsAttribute), false))
        .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
        .ToArray());

    /// <summary>The settings that states, events and jobs are written with: snake_case, enums by name, nothing computed.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // this goes into a database, never into a page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>All kinds of events by the name they have in the log, in webhooks and in the interface: <c>next_contact_missed</c>.</summary>
    public static IReadOnlyDictionary<string, Type> EventKinds => Kinds;

    /// <summary>The name of an event's kind.</summary>
    public static string NameOf(Type kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Name);

    /// <summary>An event as it was stored.</summary>
    public static CaseEvent Event(string kind, string body) => (CaseEvent)JsonSerializer.Deserialize(body, Kinds[kind], Options)!;

    /// <summary>A state as it was stored.</summary>
    public static CaseState State(string document) => JsonSerializer.Deserialize<CaseState>(document, Options)!;

    /// <summary>A state to store.</summary>
    public static string Write(CaseState state) => JsonSerializer.Serialize(state, Options);

    /// <summary>An event to store.</summary>
    public static string Write(CaseEvent news) => JsonSerializer.Serialize(news, news.GetType(), Options);

    /// <summary>
    /// The event with an HMAC-SHA-256 of each of a person's words in place of them. The key belongs to the person, so without
    /// it nobody can try words against the digest.
    /// </summary>
    /// <param name="news">The event.</param>
    /// <param name="body">The event as it is stored.</param>
    /// <param name="key">The person's key.</param>
    /// <param name="said">The words of the message that the event is about; <c>null</c> when there is none.</param>
    public static string Seal(CaseEvent news, string body, ReadOnlySpan<byte> key, string? said = null)
    {
        if (said is null && Words[news.GetType()].Length == 0 && news.By is { Kind: not ActorKind.Customer, Through: null })
            return body; // nobody's words are in it
        var json = JsonNode.Parse(body)!.AsObject();
        foreach (var name in Words[news.GetType()])
        {
            if (json[name] is { } words)
                json[name] = "hmac:" + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(words.ToJsonString(Options))));
        }

        if (json["by"] is JsonObject by && by["kind"]?.GetValue<string>() == "customer")
            by["name"] = "hmac:" + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(by["name"]!.GetValue<string>())));
        if (json["by"] is JsonObject speaker && speaker["through"] is { } through)
            speaker["through"] = "hmac:" + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(through.GetValue<string>())));
        if (said is not null)
            json[SaidName] = "hmac:" + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(said)));
        return json.ToJsonString(Options);
    }

    /// <summary>Whether a sealed event covers the words of a message; those of earlier versions do not.</summary>
    public static bool CoversMessage(string sealedBody) => JsonNode.Parse(sealedBody) is JsonObject json && json.ContainsKey(SaidName);

    /// <summary>The next link of a case's chain: SHA-256 over the link before, the place, and the sealed event.</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, long number, int seq, long at, string kind, string sealedBody) =>
        SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes($"\n{number}\n{seq}\n{at}\n{kind}\n{sealedBody}")]);
}

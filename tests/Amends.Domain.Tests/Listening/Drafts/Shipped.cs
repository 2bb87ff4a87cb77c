using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>The words that ship, and messages to read with them.</summary>
internal static class Shipped
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter() } };

    private static readonly DateTimeOffset Begun = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static ListeningWords Words { get; } = Read<ListeningWords>("words.en.json");

    public static IReadOnlyList<ReplyPhrase> Phrases { get; } = Read<List<ReplyPhrase>>("phrases.en.json");

    public static CategoryEvidence Categories { get; } = OfFile();

    /// <summary>Our labelled complaints, of one half.</summary>
    public static List<Labelled> Complaints(string part) =>
        [.. Lines<Labelled>("categories.jsonl").Where(each => each.Part == part)];

    /// <summary>Our labelled mails of all trades, of one half, with what they are about.</summary>
    public static List<Labelled> Mails(string part)
    {
        var texts = Lines<Labelled>("complaint-mails.jsonl").ToDictionary(each => each.Id, each => each.Text, StringComparer.Ordinal);
        return [.. Lines<Labelled>("mail-categories.jsonl").Where(each => each.Part == part).Select(each => each with { Text = texts[each.Id] })];
    }

    /// <summary>A conversation: <c>&gt;</c> before what we wrote, <c>#</c> before a call.</summary>
    public static List<SaidText> Said(params string[] messages) => [.. messages.Select((text, at) => SaidText.Read(new SaidMessage(at + 1,
        text.StartsWith('>') ? Speaker.Us : text.StartsWith('#') ? Speaker.Call : Speaker.Customer, Begun.AddHours(at), text.TrimStart('>', '#')), Words))];

    private static CategoryEvidence OfFile()
    {
        var file = Read<Evidence>("categories.en.json");
        return new(file.Categories.ToDictionary(each => each.Key, each => (IReadOnlyDictionary<string, double>)each.Value), file.Sharpness, file.Nothing, file.PerWord);
    }

    private static IEnumerable<T> Lines<T>(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "listening", file)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Json)!);

    private static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "listening", file)), Json)!;

    private sealed record Evidence(double Sharpness, double Nothing, double PerWord, Dictionary<string, Dictionary<string, double>> Categories);
}

/// <summary>A complaint of ours with what it is about.</summary>
internal sealed record Labelled(string Id, string Text, string Category, string Part);

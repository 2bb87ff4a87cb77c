using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Listening.Drafts;

namespace Amends.Data;

/// <summary>The words with which drafts are made, as data files of the folder Content/listening. English for now; texts in other languages are read by place, figures and marks alone.</summary>
public static class ListeningFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter() } };

    private static readonly Lazy<ListeningWords> LoadedWords = new(() => Content.Read<ListeningWords>("listening.words.en.json", Json));
    private static readonly Lazy<IReadOnlyList<ReplyPhrase>> LoadedPhrases = new(() => Content.Read<List<ReplyPhrase>>("listening.phrases.en.json", Json));
    private static readonly Lazy<CategoryEvidence> LoadedEvidence = new(() =>
    {
        var file = Content.Read<EvidenceFile>("listening.categories.en.json", Json);
        return new CategoryEvidence(file.Categories.ToDictionary(each => each.Key, each => (IReadOnlyDictionary<string, double>)each.Value), file.Sharpness, file.Nothing, file.PerWord);
    });

    /// <summary>What says that somebody wants something, what went wrong, and so on.</summary>
    public static ListeningWords Words => LoadedWords.Value;

    /// <summary>What speaks for which category.</summary>
    public static CategoryEvidence Categories => LoadedEvidence.Value;

    /// <summary>Phrases for replies.</summary>
    public static IReadOnlyList<ReplyPhrase> Phrases => LoadedPhrases.Value;

    private sealed record EvidenceFile(double Sharpness, double Nothing, double PerWord, Dictionary<string, Dictionary<string, double>> Categories);
}

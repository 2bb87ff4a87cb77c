using System.Reflection;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Listening.Signs;

namespace Amends.Data;

/// <summary>Hears how upset a text is, on this machine alone: a model for English, lists of words for some other languages.</summary>
/// <param name="model">What hears.</param>
/// <param name="own">The file of this installation that the model was read from; <c>null</c> for the shipped one.</param>
/// <param name="problem">Why a file that is there is not used, in one sentence.</param>
public sealed class Ear(UpsetModel model, OwnModel? own = null, string? problem = null)
{
    private const string Folder = "Amends.Content.listening.";
    private static readonly Lazy<Ear> Loaded = new(() => new Ear(UpsetModel.Read(Bytes("en.model"))));
    private static readonly Lazy<Dictionary<string, WordList>> Lists = new(() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..^4], name => WordList.Read(System.Text.Encoding.UTF8.GetString(Bytes(name[Folder.Length..])))));

    private static readonly Lazy<Dictionary<string, SignPack>> Packs = new(() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder + "signs.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
        .ToDictionary(name => name[(Folder.Length + "signs.".Length)..^5], name => SignPack.Read(System.Text.Encoding.UTF8.GetString(Bytes(name[Folder.Length..])))));

    [ThreadStatic]
    private static Dictionary<string, TextFeatures>? features;

    /// <summary>With the model that ships.</summary>
    public static Ear Shipped => Loaded.Value;

    /// <summary>The file of this installation that hears; <c>null</c> for the shipped model.</summary>
    public OwnModel? Own => own;

    /// <summary>Why a file of this installation is not used; <c>null</c> when there is none, or it is.</summary>
    public string? Problem => problem;

    /// <summary>What hears on an installation: its own model where there is one that can be used, or else the shipped one.</summary>
    /// <param name="data">The data folder.</param>
    public static Ear Of(string data)
    {
        try
        {
            return OwnModel.Find(data) is { } found ? new Ear(found.Model, found.File) : Shipped;
        }
        catch (Exception wrong) when (wrong is Domain.Refused or IOException or UnauthorizedAccessException)
        {
            return new Ear(UpsetModel.Read(Bytes("en.model")), null, $"{OwnModel.PathIn(data)} is not used, and the shipped model hears: {wrong.Message}");
        }
    }

    /// <summary>The words of English.</summary>
    public static WordList English => Lists.Value["en"];

    /// <summary>Hears a text in whatever language it is.</summary>
    /// <param name="text">The newest words of whoever wrote, quotes and signatures cut.</param>
    public Heard Hear(string text) => Hear(text, withReasons: true);

    private Heard Hear(string text, bool withReasons)
    {
        var language = LanguageOf.Text(text);
        if (language is not null and not "en" && Lists.Value.ContainsKey(language))
        {
            var read = Read(text, language);
            var byWords = model.WordsOnly.Score(read);
            return new Heard(byWords.Score, byWords.Angry, byWords.Level, language, true, !withReasons || byWords.Level == UpsetLevel.Calm ? [] : Explanation.OfWords(read));
        }

        var score = HearEnglish(text);
        var isOther = language is not null and not "en";
        return new Heard(score.Score, score.Angry, isOther ? UpsetLevel.Calm : score.Level, language, isOther, !withReasons || isOther || score.Level == UpsetLevel.Calm ? [] : Explanation.Of(model, Read(text, "en")));
    }

    /// <summary>The tone of what a customer wrote, as a case keeps it; <c>null</c> for no words.</summary>
    /// <param name="words">Their newest words, quotes and signatures cut.</param>
    public Tone? ToneOf(string words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return null;
        var heard = Hear(words, withReasons: false);
        return new Tone(heard.Level, (int)MathF.Round(heard.Score * 1000), heard.IsFallback, [.. SignsIn(words, heard.Language).Select(sign => sign.Code).Distinct()]) { Language = heard.Language };
    }

    /// <summary>What somebody should know at once, with the sentence that says it; none in a language that has no phrases.</summary>
    /// <param name="words">What the customer wrote.</param>
    /// <param name="language">Its language, two letters; English when it is not known.</param>
    public static IReadOnlyList<Sign> SignsIn(string words, string? language) => Packs.Value.TryGetValue(language ?? "en", out var pack) ? pack.Find(words) : [];

    /// <summary>What an insulting message says besides: its own sentences without the insults.</summary>
    /// <param name="words">What the customer wrote.</param>
    public static IReadOnlyList<string> GistOf(string words) => Packs.Value.TryGetValue(LanguageOf.Text(words) ?? "en", out var pack) ? Gist.Of(words, pack) : [];

    /// <summary>The words of a text that led to what it is heard as, in their order.</summary>
    public IReadOnlyList<HeardPhrase> Reasons(string text) => Hear(text).Phrases;

    /// <summary>Hears a text as English, whatever it is; without reasons.</summary>
    public UpsetScore HearEnglish(string text) => model.Score(Read(text, "en"));

    private static TextFeatures Read(string text, string language)
    {
        features ??= [];
        if (!features.TryGetValue(language, out var read))
            features[language] = read = new TextFeatures(Lists.Value[language]);
        read.Read(text);
        return read;
    }

    private static byte[] Bytes(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file) ?? throw new InvalidOperationException($"{file} is missing from the program.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

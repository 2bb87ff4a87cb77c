using System.Text.Json;
using Amends.Domain.Wording;

namespace Amends.Domain.Listening.Signs;

/// <summary>Reads a pack's file and refuses a bad one with a sentence that names the line.</summary>
internal sealed class SignPackReader(string json)
{
    private static readonly string[] Parts = ["language", "name", "version", "source", "contractions", "abbreviations", "elisions", "letters", "ordinal_dot", "greetings", "numbers", "endings", "joints", "leaning", "lists", "swearing", "insults", "signs"];
    private static readonly string[] SignParts = ["phrases", "except", "unless", "negation", "in_quotes"];

    private readonly List<(bool AtStart, List<List<Step>> Rows)> phrases = [];
    private readonly List<SignPhrase> meanings = [];
    private Symbols symbols = new(LanguageWords.None, new Dictionary<string, string>(), []);

    public SignPack Read()
    {
        if (json.Length > PhrasePack.Longest)
            throw PackReader.Bad(1, $"the pack is longer than {PhrasePack.Longest:N0} characters");
        var pack = new PackReader(json).Parsed();
        Only(pack, Parts, "a pack of signs");
        var words = PackReader.WordsOf(pack);
        symbols = new(words, PackReader.Named(pack["lists"], value => value), [.. PackReader.Words(pack, "endings")]);
        Dictionary<SignKind, SignRule> rules = [];
        foreach (var (name, sign) in pack["signs"]?.Members ?? throw PackReader.Bad(pack.Line, "“signs” is missing"))
        {
            if (SignKinds.Of(name) is not { } kind)
                throw PackReader.Bad(sign.Line, $"“{name}” is not a sign; known are {string.Join(", ", SignKinds.All.Select(SignKinds.Code))}");
            if (rules.ContainsKey(kind))
                throw PackReader.Bad(sign.Line, "the sign is there twice", name);
            Only(sign, SignParts, "a sign");
            Take(sign["phrases"] ?? throw PackReader.Bad(sign.Line, "it has no phrases", name), new(kind, SignRole.Phrase), name);
            Take(sign["except"], new(kind, SignRole.Except), name);
            Take(sign["unless"], new(kind, SignRole.Unless), name);
            Take(sign["negation"], new(kind, SignRole.Negation), name);
            rules.Add(kind, new(sign["in_quotes"]?.Kind == JsonTokenType.True));
        }

        Take(pack["swearing"], new(SignKind.Abuse, SignRole.Swearing), "swearing");
        Take(pack["insults"], new(SignKind.Abuse, SignRole.Insult), "insults");
        return new(
            PackReader.Text(pack, "language", pack.Line),
            PackReader.Text(pack, "name", pack.Line),
            PackReader.Number(pack["version"], "version", pack.Line, 1, int.MaxValue),
            PackReader.Text(pack, "source", pack.Line),
            words,
            PackReader.Words(pack, "joints"),
            PackReader.Words(pack, "leaning"),
            Built(pack),
            meanings,
            rules);
    }

    private PhraseAutomaton Built(JsonLine pack)
    {
        try
        {
            return new(symbols, phrases);
        }
        catch (FormatException exception)
        {
            throw PackReader.Bad(pack.Line, exception.Message);
        }
    }

    private static void Only(JsonLine of, string[] parts, string what)
    {
        if (of.Members.FirstOrDefault(member => !parts.Contains(member.Name)) is { Name: { } strange } extra)
            throw PackReader.Bad(extra.Value.Line, $"“{strange}” is not a part of {what}; known are {string.Join(", ", parts)}");
    }

    private void Take(JsonLine? list, SignPhrase meant, string of)
    {
        foreach (var phrase in PackReader.Items(list, "phrases", of))
        {
            try
            {
                phrases.Add(Phrase.Read(phrase.Text, symbols));
                meanings.Add(meant);
            }
            catch (FormatException exception)
            {
                throw PackReader.Bad(phrase.Line, $"the phrase “{phrase.Text}” {exception.Message}", of);
            }
        }
    }
}

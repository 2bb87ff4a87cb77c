using Amends.Domain.Wording;

namespace Amends.Domain.Listening.Signs;

/// <summary>
/// The phrases by which signs are found in one language, read once and shared: nothing in it changes. A phrase counts unless an
/// innocent look-alike touches it (a longer phrase around the look-alike wins), a negation stands right before it, or its
/// sentence holds what makes the whole of it innocent.
/// </summary>
public sealed class SignPack
{
    /// <summary>Of a text so many UTF-16 units are read; what stands behind them is not looked at.</summary>
    public const int ReadsUpTo = 60_000;

    private readonly PhraseAutomaton automaton;
    private readonly IReadOnlyList<SignPhrase> meanings;
    private readonly IReadOnlyDictionary<SignKind, SignRule> rules;

    internal SignPack(string language, string name, int version, string source, LanguageWords words, IReadOnlySet<string> joints, IReadOnlySet<string> leaning, PhraseAutomaton automaton, IReadOnlyList<SignPhrase> meanings, IReadOnlyDictionary<SignKind, SignRule> rules)
    {
        (Language, Name, Version, Source, Words, Joints, Leaning) = (language, name, version, source, words, joints, leaning);
        (this.automaton, this.meanings, this.rules) = (automaton, meanings, rules);
    }

    /// <summary>Its language: <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>The language's own name.</summary>
    public string Name { get; }

    /// <summary>Counts up with every change of the file.</summary>
    public int Version { get; }

    /// <summary>Where its phrases come from.</summary>
    public string Source { get; }

    /// <summary>The signs that it knows; a pack that was only started does not know all.</summary>
    public IEnumerable<SignKind> Kinds => rules.Keys.Order();

    internal LanguageWords Words { get; }

    /// <summary>Words that join two parts of a sentence: <c>and</c>, <c>but</c>.</summary>
    internal IReadOnlySet<string> Joints { get; }

    /// <summary>Words that cannot end a sentence, as an insult was leaning on them: <c>are</c>, <c>a</c>, <c>of</c>.</summary>
    internal IReadOnlySet<string> Leaning { get; }

    /// <summary>Reads a pack.</summary>
    /// <param name="json">The text of its file.</param>
    /// <returns>The pack, ready to be used from many threads.</returns>
    /// <exception cref="Refused"><c>bad_phrase_pack</c>: it cannot be used; the sentence names the line.</exception>
    public static SignPack Read(string json) => new SignPackReader(json).Read();

    /// <summary>The signs in a text: of each sign the first words of every sentence that has it, in the order of the text.</summary>
    /// <param name="text">Any text: the newest words of a customer, without older mails and signature. Lines that begin with &gt; are not looked at.</param>
    public IReadOnlyList<Sign> Find(string text)
    {
        var reading = Of(text);
        List<Sign> signs = [];
        foreach (var (kind, hits) in reading.Hits)
        {
            var before = -1;
            foreach (var hit in hits)
            {
                var sentence = reading.Draft.SentenceAt(hit.First);
                if (sentence == before)
                    continue;
                before = sentence;
                var words = reading.Draft.StretchOf(hit.First, hit.Last);
                var (start, end) = reading.Quotable(sentence, hit);
                signs.Add(new(kind, words.Start, words.Length, start, end - start));
            }
        }

        return [.. signs.OrderBy(sign => sign.Start).ThenBy(sign => sign.Kind)];
    }

    internal SignReading Of(string text)
    {
        var draft = DraftText.Read(text.Length > ReadsUpTo ? text[..ReadsUpTo] : text, Words);
        return new(draft, automaton.Matches(draft), meanings, rules);
    }
}

/// <summary>What is the same for all phrases of a sign.</summary>
/// <param name="InQuotes">Words in quotation marks count: what others said is no insult of the customer's, but smoke is smoke.</param>
internal sealed record SignRule(bool InQuotes);

/// <summary>What a phrase of a pack is there for.</summary>
internal enum SignRole
{
    /// <summary>Gives the sign.</summary>
    Phrase,

    /// <summary>Looks alike and is innocent: what it touches does not count.</summary>
    Except,

    /// <summary>Makes its whole sentence innocent.</summary>
    Unless,

    /// <summary>Turns round what follows within two words.</summary>
    Negation,

    /// <summary>Swearing that can be cut out of any sentence.</summary>
    Swearing,

    /// <summary>An insult by name that can be cut out where somebody is called so.</summary>
    Insult,
}

/// <summary>What a phrase of the automaton stands for.</summary>
/// <param name="Kind">Its sign; without meaning for what is cut.</param>
/// <param name="Role">What it is there for.</param>
internal readonly record struct SignPhrase(SignKind Kind, SignRole Role);

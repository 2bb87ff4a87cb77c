namespace Amends.Domain.Wording;

/// <summary>When a phrase of a rule counts.</summary>
public enum Condition
{
    /// <summary>Always.</summary>
    Always = 0,

    /// <summary>Where it opens a sentence, or stands more than once in the draft.</summary>
    OpenerOrTwice,

    /// <summary>In a paragraph that says nothing that we can or will do.</summary>
    WithoutCan,

    /// <summary>Where no concrete commitment (what we do, and by when) follows in the same message.</summary>
    WithoutCommitment,

    /// <summary>While the customer has not said that it is put right.</summary>
    BeforeResolved,

    /// <summary>Unless the draft is a checked template.</summary>
    OutsideTemplate,

    /// <summary>More than once in the draft.</summary>
    Twice,
}

/// <summary>A rule of a pack.</summary>
/// <param name="Id">Stable, such as <c>calm</c>.</param>
/// <param name="Category">For a heading.</param>
/// <param name="Severity">1 to 3.</param>
/// <param name="Bare">Severity where the message names nothing of the customer's own story; as <paramref name="Severity"/> where that makes no difference.</param>
/// <param name="When">When it counts.</param>
/// <param name="Reason">Why.</param>
/// <param name="Better">A better sentence.</param>
/// <param name="Phrases">What it looks for, in the language of phrases.</param>
/// <param name="Except">What looks alike and is innocent: a hit that one of these touches does not count.</param>
public sealed record PhraseRule(string Id, string Category, int Severity, int Bare, Condition When, string Reason, string Better, IReadOnlyList<string> Phrases, IReadOnlyList<string> Except);

/// <summary>The phrases of one language, read once and shared: nothing in it changes.</summary>
public sealed class PhrasePack
{
    /// <summary>The longest pack, in UTF-16 units.</summary>
    public const int Longest = 1_000_000;

    internal PhrasePack(string language, string name, int version, string source, IReadOnlyList<PhraseRule> rules, IReadOnlyDictionary<string, string> better, IReadOnlyList<string> innocent, LanguageWords words, PhraseAutomaton automaton, IReadOnlyList<Meant> meanings)
    {
        (Language, Name, Version, Source, Rules, Better, Innocent, Words, Automaton, Meanings) = (language, name, version, source, rules, better, innocent, words, automaton, meanings);
    }

    /// <summary>Its language: <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>The language's own name.</summary>
    public string Name { get; }

    /// <summary>Counts up with every change of the file.</summary>
    public int Version { get; }

    /// <summary>Where its phrases come from.</summary>
    public string Source { get; }

    /// <summary>Its rules, in the order of the file.</summary>
    public IReadOnlyList<PhraseRule> Rules { get; }

    /// <summary>Better sentences for what is found without phrases, by the rule's id.</summary>
    public IReadOnlyDictionary<string, string> Better { get; }

    /// <summary>Sentences that must stay without a hint: the pack's own false-positive set.</summary>
    public IReadOnlyList<string> Innocent { get; }

    internal LanguageWords Words { get; }

    internal PhraseAutomaton Automaton { get; }

    /// <summary>What each phrase of the automaton stands for.</summary>
    internal IReadOnlyList<Meant> Meanings { get; }


    /// <summary>Reads a pack.</summary>
    /// <param name="json">The text of its file.</param>
    /// <returns>The pack, ready to be used from many threads.</returns>
    /// <exception cref="Refused">It cannot be used; the sentence names the line and the rule.</exception>
    public static PhrasePack Read(string json) => new PackReader(json).Read();

    /// <summary>Its innocent sentences that get a hint on words all the same: none, unless a rule goes too far.</summary>
    public IReadOnlyList<(string Sentence, Hint Hint)> WronglyHinted() =>
        [.. from sentence in Innocent from hint in Lint.Read(sentence, DraftContext.Nothing, this).Hints where hint.Length > 0 select (sentence, hint)];
}

/// <summary>What a phrase of a pack stands for.</summary>
/// <param name="Rule">Number of the rule; −1 for a marker.</param>
/// <param name="Sign">The marker; <see cref="Sign.None"/> for a rule.</param>
/// <param name="IsException">It excuses hits of the rule or marker that it touches.</param>
internal readonly record struct Meant(int Rule, Sign Sign, bool IsException);

/// <summary>Signs that phrases of a pack give beside its rules; their names in a pack are in snake_case.</summary>
internal enum Sign
{
    None = 0,
    Responsibility,
    Repair,
    Regret,
    Explanation,
    Repentance,
    Forgiveness,

    /// <summary>Says sorry, in whatever way.</summary>
    Apology,
    Can,
    Cant,
    Reason,

    /// <summary>Somebody does something definite.</summary>
    Action,

    /// <summary>A time or a day.</summary>
    Time,
    Thanks,
    Agency,
    Impact,
    Feeling,
    Option,

    /// <summary>Being in touch.</summary>
    Contact,

    /// <summary>A way of being in touch.</summary>
    Channel,
    Owner,
    Attached,
    Link,

    /// <summary>What will be.</summary>
    Promise,

    /// <summary>Turns round what follows: "I won't ask you to".</summary>
    Negation,
}

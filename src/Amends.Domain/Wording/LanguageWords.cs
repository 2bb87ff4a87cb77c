namespace Amends.Domain.Wording;

/// <summary>A greeting.</summary>
/// <param name="Words">Its first words.</param>
/// <param name="NeedsName">A name must follow: <c>Dear</c>, but not <c>Hello</c>.</param>
internal sealed record Greeting(string[] Words, bool NeedsName);

/// <summary>The words of a language that are needed to read any text: what parts and joins words, what greets, what carries no meaning, how days are named.</summary>
internal sealed class LanguageWords
{
    /// <summary>No language: only what is the same in all.</summary>
    public static readonly LanguageWords None = new();

    /// <summary><c>can't</c> → <c>can not</c>; <c>*n't</c> → <c>* not</c> for whatever ends so.</summary>
    public IReadOnlyDictionary<string, string> Contractions { get; init; } = new Dictionary<string, string>();

    public IReadOnlySet<string> Abbreviations { get; init; } = new HashSet<string>();

    /// <summary>What stands before an apostrophe and is a word of its own (<c>l'</c>).</summary>
    public IReadOnlySet<string> Elisions { get; init; } = new HashSet<string>();

    /// <summary>How letters are written by who has no key for them (<c>ä</c> as <c>ae</c>): phrases and texts are read so.</summary>
    public IReadOnlyDictionary<char, string> Letters { get; init; } = new Dictionary<char, string>();

    /// <summary>A number with a point is an ordinal (<c>3. Mai</c>).</summary>
    public bool OrdinalDot { get; init; }

    /// <summary>Greetings, as the words they begin with, and whether a name must follow.</summary>
    public IReadOnlyList<Greeting> Greetings { get; init; } = [];

    /// <summary>Words where a name should be that show that it was missing (<c>null</c>).</summary>
    public IReadOnlySet<string> Blanks { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Titles { get; init; } = new HashSet<string>();

    /// <summary>Words of a greeting that fit anybody.</summary>
    public IReadOnlySet<string> Neutral { get; init; } = new HashSet<string>();

    /// <summary>Words that carry no meaning of their own.</summary>
    public IReadOnlySet<string> Stopwords { get; init; } = new HashSet<string>();

    /// <summary>Endings that are cut for comparing, the longest first.</summary>
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    public IReadOnlyDictionary<string, int> Numbers { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, int> Months { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, DayOfWeek> Weekdays { get; init; } = new Dictionary<string, DayOfWeek>();

    /// <summary>Days named by their distance from today.</summary>
    public IReadOnlyDictionary<string, int> NearDays { get; init; } = new Dictionary<string, int>();

    /// <summary>Words that are written in capitals to shout, not because they are abbreviations.</summary>
    public IReadOnlySet<string> Shouted { get; init; } = new HashSet<string>();

    /// <summary>Abbreviations that everybody knows.</summary>
    public IReadOnlySet<string> KnownAcronyms { get; init; } = new HashSet<string>();

    /// <summary>Abbreviations of the trade and plain words for them.</summary>
    public IReadOnlyDictionary<string, string> Acronyms { get; init; } = new Dictionary<string, string>();

    /// <summary>Words whose syllables the counter gets wrong.</summary>
    public IReadOnlyDictionary<string, int> Syllables { get; init; } = new Dictionary<string, int>();

    /// <summary>The two parts of a contraction.</summary>
    public (string, string)? Opened(string word)
    {
        if (Contractions.Count == 0)
            return null;
        if (Contractions.TryGetValue(word, out var exact))
            return Parted(exact);
        var mark = word.LastIndexOf('\'');
        if (mark <= 0)
            return null;
        foreach (var from in (ReadOnlySpan<int>)[mark - 1, mark])
        {
            if (from > 0 && Contractions.TryGetValue(string.Concat("*", word.AsSpan(from)), out var ending))
                return Parted(ending.Replace("*", word[..from], StringComparison.Ordinal));
        }

        return null;
    }

    /// <summary>The longest greeting that begins at a token.</summary>
    public Greeting? GreetingAt(List<Token> tokens, int first)
    {
        Greeting? longest = null;
        foreach (var greeting in Greetings)
        {
            if (first + greeting.Words.Length > tokens.Count || greeting.Words.Length <= (longest?.Words.Length ?? 0))
                continue;
            var same = 0;
            while (same < greeting.Words.Length && tokens[first + same].Word == greeting.Words[same])
                same++;
            if (same == greeting.Words.Length)
                longest = greeting;
        }

        return longest;
    }

    /// <summary>A word without its ending: good enough to see that two words are one.</summary>
    public string Stem(string word)
    {
        if (Numbers.TryGetValue(word, out var number))
            return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var suffix in Suffixes)
        {
            if (word.Length - suffix.Length >= 3 && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                word = word[..^suffix.Length];
                break;
            }
        }

        if (word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('s' or 'e'))
            word = word[..^1];
        return word.Length > 3 && word[^1] is 'e' or 'y' or 'i' && word.Length > 3 ? word[..^1] : word;
    }

    private static (string, string) Parted(string words)
    {
        var at = words.IndexOf(' ');
        return (words[..at], words[(at + 1)..]);
    }
}

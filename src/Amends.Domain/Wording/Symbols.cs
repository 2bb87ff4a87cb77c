namespace Amends.Domain.Wording;

/// <summary>Every set of words that phrases speak of has a symbol; a word of a text has the symbols of all sets that hold it.</summary>
internal sealed class Symbols(LanguageWords language, IReadOnlyDictionary<string, string> lists, IReadOnlyList<string> endings)
{
    public const int Comma = 1;
    public const int Number = 2;

    private readonly Dictionary<string, int> named = [];
    private readonly Dictionary<int, (List<string> Words, List<string> Beginnings)> members = [];
    private readonly Dictionary<string, List<List<Step>>> rows = [];
    private int next = 3;

    public LanguageWords Language => language;

    public string? ListOf(string name) => lists.GetValueOrDefault(name);

    /// <summary>Symbols are numbered from 1 up to but without this.</summary>
    public int Count => next;

    /// <summary>The rows of a list that was read before.</summary>
    public List<List<Step>>? RowsOf(string list) => rows.GetValueOrDefault(list);

    public List<List<Step>> Keep(string list, List<List<Step>> read) => rows[list] = read;

    public int Word(string word) => Named("w " + word, [word], []);

    public int Beginning(string word) => Named("b " + word, [], [word]);

    /// <summary>A word with the endings of the pack: <c>claim+</c> is claim, claims, claimed, claiming; a mute e falls, y becomes i, a last consonant may double.</summary>
    public int Inflected(string word)
    {
        HashSet<string> forms = [word];
        foreach (var ending in endings)
        {
            forms.Add(word + ending);
            if (ending.Length == 0 || word.Length < 3)
                continue;
            if (ending[0] is 'e' or 'i' && word[^1] == 'e')
                forms.Add(word[..^1] + ending);
            if (ending[0] == 'e' && word[^1] == 'y')
                forms.Add(word[..^1] + "i" + ending);
            if (ending[0] is 'e' or 'i' && !IsVowel(word[^1]) && IsVowel(word[^2]) && !IsVowel(word[^3]))
                forms.Add(word + word[^1] + ending);
        }

        return Named("i " + word, [.. forms], []);
    }

    public int Union(List<int> symbols)
    {
        symbols.Sort();
        return Named("u " + string.Join(' ', symbols), [.. symbols.SelectMany(symbol => members[symbol].Words).Distinct()], [.. symbols.SelectMany(symbol => members[symbol].Beginnings).Distinct()]);
    }

    /// <summary>Word → its symbols, and beginning → its symbols.</summary>
    public (Dictionary<string, int[]> Words, Dictionary<string, int[]> Beginnings) Vocabulary()
    {
        Dictionary<string, List<int>> words = [], beginnings = [];
        foreach (var (symbol, (ofWords, ofBeginnings)) in members)
        {
            foreach (var word in ofWords)
                (words.TryGetValue(word, out var all) ? all : words[word] = []).Add(symbol);
            foreach (var word in ofBeginnings)
                (beginnings.TryGetValue(word, out var all) ? all : beginnings[word] = []).Add(symbol);
        }

        return (words.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()), beginnings.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }

    private int Named(string name, List<string> words, List<string> beginnings)
    {
        if (named.TryGetValue(name, out var known))
            return known;
        named[name] = next;
        members[next] = (words, beginnings);
        return next++;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}

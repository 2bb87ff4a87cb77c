using System.Globalization;

namespace Amends.Domain.Listening.Emotion;

/// <summary>What a word says about how somebody feels, whatever it is about.</summary>
public enum WordClass
{
    /// <summary>High praise.</summary>
    StrongPraise,

    /// <summary>Praise.</summary>
    Praise,

    /// <summary>Thanks.</summary>
    Thanks,

    /// <summary>Anger, contempt and swearing.</summary>
    Anger,

    /// <summary>Displeasure and disappointment.</summary>
    Displeasure,

    /// <summary>What is wrong with a thing or a service.</summary>
    Defect,

    /// <summary>Harm, fear, grief.</summary>
    Hurt,

    /// <summary>Demands and steps against us.</summary>
    Demand,

    /// <summary>How often, how long already.</summary>
    Repetition,

    /// <summary>What makes the next word stronger.</summary>
    Booster,

    /// <summary>What makes the next word weaker.</summary>
    Softener,

    /// <summary>Courtesy.</summary>
    Courtesy,

    /// <summary>Phrases of several words that blame or turn away.</summary>
    BadPhrase,

    /// <summary>Phrases of several words that praise, often with words that alone do not.</summary>
    GoodPhrase,
}

/// <summary>
/// The words of a language by what they say about feelings: a file of sections, <c>[anger]</c> and so on. Words stand apart by
/// spaces, and one that ends with <c>*</c> means all that begin so; phrases stand apart by <c>|</c>; <c>[negation]</c> has
/// the words that turn what follows. <c>[letters]</c> says how letters are written by who has no key for them (<c>ä=ae</c>): the list
/// and every text are read so. <c>[elisions]</c> has what stands before an apostrophe and is a word of its own (<c>l'</c>).
/// </summary>
public sealed class WordList
{
    /// <summary>The most words of a phrase.</summary>
    public const int LongestPhrase = 5;

    private const int ShortestStem = 3;

    private static readonly Dictionary<string, WordClass> Names = new(StringComparer.Ordinal)
    {
        ["strong praise"] = WordClass.StrongPraise, ["praise"] = WordClass.Praise, ["thanks"] = WordClass.Thanks, ["anger"] = WordClass.Anger,
        ["displeasure"] = WordClass.Displeasure, ["defect"] = WordClass.Defect, ["hurt"] = WordClass.Hurt, ["demand"] = WordClass.Demand,
        ["repetition"] = WordClass.Repetition, ["booster"] = WordClass.Booster, ["softener"] = WordClass.Softener, ["courtesy"] = WordClass.Courtesy,
        ["bad phrases"] = WordClass.BadPhrase, ["good phrases"] = WordClass.GoodPhrase,
    };

    private readonly Dictionary<uint, ushort> words = [], stems = [], phrases = [];
    private readonly HashSet<uint> negations = [], phraseStarts = [];
    private readonly HashSet<string> elisions = new(StringComparer.Ordinal);
    private readonly Dictionary<char, string> letters = [];

    private WordList()
    {
    }

    /// <summary>Reads a list.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="Refused"><c>word_list</c>: a section that has no name of ours, an entry before the first section, or a phrase that is too long; with the line.</exception>
    public static WordList Read(string text)
    {
        var list = new WordList();
        string? section = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
                if (section is not ("negation" or "letters" or "elisions") && !Names.ContainsKey(section))
                    throw new Refused("word_list", $"Line {number}: there is no section called {section}.");
                continue;
            }

            if (section is null)
                throw new Refused("word_list", $"Line {number}: the list begins with a section, such as [anger].");
            list.Add(section, line, number);
        }

        return list;
    }

    /// <summary>A word in the letters of the list: <c>ärgerlich</c> is <c>aergerlich</c> where the list says so.</summary>
    /// <param name="word">The word in small letters, none more than twice in a row.</param>
    /// <param name="into">Takes it; what does not fit is cut.</param>
    /// <returns>The word itself, if the list has no other letters for any of its own.</returns>
    public ReadOnlySpan<char> Written(ReadOnlySpan<char> word, Span<char> into)
    {
        if (letters.Count == 0 || System.Text.Ascii.IsValid(word))
            return word;
        var length = 0;
        foreach (var letter in word)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
                continue; // an accent that stands apart from its letter
            foreach (var each in letters.TryGetValue(letter, out var other) ? other : letter.ToString())
            {
                if (length < into.Length)
                    into[length++] = each;
            }
        }

        return into[..length];
    }

    /// <summary>What a word says, as a set of bits, one for each <see cref="WordClass"/>; 0 when the list does not know it.</summary>
    /// <param name="word">The word in small letters, none more than twice in a row, in the letters of the list (<see cref="Written"/>).</param>
    public ushort ClassesOf(ReadOnlySpan<char> word)
    {
        var after = AfterElision(word);
        return (ushort)(OfWhole(word) | (after > 0 ? OfWhole(word[after..]) : 0));
    }

    private ushort OfWhole(ReadOnlySpan<char> word)
    {
        var found = words.GetValueOrDefault(Hash.Of(word));
        var hash = Hash.Start;
        for (var i = 0; i < word.Length; i++)
        {
            hash = Hash.Add(hash, word[i]);
            if (i + 1 >= ShortestStem && stems.TryGetValue(Hash.End(hash), out var stem))
                found |= stem;
        }

        return found;
    }

    /// <summary>Whether a word turns what follows it.</summary>
    public bool Negates(ReadOnlySpan<char> word) => negations.Contains(Hash.Of(word)) || word.EndsWith("n't", StringComparison.Ordinal)
        || (AfterElision(word) is > 0 and var after && (negations.Contains(Hash.Of(word[..after])) || negations.Contains(Hash.Of(word[after..]))));

    // Where the word behind an elision begins; 0 for a word without one.
    private int AfterElision(ReadOnlySpan<char> word)
    {
        var after = elisions.Count == 0 ? 0 : word.IndexOf('\'') + 1;
        return after > 0 && after < word.Length && elisions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word[..after]) ? after : 0;
    }

    /// <summary>Whether a phrase may begin with a word.</summary>
    /// <param name="word">The word's <see cref="Hash.Of"/>.</param>
    public bool BeginsPhrase(uint word) => phraseStarts.Contains(word);

    /// <summary>What a phrase says; <c>null</c> when the list has no such one.</summary>
    /// <param name="hash">The hashes of its words, joined by <see cref="Hash.Join"/> in their order.</param>
    public WordClass? PhraseOf(uint hash) => phrases.TryGetValue(hash, out var found) ? (WordClass)found : null;

    private void Add(string section, string line, int number)
    {
        if (section.EndsWith("phrases", StringComparison.Ordinal))
        {
            foreach (var phrase in line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                AddPhrase(phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names[section], number);
            return;
        }

        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (section == "letters")
                letters[word.Length > 1 && word[1] == '=' ? word[0] : throw new Refused("word_list", $"Line {number}: letters are written as ä=ae, not {word}.")] = word[2..];
            else if (section == "elisions")
                elisions.Add(word);
            else if (section == "negation")
                negations.Add(HashOf(word));
            else
                AddWord(word.EndsWith('*') ? stems : words, word.TrimEnd('*'), Names[section]);
        }
    }

    private uint HashOf(string word) => Hash.Of(Written(word, stackalloc char[2 * word.Length]));

    private void AddWord(Dictionary<uint, ushort> to, string word, WordClass says)
    {
        var hash = HashOf(word);
        to[hash] = (ushort)(to.GetValueOrDefault(hash) | 1 << (int)says);
    }

    private void AddPhrase(string[] parts, WordClass says, int number)
    {
        if (parts.Length > LongestPhrase)
            throw new Refused("word_list", $"Line {number}: a phrase has {LongestPhrase} words at the most: {string.Join(' ', parts)}.");
        var hash = HashOf(parts[0]);
        phraseStarts.Add(hash);
        foreach (var part in parts.Skip(1))
            hash = Hash.Join(hash, HashOf(part));
        phrases[hash] = (ushort)says;
    }
}

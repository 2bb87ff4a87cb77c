namespace Amends.Domain.Listening.Drafts;

/// <summary>How alike texts are by their words: the cosine between them, where a word counts more the fewer of the texts it stands in (tf-idf). For one thread at a time.</summary>
public sealed class Likeness
{
    private const int MostShared = 5;

    private readonly Dictionary<string, double> _rare;
    private readonly ListeningWords _words;
    private (string Text, IReadOnlyList<SaidWord> Words) _written = ("", []);

    private readonly Dictionary<string, Dictionary<string, double>> _vectors = new(StringComparer.Ordinal);

    /// <summary>Counts in how many texts each word stands.</summary>
    /// <param name="texts">All texts that are compared.</param>
    /// <param name="words">The words of the language.</param>
    public Likeness(IReadOnlyList<string> texts, ListeningWords words)
    {
        _words = words;
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var counts = _vectors[text] = Counts(text);
            foreach (var stem in counts.Keys)
                seen[stem] = seen.GetValueOrDefault(stem) + 1;
        }

        _rare = seen.ToDictionary(each => each.Key, each => Math.Log(1 + ((double)texts.Count / each.Value)), StringComparer.Ordinal);
        foreach (var text in _vectors.Keys)
            _vectors[text] = Weighed(_vectors[text]);
    }

    /// <summary>How alike two texts are.</summary>
    /// <returns>0 to 1, and the words that weigh most in it, as they stand in the first text.</returns>
    public (double Score, IReadOnlyList<string> Shared) Between(string one, string other)
    {
        var (left, right) = (Vector(one), Vector(other));
        var length = Length(left) * Length(right);
        if (length == 0)
            return (0, []);
        var shared = left.Where(each => right.ContainsKey(each.Key)).Select(each => (each.Key, Weight: each.Value * right[each.Key])).OrderByDescending(each => each.Weight).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        if (_written.Text != one)
            _written = (one, SaidWord.In(Cut(one)));
        return (Math.Min(1, shared.Sum(each => each.Weight) / length), [.. shared.Take(MostShared).Select(each => _written.Words.First(word => word.Stem == each.Key).Lower)]);
    }

    /// <summary>The words of a text that are best to look for others by: long ones first, each once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many.</param>
    /// <param name="words">The words of the language.</param>
    public static IReadOnlyList<string> Telling(string text, int most, ListeningWords words)
    {
        var read = SaidWord.In(Cut(text));
        return [.. read.Where(word => !word.HasDigit && word.Lower.Length > 3 && words.Content([word], 0, 1).Any()).GroupBy(word => word.Stem, StringComparer.Ordinal)
            .OrderByDescending(group => Math.Min(group.Count(), 3)).ThenByDescending(group => group.First().Lower.Length).ThenBy(group => group.First().Start).Select(group => group.First().Lower).Take(most)];
    }

    private Dictionary<string, double> Vector(string text) => _vectors.TryGetValue(text, out var known) ? known : Weighed(Counts(text));

    private Dictionary<string, double> Counts(string text)
    {
        Dictionary<string, double> counts = new(StringComparer.Ordinal);
        foreach (var stem in _words.ContentOf(Cut(text)))
            counts[stem] = counts.GetValueOrDefault(stem) + 1;
        return counts;
    }

    private Dictionary<string, double> Weighed(Dictionary<string, double> counts) => counts.Where(each => _rare.ContainsKey(each.Key)).ToDictionary(each => each.Key, each => (1 + Math.Log(each.Value)) * _rare[each.Key], StringComparer.Ordinal);

    private static double Length(Dictionary<string, double> vector) => Math.Sqrt(vector.Values.Sum(weight => weight * weight));

    private static string Cut(string text) => Texts.Cut(text, SaidMessage.Longest);
}

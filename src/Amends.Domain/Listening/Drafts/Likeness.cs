namespace Amends.Domain.Listening.Drafts;

/// <summary>How alike texts are by their words: the cosine between them, where a word counts more the fewer of the texts it stands in (tf-idf).</summary>
public sealed class Likeness
{
    private const int MostShared = 5;

    private readonly Dictionary<string, double> _rare;
    private readonly ListeningWords _words;

    /// <summary>Counts in how many texts each word stands.</summary>
    /// <param name="texts">All texts that are compared.</param>
    /// <param name="words">The words of the language.</param>
    public Likeness(IReadOnlyList<string> texts, ListeningWords words)
    {
        _words = words;
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var stem in words.ContentOf(Cut(text)).Distinct(StringComparer.Ordinal))
                seen[stem] = seen.GetValueOrDefault(stem) + 1;
        }

        _rare = seen.ToDictionary(each => each.Key, each => Math.Log(1 + ((double)texts.Count / each.Value)), StringComparer.Ordinal);
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
        var written = SaidWord.In(Cut(one)).GroupBy(word => word.Stem, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Lower, StringComparer.Ordinal);
        return (Math.Min(1, shared.Sum(each => each.Weight) / length), [.. shared.Take(MostShared).Select(each => written[each.Key])]);
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

    private Dictionary<string, double> Vector(string text) => _words.ContentOf(Cut(text)).Where(_rare.ContainsKey).GroupBy(stem => stem, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (1 + Math.Log(group.Count())) * _rare[group.Key], StringComparer.Ordinal);

    private static double Length(Dictionary<string, double> vector) => Math.Sqrt(vector.Values.Sum(weight => weight * weight));

    private static string Cut(string text) => Texts.Cut(text, SaidMessage.Longest);
}

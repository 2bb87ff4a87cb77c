namespace Amends.Domain.Listening.Drafts;

/// <summary>
/// What cases of this installation tell about words and categories: in how many cases of each confirmed category a word stands (naive Bayes
/// over which words stand there, with half a case added to each count). Its say grows with the number of cases, and it has none before there
/// are enough of them, or where it does worse than the shipped words on cases that it did not learn from.
/// </summary>
public sealed class OwnCategories
{
    /// <summary>Fewer confirmed cases have no say.</summary>
    public const int FewestCases = 60;

    /// <summary>A category with fewer cases is not learned.</summary>
    public const int FewestOfOne = 5;

    /// <summary>The number of cases at which they have as much say as the shipped words.</summary>
    public const int HalfSay = 120;

    private const int EveryHeld = 4, MostWords = 60;

    private readonly Dictionary<string, (int Cases, Dictionary<string, int> Words)> _categories;
    private readonly ListeningWords _words;
    private readonly HashSet<string> _known;
    private readonly int _cases;

    private OwnCategories(IEnumerable<(string Code, HashSet<string> Stems)> cases, ListeningWords words)
    {
        _words = words;
        _categories = cases.GroupBy(each => each.Code, StringComparer.Ordinal).Where(group => group.Count() >= FewestOfOne).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (group.Count(), group.SelectMany(each => each.Stems).GroupBy(stem => stem, StringComparer.Ordinal).ToDictionary(stem => stem.Key, stem => stem.Count(), StringComparer.Ordinal)), StringComparer.Ordinal);
        _cases = _categories.Values.Sum(each => each.Cases);
        _known = [.. _categories.Values.SelectMany(each => each.Words.Keys)];
    }

    /// <summary>How many cases it learned from.</summary>
    public int Cases => _cases;

    /// <summary>How many of the cases that it did not learn from for that were guessed right, by the shipped words and together with these; <c>null</c> before there were enough.</summary>
    public (int Shipped, int Together, int Of)? Held { get; private init; }

    /// <summary>Whether it has a say.</summary>
    public bool Counts => Held is { } held && held.Together >= held.Shipped;

    /// <summary>Its share of the say, 0 to 1.</summary>
    public double Share => Counts ? Say : 0;

    private double Say => (double)_cases / (_cases + HalfSay);

    /// <summary>Learns from confirmed cases.</summary>
    /// <param name="confirmed">The confirmed code and the customer's words, in a fixed order.</param>
    /// <param name="shipped">What it is measured against.</param>
    /// <param name="words">The words of the language.</param>
    public static OwnCategories Learn(IReadOnlyList<(string Code, string Text)> confirmed, CategoryEvidence shipped, ListeningWords words)
    {
        var all = confirmed.Select(each => (each.Code, each.Text, Stems: (HashSet<string>)[.. words.ContentOf(Texts.Cut(each.Text, SaidMessage.Longest))])).ToList();
        OwnCategories whole = new(all.Select(each => (each.Code, each.Stems)), words);
        if (whole._cases < FewestCases)
            return whole;
        // Measured by what every fourth case was guessed as by one that had not seen it.
        OwnCategories part = new(all.Where((_, at) => at % EveryHeld != 0).Select(each => (each.Code, each.Stems)), words) { Held = (0, 0, 0) };
        int right = 0, together = 0, of = 0;
        foreach (var (code, text, _) in all.Where((_, at) => at % EveryHeld == 0))
        {
            of++;
            right += shipped.Guess(text, null, 1) is [{ } one] && one.Code == code ? 1 : 0;
            together += shipped.Guess(text, part, 1) is [{ } both] && both.Code == code ? 1 : 0;
        }

        return new(all.Select(each => (each.Code, each.Stems)), words) { Held = (right, together, of) };
    }

    /// <summary>Puts its say into the shares of the shipped words.</summary>
    internal void Weigh(IReadOnlyList<SaidWord> words, int first, int end, Dictionary<string, double> shares)
    {
        if (!Counts || _categories.Count == 0)
            return;
        List<string> stems = [.. _words.Content(words, first, end).Distinct(StringComparer.Ordinal).Where(_known.Contains).Take(MostWords)];
        if (stems.Count == 0)
            return;
        var say = Say;
        var logs = _categories.ToDictionary(each => each.Key, each => Math.Log((double)each.Value.Cases / _cases) + stems.Sum(stem => Math.Log(Chance(each.Value, stem))), StringComparer.Ordinal);
        var best = logs.Values.Max();
        // Words of a text hang together, so that their odds are not all new: beyond ten they count less.
        var soft = Math.Sqrt(Math.Max(1, stems.Count / 10.0));
        var whole = logs.Values.Sum(each => Math.Exp((each - best) / soft));
        foreach (var code in shares.Keys.ToList())
            shares[code] *= 1 - say;
        foreach (var (code, log) in logs)
            shares[code] = shares.GetValueOrDefault(code) + (say * Math.Exp((log - best) / soft) / whole);
    }

    /// <summary>The words of a text that speak most for a category.</summary>
    internal IReadOnlyList<string> Led(string text, IReadOnlyList<SaidWord> words, int first, int end, string code) => !_categories.TryGetValue(code, out var category) ? [] :
        [.. words.Skip(first).Take(end - first).Where(word => category.Words.ContainsKey(word.Stem)).DistinctBy(word => word.Stem)
            .OrderByDescending(word => Chance(category, word.Stem) / _categories.Values.Average(each => Chance(each, word.Stem))).ThenBy(word => word.Start).Take(4).Select(word => text[word.Start..word.End])];

    private static double Chance((int Cases, Dictionary<string, int> Words) category, string stem) => (category.Words.GetValueOrDefault(stem) + 0.5) / (category.Cases + 1);
}

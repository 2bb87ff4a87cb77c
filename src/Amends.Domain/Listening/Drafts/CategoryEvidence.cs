namespace Amends.Domain.Listening.Drafts;

/// <summary>A category that a text may be about.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Confidence">0 to 1: how often such a guess is right, as far as the words tell.</param>
/// <param name="Words">The words of the text that led to it, as they are written there.</param>
public sealed record CategoryGuess(string Code, double Confidence, IReadOnlyList<string> Words)
{
    /// <summary>The confidence in a word.</summary>
    public GuessStrength Strength => Confidence >= 0.7 ? GuessStrength.Likely : Confidence >= 0.4 ? GuessStrength.Perhaps : GuessStrength.Faint;
}

/// <summary>How sure a guess is.</summary>
public enum GuessStrength
{
    /// <summary>Below 40 %.</summary>
    Faint = 1,

    /// <summary>40 % and more.</summary>
    Perhaps,

    /// <summary>70 % and more.</summary>
    Likely,
}

/// <summary>
/// Guesses what a text is about by words that speak for a category. Each phrase counts once, with its weight; what speaks for a group
/// (<c>DEL</c>) counts for its parts, too, where one of them has words of its own. The sums become shares of one; so does what would speak for no category.
/// </summary>
public sealed class CategoryEvidence
{
    /// <summary>What a group's words count for its parts.</summary>
    private const double FromGroup = 0.6;

    private const int MostWords = 150;

    private readonly List<string> _codes;
    private readonly PhraseSet _phrases;
    private readonly List<(int Code, double Weight)> _means = [];
    private readonly Dictionary<string, int> _places;

    /// <summary>Prepares the words.</summary>
    /// <param name="words">Code → phrase → weight, above 0.</param>
    /// <param name="sharpness">What one point of weight is worth: the odds grow by e to this power.</param>
    /// <param name="nothing">The sum at which no category is as likely as one, in a text without words.</param>
    /// <param name="perWord">What each word of the text adds to that: in a long text, something speaks for a category by chance.</param>
    public CategoryEvidence(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> words, double sharpness, double nothing, double perWord)
    {
        (Sharpness, Nothing, PerWord) = (sharpness, nothing, perWord);
        _codes = [.. words.Keys.Order(StringComparer.Ordinal)];
        _places = _codes.Select((code, at) => (code, at)).ToDictionary(each => each.code, each => each.at, StringComparer.Ordinal);
        List<string> phrases = [];
        for (var code = 0; code < _codes.Count; code++)
        {
            foreach (var (phrase, weight) in words[_codes[code]].Where(each => SaidWord.In(each.Key).Count > 0))
            {
                phrases.Add(phrase);
                _means.Add((code, weight));
            }
        }

        _phrases = new(phrases);
    }

    /// <summary>What one point of weight is worth.</summary>
    public double Sharpness { get; }

    /// <summary>The sum at which no category is as likely as one, in a text without words.</summary>
    public double Nothing { get; }

    /// <summary>What each word of a text adds to <see cref="Nothing"/>.</summary>
    public double PerWord { get; }

    /// <summary>The codes that have words.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>What a text may be about, the likeliest first; none when no word speaks for any.</summary>
    /// <param name="text">The text.</param>
    /// <param name="own">What cases here told, where it counts.</param>
    /// <param name="most">How many guesses at the most.</param>
    public IReadOnlyList<CategoryGuess> Guess(string text, OwnCategories? own = null, int most = 3)
    {
        var cut = Texts.Cut(text, SaidMessage.Longest);
        var words = SaidWord.In(cut);
        return Guess(cut, words, 0, words.Count, own, most);
    }

    internal IReadOnlyList<CategoryGuess> Guess(string text, IReadOnlyList<SaidWord> words, int first, int end, OwnCategories? own = null, int most = 3)
    {
        var sums = new double[_codes.Count];
        var found = new List<(double Weight, int Start, int End)>?[_codes.Count];
        var seen = new HashSet<int>();
        foreach (var (phrase, from, last) in _phrases.Find(words, first, end))
        {
            if (!seen.Add(phrase))
                continue;
            var (code, weight) = _means[phrase];
            sums[code] += weight;
            (found[code] ??= []).Add((weight, words[from].Start, words[last].End));
        }

        for (var code = 0; code < _codes.Count; code++)
        {
            if (sums[code] > 0 && _codes[code].Length > 3 && _places.TryGetValue(_codes[code][..3], out var group) && found[group] is { } general)
            {
                sums[code] += FromGroup * sums[group];
                found[code]!.AddRange(general.Select(each => (each.Weight * FromGroup, each.Start, each.End)));
            }
        }

        var whole = Math.Exp(Sharpness * (Nothing + (PerWord * Math.Min(end - first, MostWords)))) + sums.Where(sum => sum > 0).Sum(sum => Math.Exp(Sharpness * sum));
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var code = 0; code < _codes.Count; code++)
        {
            if (sums[code] > 0)
                shares[_codes[code]] = Math.Exp(Sharpness * sums[code]) / whole;
        }

        own?.Weigh(words, first, end, shares);
        return [.. shares.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Take(most)
            .Select(each => new CategoryGuess(each.Key, each.Value, _places.TryGetValue(each.Key, out var at) && found[at] is { } those ? Led(text, those) : own?.Led(text, words, first, end, each.Key) ?? []))];
    }

    private static List<string> Led(string text, List<(double Weight, int Start, int End)> found)
    {
        List<(int Start, int End)> kept = [];
        foreach (var (_, start, end) in found.OrderByDescending(each => each.Weight).ThenBy(each => each.Start))
        {
            if (kept.Count < 4 && kept.All(each => end <= each.Start || start >= each.End))
                kept.Add((start, end));
        }

        return [.. kept.Select(each => SaidText.Folded(text.AsSpan(each.Start, each.End - each.Start)))];
    }
}

namespace Amends.Domain.Listening.Drafts;

/// <summary>Phrases that are looked for by the stems of their words. A <c>+</c> between two words lets up to three others stand there: <c>not + arrived</c>.</summary>
public sealed class PhraseSet
{
    private const int WidestGap = 3;

    private readonly Dictionary<string, List<int>> _byFirst = new(StringComparer.Ordinal);
    private readonly List<(string Phrase, (string Stem, bool Gap)[] Steps)> _phrases = [];

    /// <summary>Prepares the phrases.</summary>
    /// <param name="phrases">Each one or more words, in any case.</param>
    public PhraseSet(IEnumerable<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            List<(string, bool)> steps = [];
            var gap = false;
            foreach (var part in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (part == "+")
                {
                    gap = true;
                    continue;
                }

                foreach (var word in SaidWord.In(part))
                {
                    steps.Add((word.Stem, gap));
                    gap = false;
                }
            }

            if (steps.Count == 0)
                continue;
            if (!_byFirst.TryGetValue(steps[0].Item1, out var those))
                _byFirst[steps[0].Item1] = those = [];
            those.Add(_phrases.Count);
            _phrases.Add((phrase, [.. steps]));
        }
    }

    /// <summary>How many phrases there are; their numbers count from 0 in the order in which they were given, empty ones left out.</summary>
    public int Count => _phrases.Count;

    /// <summary>A phrase as it was given.</summary>
    public string this[int number] => _phrases[number].Phrase;

    /// <summary>What is found, with where it begins and ends.</summary>
    /// <param name="words">The words of a text.</param>
    /// <param name="first">The first word to look at.</param>
    /// <param name="end">Behind the last one.</param>
    public IEnumerable<(int Phrase, int First, int Last)> Find(IReadOnlyList<SaidWord> words, int first, int end)
    {
        for (var at = first; at < end; at++)
        {
            if (!_byFirst.TryGetValue(words[at].Stem, out var those))
                continue;
            foreach (var number in those)
            {
                if (End(_phrases[number].Steps, words, at, end) is >= 0 and var last)
                    yield return (number, at, last);
            }
        }
    }

    /// <summary>Whether one of them stands there.</summary>
    public bool Any(IReadOnlyList<SaidWord> words, int first, int end) => Find(words, first, end).Any();

    /// <summary>The last word of the longest one that begins exactly there; -1 when none does.</summary>
    public int AtStart(IReadOnlyList<SaidWord> words, int first, int end) =>
        first >= end || !_byFirst.TryGetValue(words[first].Stem, out var those) ? -1 : those.Max(number => End(_phrases[number].Steps, words, first, end));

    private static int End((string Stem, bool Gap)[] steps, IReadOnlyList<SaidWord> words, int at, int end)
    {
        for (var step = 1; step < steps.Length; step++)
        {
            var furthest = Math.Min(end - 1, at + 1 + (steps[step].Gap ? WidestGap : 0));
            var found = -1;
            for (var next = at + 1; next <= furthest && found < 0; next++)
            {
                if (words[next].Stem == steps[step].Stem)
                    found = next;
            }

            if (found < 0)
                return -1;
            at = found;
        }

        return at;
    }
}

namespace Amends.Domain.Language;

/// <summary>A sentence of an answer, held against what it should come from.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsTheirs">Its words stand in the source, in this order.</param>
/// <param name="NewFigures">Numbers, days and amounts that are nowhere in the source.</param>
public sealed record TracedSentence(string Text, bool IsTheirs, IReadOnlyList<string> NewFigures);

/// <summary>Where the sentences of an answer come from, told by their words alone.</summary>
public static class Provenance
{
    private const int MostSentences = 200;

    /// <summary>The sentences of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="source">What it should come from.</param>
    public static IReadOnlyList<TracedSentence> Of(string answer, string source)
    {
        var known = Texts.Words(source).Select(word => word.ToLowerInvariant()).ToList();
        var inOrder = $" {string.Join(' ', known)} ";
        var figures = known.Where(word => word.Any(char.IsDigit)).ToHashSet(StringComparer.Ordinal);
        return [.. Sentences(answer).Take(MostSentences).Select(sentence =>
        {
            var words = Texts.Words(sentence).Select(word => word.ToLowerInvariant()).ToList();
            return new TracedSentence(sentence, words.Count == 0 || inOrder.Contains($" {string.Join(' ', words)} ", StringComparison.Ordinal), [.. words.Where(word => word.Any(char.IsDigit) && !figures.Contains(word)).Distinct()]);
        })];
    }

    /// <summary>The sentences of a text: up to a full stop, a question or exclamation mark with a blank behind it, or the end of a line.</summary>
    public static IEnumerable<string> Sentences(string text)
    {
        var begin = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var ends = text[at] == '\n' || (text[at] is '.' or '!' or '?' or '…' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] is '"' or '”' or '’' or ')'));
            if (!ends)
                continue;
            while (text[at] != '\n' && at + 1 < text.Length && text[at + 1] is '.' or '!' or '?' or '"' or '”' or '’' or ')')
                at++;
            if (text[begin..(at + 1)].Trim() is { Length: > 0 } sentence)
                yield return sentence;
            begin = at + 1;
        }

        if (begin < text.Length && text[begin..].Trim() is { Length: > 0 } last)
            yield return last;
    }
}

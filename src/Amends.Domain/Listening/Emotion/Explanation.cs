namespace Amends.Domain.Listening.Emotion;

/// <summary>A piece of a text that led to what it is heard as.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Weight">How much it says, as a part of all that speaks for upset, 0 to 1.</param>
public readonly record struct HeardPhrase(int Start, int Length, float Weight);

/// <summary>Which words of a text led to its score, so that whoever reads it can see why.</summary>
public static class Explanation
{
    private const int Most = 8;
    private const float LeastOfKnown = 0.03f, LeastOfOthers = 0.1f, LeastBeside = 0.05f; // of all that speaks for upset
    private const ushort Displeasing = 1 << (int)WordClass.Anger | 1 << (int)WordClass.Displeasure | 1 << (int)WordClass.Defect | 1 << (int)WordClass.Hurt
        | 1 << (int)WordClass.Demand | 1 << (int)WordClass.Repetition;

    /// <summary>The pieces that say most, in the order of the text.</summary>
    /// <param name="model">Who heard it.</param>
    /// <param name="read">The text, read.</param>
    public static IReadOnlyList<HeardPhrase> Of(UpsetModel model, TextFeatures read)
    {
        var counts = model.Counts(read);
        var shares = new float[read.Tokens.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            if (read.Tokens[i].Kind is TokenKind.Word or TokenKind.End or TokenKind.Face)
                shares[i] = Math.Max(0, model.Share(read, i, counts));
        }

        var all = shares.Sum();
        var found = new List<HeardPhrase>();
        for (var from = 0; from < shares.Length && all > 0; from++)
        {
            if (!read.Opinions[from].IsWord || shares[from] / all < LeastOf(read.Opinions[from]))
                continue;
            var (to, weight) = Reach(read, shares, from, all);
            found.Add(new HeardPhrase(read.Tokens[from].Start, read.Tokens[to].End - read.Tokens[from].Start, weight / all));
            from = to;
        }

        return [.. found.OrderByDescending(phrase => phrase.Weight).Take(Most).OrderBy(phrase => phrase.Start)];
    }

    /// <summary>The words of a list that displease, in the order of the text: the reasons of a <see cref="WordsOnlyModel"/>.</summary>
    /// <param name="read">The text, read with the list of its language.</param>
    public static IReadOnlyList<HeardPhrase> OfWords(TextFeatures read) =>
        [.. read.Tokens.Select((token, i) => (Token: token, Piece: read.Opinions[i], Last: read.Tokens[i + Math.Max(1, read.Opinions[i].PhraseLength) - 1]))
            .Where(each => !each.Piece.Negated && ((each.Piece.Classes & Displeasing) != 0 || each.Piece.Phrase == WordClass.BadPhrase))
            .Take(Most).Select(each => new HeardPhrase(each.Token.Start, each.Last.End - each.Token.Start, 1f / Most))];

    /// <summary>Words that are known to displease show sooner than words that stood beside displeasure in what was learnt.</summary>
    private static float LeastOf(Opinion piece) => (piece.Classes & Displeasing) != 0 || piece.Phrase == WordClass.BadPhrase ? LeastOfKnown : LeastOfOthers;

    /// <summary>How far a phrase goes: over the words of a phrase of the list, and on while the next ones say something, too.</summary>
    private static (int Last, float Weight) Reach(TextFeatures read, float[] shares, int from, float all)
    {
        var (last, weight) = (from, shares[from]);
        var known = from + Math.Max(1, read.Opinions[from].PhraseLength) - 1;
        for (var next = from + 1; next < shares.Length && (next <= known || (read.Tokens[next].Kind != TokenKind.End && shares[next] / all >= LeastBeside)); next++)
        {
            (last, weight) = (next, weight + shares[next]);
            known = Math.Max(known, next + read.Opinions[next].PhraseLength - 1);
        }

        return (last, weight);
    }
}

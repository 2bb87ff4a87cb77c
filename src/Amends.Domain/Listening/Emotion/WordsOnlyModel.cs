using System.Runtime.InteropServices;

namespace Amends.Domain.Listening.Emotion;

/// <summary>
/// How upset a text is by the classes of its words alone, learnt from English and true as far as the classes of a
/// <see cref="WordList"/> mean the same in another language. A fallback: it knows nothing of how words stand together.
/// </summary>
public sealed class WordsOnlyModel
{
    /// <summary>How many numbers it is.</summary>
    internal const int Count = OpinionCounts.Size + 1 + Combination.Count;

    /// <summary>How many bytes it takes.</summary>
    internal const int Size = Count * sizeof(float);

    private readonly float[] weights; // the counts, then the bias
    private readonly Combination combination;

    /// <summary>A model of its numbers.</summary>
    internal WordsOnlyModel(float[] weights, Combination combination) => (this.weights, this.combination) = (weights, combination);

    /// <summary>Reads what <see cref="ToArray"/> made.</summary>
    internal static WordsOnlyModel Read(float[] numbers) => new(numbers[..(OpinionCounts.Size + 1)], Combination.Read(numbers[(OpinionCounts.Size + 1)..]));

    /// <summary>All of it.</summary>
    internal float[] ToArray() => [.. weights, .. combination.ToArray()];

    /// <summary>What a text is heard as.</summary>
    /// <param name="read">The text, read with the list of its language.</param>
    public UpsetScore Score(TextFeatures read)
    {
        var (whole, loudest) = Logits(read);
        var score = combination.Score(UpsetModel.Logistic(combination.Upset(whole.Upset, loudest.Upset)));
        return new UpsetScore(score, UpsetModel.Logistic(combination.Angry(whole.Angry, loudest.Angry)), UpsetLevels.Of(score));
    }

    /// <summary>What the whole and what its loudest sentence weighs; anger is taken for the same as upset.</summary>
    internal ((float Upset, float Angry) Whole, (float Upset, float Angry) Loudest) Logits(TextFeatures read)
    {
        var whole = Of(read, 0, read.Tokens.Count);
        var loudest = read.Sentences.Count < 2 ? whole : float.MinValue;
        for (int i = 0, from = 0; i < read.Sentences.Count; from = read.Sentences[i++])
            loudest = Math.Max(loudest, Of(read, from, read.Sentences[i]));
        return ((whole, whole), (loudest, loudest));
    }

    private float Of(TextFeatures read, int from, int to)
    {
        Span<float> counts = stackalloc float[OpinionCounts.Size];
        OpinionCounts.Of(CollectionsMarshal.AsSpan(read.Opinions)[from..to], counts);
        var logit = weights[^1];
        for (var i = 0; i < counts.Length; i++)
            logit += counts[i] * weights[i];
        return logit;
    }
}

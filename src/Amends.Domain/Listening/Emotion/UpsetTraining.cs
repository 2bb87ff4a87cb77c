using System.Runtime.InteropServices;

namespace Amends.Domain.Listening.Emotion;

/// <summary>A text of which is known how upset it is.</summary>
/// <param name="Text">The words.</param>
/// <param name="Upset">Whether it is annoyed, upset, disapproving or disappointed; <c>null</c> when that is not known.</param>
/// <param name="Angry">Whether it is angry; <c>null</c> when that is not known.</param>
/// <param name="Displeased">Whether it is displeased and not pleased; <c>null</c> when it is neither, both, or not known.</param>
/// <param name="Weight">How much a mistake on it costs, beside others.</param>
/// <param name="Level">The level that a person gave it; <c>null</c> when only yes and no are known.</param>
/// <param name="LevelWeight">How much it counts when the levels are fitted; 0 leaves it out there.</param>
public sealed record UpsetExample(string Text, bool? Upset, bool? Angry, bool? Displeased, float Weight, UpsetLevel? Level, float LevelWeight);

/// <summary>
/// Trains an <see cref="UpsetModel"/>: three logistic regressions (upset, angry, displeased) over the same features, put
/// together into two; then how the whole and the loudest sentence count is fitted on texts with a level, which the
/// regressions had not seen. The same examples give the same model, byte for byte.
/// </summary>
public static class UpsetTraining
{
    private const int Passes = 8, Folds = 4, Rarest = 2, Size = TextFeatures.Buckets + OpinionCounts.Size + 1;
    private const float AngryPart = 0.3f, DispleasedPart = 0.2f, IdfScale = 5, Furthest = 127;

    /// <summary>Trains a model.</summary>
    /// <param name="examples">What it learns from.</param>
    /// <param name="list">The words of the language.</param>
    public static UpsetModel Train(IReadOnlyList<UpsetExample> examples, WordList list)
    {
        var rows = new Rows(examples, list);
        var all = Enumerable.Range(0, examples.Count).ToArray();
        var levelled = all.Where(i => examples[i].LevelWeight > 0).ToArray();
        var points = new List<LevelFit.Point>();
        var wordsOnly = WordsOnly(rows, all);
        for (var fold = 0; fold < Folds && levelled.Length >= Folds; fold++)
        {
            var held = levelled.Where((_, n) => n % Folds == fold).ToArray();
            var without = Fit(rows, [.. all.Except(held)], Combination.Plain, wordsOnly);
            points.AddRange(held.Select(i => LevelFit.PointOf(without.Logits(rows.Read(i)), examples[i])));
        }

        if (points.Count == 0)
            return Fit(rows, all, Combination.Plain, wordsOnly);
        var alone = new WordsOnlyModel(wordsOnly, Combination.Plain);
        var alonePoints = levelled.Select(i => LevelFit.PointOf(alone.Logits(rows.Read(i)), examples[i])).ToList();
        return Fit(rows, all, LevelFit.Fit(points), wordsOnly, LevelFit.Fit(alonePoints));
    }

    /// <summary>Upset by the classes of words alone: what is left for a language of which only a list of words is known.</summary>
    private static float[] WordsOnly(Rows rows, int[] use)
    {
        var upset = Head(each => each.Upset);
        var displeased = Head(each => each.Displeased);
        return [.. upset.Select((weight, i) => weight + displeased[i])];

        float[] Head(Func<UpsetExample, bool?> label)
        {
            var known = use.Where(i => label(rows.Examples[i]) is not null).ToArray();
            return LogisticRegression.Fit([.. known.Select(rows.CountsOf)], [.. known.Select(i => label(rows.Examples[i])!.Value)], [.. known.Select(i => rows.Examples[i].Weight)], OpinionCounts.Size + 1, Passes);
        }
    }

    private static UpsetModel Fit(Rows rows, int[] use, Combination combination, float[] wordsOnly, Combination? ofWordsOnly = null)
    {
        var idf = rows.Idf(use);
        var upset = Head(rows, use, idf, each => each.Upset);
        var angry = Head(rows, use, idf, each => each.Angry);
        var displeased = Head(rows, use, idf, each => each.Displeased);
        for (var i = 0; i < Size; i++)
            upset[i] += AngryPart * angry[i] + DispleasedPart * displeased[i];
        return Packed([upset, angry], combination, new WordsOnlyModel(wordsOnly, ofWordsOnly ?? Combination.Plain));
    }

    private static float[] Head(Rows rows, int[] use, float[] idf, Func<UpsetExample, bool?> label)
    {
        var known = use.Where(i => label(rows.Examples[i]) is not null).ToArray();
        var weights = LogisticRegression.Fit([.. known.Select(i => rows.Of(i, idf))], [.. known.Select(i => label(rows.Examples[i])!.Value)], [.. known.Select(i => rows.Examples[i].Weight)], Size, Passes);
        for (var i = 0; i < TextFeatures.Buckets; i++)
            weights[i] *= idf[i]; // so that reading needs no second table
        return weights;
    }

    private static UpsetModel Packed(float[][] heads, Combination combination, WordsOnlyModel wordsOnly)
    {
        var weights = new sbyte[TextFeatures.Buckets * heads.Length];
        var (scales, biases, opinions) = (new float[heads.Length], new float[heads.Length], new float[heads.Length * OpinionCounts.Size]);
        for (var head = 0; head < heads.Length; head++)
        {
            scales[head] = heads[head].AsSpan(0, TextFeatures.Buckets).ToArray().Max(Math.Abs) / Furthest;
            biases[head] = heads[head][^1];
            heads[head].AsSpan(TextFeatures.Buckets, OpinionCounts.Size).CopyTo(opinions.AsSpan(head * OpinionCounts.Size));
            for (var i = 0; i < TextFeatures.Buckets && scales[head] > 0; i++)
                weights[i * heads.Length + head] = (sbyte)MathF.Round(heads[head][i] / scales[head]);
        }

        return new UpsetModel(weights, opinions, scales, biases, combination, wordsOnly);
    }

    /// <summary>All examples as numbers.</summary>
    private sealed class Rows(IReadOnlyList<UpsetExample> examples, WordList list)
    {
        private readonly TextFeatures features = new(list);
        private readonly (int[] Indexes, float[] Values, float[] Counts)[] rows = [.. ReadAll(examples, new TextFeatures(list))];

        public IReadOnlyList<UpsetExample> Examples => examples;

        public TextFeatures Read(int example)
        {
            features.Read(examples[example].Text);
            return features;
        }

        /// <summary>The logarithm of how rare each bucket is, scaled; 0 for what nearly nobody wrote.</summary>
        public float[] Idf(int[] use)
        {
            var idf = new float[TextFeatures.Buckets];
            foreach (var i in use)
            {
                foreach (var bucket in rows[i].Indexes)
                    idf[bucket]++;
            }

            for (var i = 0; i < idf.Length; i++)
                idf[i] = idf[i] < Rarest ? 0 : MathF.Log((1 + use.Length) / (1 + idf[i])) / IdfScale;
            return idf;
        }

        public LogisticRegression.Row Of(int example, float[] idf)
        {
            var (indexes, values, counts) = rows[example];
            var present = Enumerable.Range(0, counts.Length).Where(i => counts[i] != 0).ToArray();
            return new LogisticRegression.Row(
                [.. indexes, .. present.Select(i => TextFeatures.Buckets + i), Size - 1],
                [.. indexes.Select((bucket, i) => values[i] * idf[bucket]), .. present.Select(i => counts[i]), 1]);
        }

        public LogisticRegression.Row CountsOf(int example)
        {
            var counts = rows[example].Counts;
            var present = Enumerable.Range(0, counts.Length).Where(i => counts[i] != 0).ToArray();
            return new LogisticRegression.Row([.. present, OpinionCounts.Size], [.. present.Select(i => counts[i]), 1]);
        }

        private static IEnumerable<(int[], float[], float[])> ReadAll(IReadOnlyList<UpsetExample> examples, TextFeatures features)
        {
            var sum = new Dictionary<int, float>();
            foreach (var example in examples)
            {
                features.Read(example.Text);
                sum.Clear();
                Add(features.Words, UpsetModel.WordScale);
                Add(features.Pairs, UpsetModel.PairScale);
                Add(features.Parts, UpsetModel.PartScale);
                var counts = new float[OpinionCounts.Size];
                OpinionCounts.Of(CollectionsMarshal.AsSpan(features.Opinions), counts);
                yield return ([.. sum.Keys], [.. sum.Values], counts);
            }

            void Add(TextFeatures.Group group, float scale)
            {
                var items = group.Of(0, features.Tokens.Count);
                foreach (var bucket in items)
                    CollectionsMarshal.GetValueRefOrAddDefault(sum, bucket, out _) += scale / MathF.Sqrt(items.Length);
            }
        }
    }
}

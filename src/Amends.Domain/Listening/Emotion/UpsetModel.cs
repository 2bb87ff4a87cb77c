using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Amends.Domain.Listening.Emotion;

/// <summary>
/// How upset the words of a message are: two logistic models over the same <see cref="TextFeatures"/>, one for upset and one
/// for anger, read for the whole text and for each of its sentences, and what the two say together. Deterministic, and
/// the same on every machine. One model serves all threads; each brings its own <see cref="TextFeatures"/>.
/// </summary>
public sealed class UpsetModel
{
    /// <summary>How much each group of features weighs, whatever their number.</summary>
    internal const float WordScale = 1, PairScale = 0.7f, PartScale = 1;

    private const int Heads = 2, HeadSize = (3 + OpinionCounts.Size) * sizeof(float);
    private static ReadOnlySpan<byte> Magic => "AMENDSU1"u8;

    private readonly sbyte[] weights; // interleaved: bucket, head
    private readonly float[] opinions; // head after head
    private readonly float[] scales, biases;

    /// <summary>A model of its numbers.</summary>
    internal UpsetModel(sbyte[] weights, float[] opinions, float[] scales, float[] biases, Combination combination, WordsOnlyModel wordsOnly)
    {
        WordsOnly = wordsOnly;
        (this.weights, this.opinions, this.scales, this.biases) = (weights, opinions, scales, biases);
        Combination = combination;
    }

    /// <summary>How whole and sentences are put together, and where the levels begin.</summary>
    internal Combination Combination { get; }

    /// <summary>What is left of it for a language of which only the words are known.</summary>
    public WordsOnlyModel WordsOnly { get; }

    /// <summary>Reads a model file.</summary>
    /// <param name="file">The bytes that <see cref="Write"/> made.</param>
    /// <exception cref="Refused"><c>upset_model</c>: it is no model of this version, or a part is missing.</exception>
    public static UpsetModel Read(ReadOnlySpan<byte> file)
    {
        if (file.Length != Magic.Length + Combination.Size + WordsOnlyModel.Size + Heads * HeadSize + TextFeatures.Buckets * Heads || !file.StartsWith(Magic))
            throw new Refused("upset_model", "This is no model for hearing how upset somebody is, or one of another version. Train it anew: amends listening train.");
        var rest = file[Magic.Length..];
        var combination = Combination.Read(Floats(ref rest, Combination.Count));
        var wordsOnly = WordsOnlyModel.Read(Floats(ref rest, WordsOnlyModel.Count));
        float[] scales = new float[Heads], biases = new float[Heads], opinions = new float[Heads * OpinionCounts.Size];
        for (var head = 0; head < Heads; head++)
        {
            var numbers = Floats(ref rest, 3 + OpinionCounts.Size);
            (scales[head], biases[head]) = (numbers[0], numbers[1]);
            numbers[3..].CopyTo(opinions, head * OpinionCounts.Size);
        }

        if (Array.Exists([.. combination.ToArray(), .. wordsOnly.ToArray(), .. scales, .. biases, .. opinions], number => !float.IsFinite(number)))
            throw new Refused("upset_model", "This model has numbers that are none: it is damaged. Train it anew: amends listening train.");
        return new UpsetModel(MemoryMarshal.Cast<byte, sbyte>(rest).ToArray(), opinions, scales, biases, combination, wordsOnly);
    }

    /// <summary>The model as a file, a little over 2 MB.</summary>
    public byte[] Write()
    {
        var file = new byte[Magic.Length + Combination.Size + WordsOnlyModel.Size + Heads * HeadSize + weights.Length];
        Magic.CopyTo(file);
        var at = Magic.Length;
        foreach (var number in (float[])[.. Combination.ToArray(), .. WordsOnly.ToArray()])
            Put(file, ref at, number);
        for (var head = 0; head < Heads; head++)
        {
            foreach (var number in (float[])[scales[head], biases[head], 0, .. opinions.AsSpan(head * OpinionCounts.Size, OpinionCounts.Size)])
                Put(file, ref at, number);
        }

        MemoryMarshal.Cast<sbyte, byte>(weights).CopyTo(file.AsSpan(at));
        return file;
    }

    /// <summary>What a text is heard as.</summary>
    /// <param name="read">The text, read.</param>
    public UpsetScore Score(TextFeatures read)
    {
        var (whole, loudest) = Logits(read);
        var score = Combination.Score(Logistic(Combination.Upset(whole.Upset, loudest.Upset)));
        return new UpsetScore(score, Logistic(Combination.Angry(whole.Angry, loudest.Angry)), UpsetLevels.Of(score));
    }

    /// <summary>What the whole and what its loudest sentence weighs, for each of the two.</summary>
    internal ((float Upset, float Angry) Whole, (float Upset, float Angry) Loudest) Logits(TextFeatures read)
    {
        if (read.Sentences.Count < 2)
        {
            var only = Of(read, 0, read.Tokens.Count);
            return (only, only);
        }

        (float Upset, float Angry) loudest = (float.MinValue, float.MinValue);
        Weights all = default;
        for (int i = 0, from = 0; i < read.Sentences.Count; from = read.Sentences[i++])
        {
            var weights = Weigh(read, from, read.Sentences[i]);
            var sentence = Of(read, from, read.Sentences[i], weights);
            loudest = (Math.Max(loudest.Upset, sentence.Upset), Math.Max(loudest.Angry, sentence.Angry));
            all += weights; // the sentences are the whole text
        }

        return (Of(read, 0, read.Tokens.Count, all), loudest);
    }

    /// <summary>How much the pieces from one to before another say by themselves, without the words around them.</summary>
    internal (float Upset, float Angry) Of(TextFeatures read, int from, int to) =>
        from == to ? (biases[0], biases[1]) : Of(read, from, to, Weigh(read, from, to));

    private (float Upset, float Angry) Of(TextFeatures read, int from, int to, Weights weighed)
    {
        Span<float> counts = stackalloc float[OpinionCounts.Size];
        OpinionCounts.Of(CollectionsMarshal.AsSpan(read.Opinions)[from..to], counts);
        var (upset, angry) = (0f, 0f);
        weighed.Words.AddTo(ref upset, ref angry, WordScale);
        weighed.Pairs.AddTo(ref upset, ref angry, PairScale);
        weighed.Parts.AddTo(ref upset, ref angry, PartScale);
        upset = upset * scales[0] + biases[0];
        angry = angry * scales[1] + biases[1];
        for (var i = 0; i < counts.Length; i++)
        {
            upset += counts[i] * opinions[i];
            angry += counts[i] * opinions[OpinionCounts.Size + i];
        }

        return (upset, angry);
    }

    /// <summary>How much one piece says in its text: its own words, neighbours and parts, and what the text would say less without what the list knows of it.</summary>
    internal float Share(TextFeatures read, int token, float withCounts)
    {
        var (upset, angry) = (0f, 0f);
        var all = read.Tokens.Count;
        Weigh(read.Words.Of(token, token + 1)).AddTo(ref upset, ref angry, WordScale * Within(1, read.Words.Of(0, all).Length));
        Weigh(read.Pairs.Of(token, token + 1)).AddTo(ref upset, ref angry, PairScale * Within(read.Pairs.Of(token, token + 1).Length, read.Pairs.Of(0, all).Length));
        Weigh(read.Parts.Of(token, token + 1)).AddTo(ref upset, ref angry, PartScale * Within(read.Parts.Of(token, token + 1).Length, read.Parts.Of(0, all).Length));
        return upset * scales[0] + withCounts - WithoutCounts(read, token, withCounts);

        static float Within(int own, int all) => all == 0 ? 0 : MathF.Sqrt((float)own / all); // AddTo divides by the root of its own number
    }

    /// <summary>What the counts of words say of the whole text.</summary>
    internal float Counts(TextFeatures read) => Counts(CollectionsMarshal.AsSpan(read.Opinions));

    private float WithoutCounts(TextFeatures read, int token, float withCounts)
    {
        var own = read.Opinions[token];
        if (own.Classes == 0 && own.Phrase is null)
            return withCounts;
        read.Opinions[token] = own with { Classes = 0, Phrase = null };
        var without = Counts(read);
        read.Opinions[token] = own;
        return without;
    }

    private float Counts(ReadOnlySpan<Opinion> pieces)
    {
        Span<float> counts = stackalloc float[OpinionCounts.Size];
        OpinionCounts.Of(pieces, counts);
        var sum = 0f;
        for (var i = 0; i < counts.Length; i++)
            sum += counts[i] * opinions[i];
        return sum;
    }

    private Weights Weigh(TextFeatures read, int from, int to) =>
        new(Weigh(read.Words.Of(from, to)), Weigh(read.Pairs.Of(from, to)), Weigh(read.Parts.Of(from, to)));

    private Weight Weigh(ReadOnlySpan<int> group)
    {
        var (upset, angry) = (0, 0);
        foreach (var bucket in group)
        {
            upset += weights[bucket * Heads];
            angry += weights[bucket * Heads + 1];
        }

        return new(upset, angry, group.Length);
    }

    internal static float Logistic(float logit) => 1 / (1 + MathF.Exp(-logit));

    private static float[] Floats(ref ReadOnlySpan<byte> rest, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(i * sizeof(float))..]);
        rest = rest[(count * sizeof(float))..];
        return numbers;
    }

    private static void Put(Span<byte> file, ref int at, float number)
    {
        BinaryPrimitives.WriteSingleLittleEndian(file[at..], number);
        at += sizeof(float);
    }

    /// <summary>What hashed numbers of one kind weigh together.</summary>
    private readonly record struct Weight(int Upset, int Angry, int Count)
    {
        public void AddTo(ref float upset, ref float angry, float scale)
        {
            if (Count == 0)
                return;
            var each = scale / MathF.Sqrt(Count);
            upset += Upset * each;
            angry += Angry * each;
        }

        public static Weight operator +(Weight one, Weight other) => new(one.Upset + other.Upset, one.Angry + other.Angry, one.Count + other.Count);
    }

    /// <summary>What the three kinds weigh.</summary>
    private readonly record struct Weights(Weight Words, Weight Pairs, Weight Parts)
    {
        public static Weights operator +(Weights one, Weights other) => new(one.Words + other.Words, one.Pairs + other.Pairs, one.Parts + other.Parts);
    }
}

/// <summary>What a text is heard as.</summary>
/// <param name="Score">How upset, 0 to 1.</param>
/// <param name="Angry">How angry, 0 to 1.</param>
/// <param name="Level">The level that the score lies in.</param>
public readonly record struct UpsetScore(float Score, float Angry, UpsetLevel Level);

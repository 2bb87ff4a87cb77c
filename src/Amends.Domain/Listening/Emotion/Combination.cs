namespace Amends.Domain.Listening.Emotion;

/// <summary>How the whole of a text and its loudest sentence are put together, and where the levels begin.</summary>
/// <param name="Bias">Added to the upset logit.</param>
/// <param name="Whole">How much the whole counts.</param>
/// <param name="Loudest">How much the loudest sentence counts.</param>
/// <param name="AngryBias">Added to the angry logit.</param>
/// <param name="AngrySlope">By what the angry logit is multiplied, half for the whole and half for the loudest sentence.</param>
/// <param name="AnnoyedFrom">The probability at which the score reaches <see cref="UpsetLevels.AnnoyedFrom"/>.</param>
/// <param name="UpsetFrom">The same for <see cref="UpsetLevels.UpsetFrom"/>.</param>
/// <param name="VeryUpsetFrom">The same for <see cref="UpsetLevels.VeryUpsetFrom"/>.</param>
internal sealed record Combination(float Bias, float Whole, float Loudest, float AngryBias, float AngrySlope, float AnnoyedFrom, float UpsetFrom, float VeryUpsetFrom)
{
    /// <summary>How many numbers it is.</summary>
    public const int Count = 8;

    /// <summary>How many bytes it takes.</summary>
    public const int Size = Count * sizeof(float);

    /// <summary>As it is before anything was fitted.</summary>
    public static Combination Plain { get; } = new(0, 1, 0, 0, 1, 0.35f, 0.6f, 0.85f);

    /// <summary>Reads what <see cref="ToArray"/> made.</summary>
    public static Combination Read(float[] n) => new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);

    /// <summary>All of it, in the order of the parameters.</summary>
    public float[] ToArray() => [Bias, Whole, Loudest, AngryBias, AngrySlope, AnnoyedFrom, UpsetFrom, VeryUpsetFrom];

    /// <summary>The logit for upset.</summary>
    public float Upset(float whole, float loudest) => Bias + Whole * whole + Loudest * loudest;

    /// <summary>The logit for angry.</summary>
    public float Angry(float whole, float loudest) => AngryBias + AngrySlope * (whole + loudest) / 2;

    /// <summary>The score of a probability: straight lines between the borders of the levels, so that the borders are the same for every model.</summary>
    public float Score(float probability)
    {
        ReadOnlySpan<float> from = [0, AnnoyedFrom, UpsetFrom, VeryUpsetFrom, 1], to = [0, UpsetLevels.AnnoyedFrom, UpsetLevels.UpsetFrom, UpsetLevels.VeryUpsetFrom, 1];
        var piece = 0;
        while (piece < 3 && probability >= from[piece + 1])
            piece++;
        return to[piece] + (probability - from[piece]) / (from[piece + 1] - from[piece]) * (to[piece + 1] - to[piece]);
    }
}

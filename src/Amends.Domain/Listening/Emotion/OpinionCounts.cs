namespace Amends.Domain.Listening.Emotion;

/// <summary>How much of each class of words a text has, apart where a negation stands before, for its length.</summary>
internal static class OpinionCounts
{
    /// <summary>How many numbers there are.</summary>
    public const int Size = Classes * PerClass + 3;

    private const int Classes = (int)WordClass.GoodPhrase + 1, PerClass = 4, Balance = Classes * PerClass;
    private const float Boosted = 1.5f, Present = 0.4f, Most = 1.5f, PhraseWeight = 1.5f, Leaning = 0.2f, ShortText = 4;

    /// <summary>Counts a part of a text.</summary>
    /// <param name="opinions">Its pieces.</param>
    /// <param name="into">Takes the numbers, <see cref="Size"/> of them.</param>
    public static void Of(ReadOnlySpan<Opinion> opinions, Span<float> into)
    {
        into.Clear();
        Span<float> plain = stackalloc float[Classes], negated = stackalloc float[Classes];
        plain.Clear();
        negated.Clear();
        var words = 0;
        foreach (var opinion in opinions)
        {
            words += opinion.IsWord ? 1 : 0;
            var counts = opinion.Negated ? negated : plain;
            for (int rest = opinion.Classes; rest != 0; rest &= rest - 1)
                counts[int.TrailingZeroCount(rest)] += opinion.Boosted ? Boosted : 1;
            if (opinion.Phrase is { } phrase)
                plain[(int)phrase]++;
        }

        var perWord = 1 / MathF.Sqrt(MathF.Max(ShortText, words));
        for (var c = 0; c < Classes; c++)
        {
            (into[c * PerClass], into[c * PerClass + 1]) = Of(plain[c], perWord);
            (into[c * PerClass + 2], into[c * PerClass + 3]) = Of(negated[c], perWord);
        }

        var balance = BalanceOf(plain, negated);
        into[Balance] = balance;
        into[Balance + 1] = balance > Leaning ? Present : 0;
        into[Balance + 2] = balance < -Leaning ? Present : 0;
    }

    private static (float, float) Of(float count, float perWord) => count == 0 ? (0, 0) : (MathF.Min(Most, count * perWord), Present);

    /// <summary>What speaks for displeasure less what speaks for pleasure; what is negated counts for the other side.</summary>
    private static float BalanceOf(ReadOnlySpan<float> plain, ReadOnlySpan<float> negated)
    {
        var displeased = 1.5f * plain[(int)WordClass.Anger] + plain[(int)WordClass.Displeasure] + plain[(int)WordClass.Defect] + 0.7f * plain[(int)WordClass.Hurt]
            + 1.2f * (negated[(int)WordClass.Praise] + negated[(int)WordClass.StrongPraise]) + PhraseWeight * plain[(int)WordClass.BadPhrase];
        var pleased = 1.5f * plain[(int)WordClass.StrongPraise] + plain[(int)WordClass.Praise] + 0.5f * plain[(int)WordClass.Thanks]
            + 0.3f * (negated[(int)WordClass.Displeasure] + negated[(int)WordClass.Defect]) + PhraseWeight * plain[(int)WordClass.GoodPhrase];
        return (displeased - pleased) / MathF.Sqrt(displeased + pleased + 1);
    }
}

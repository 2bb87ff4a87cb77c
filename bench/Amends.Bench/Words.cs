namespace Amends.Bench;

/// <summary>
/// A vocabulary of twenty thousand words, spread as in a natural language: the word of rank r comes with a weight of
/// 1 / (r + 2.7) (Zipf's law with Mandelbrot's offset; B. Mandelbrot, "An informational theory of the statistical structure
/// of language", 1953). The first hundred are real; the rest are invented from syllables.
/// </summary>
public static class Words
{
    private const int Count = 20_000;
    private const double Offset = 2.7;

    private const string Real =
        "the to and i a you my is it we for in of not that have on this was me with but be your as at are so will they or from no would when what can do were by again there " +
        "if one been which an please order now has just did only day still after had because out how us week call back time could same before very any nobody our box money " +
        "driver kettle delivery refund broken promised parcel late arrived wrote told bill chair carrier customer service email phone wrong item waiting charged twice new repair";

    private static readonly string[] Syllables = "ba co di fu ga he jo ki la mo na pe qua ri so ta ul ve wa ze".Split(' ');
    private static readonly string[] All = [.. Real.Split(' '), .. Enumerable.Range(0, Count - Real.Split(' ').Length).Select(Invented)];
    private static readonly double[] UpTo = Sums();

    /// <summary>A word, the common ones oftener.</summary>
    public static string Any(Random chance)
    {
        var at = Array.BinarySearch(UpTo, chance.NextDouble() * UpTo[^1]);
        return All[Math.Min(at < 0 ? ~at : at, All.Length - 1)];
    }

    /// <summary>The share of texts of so many words that have this word, from 0 to 1.</summary>
    public static double ShareOfTexts(string word, int words) => 1 - Math.Pow(1 - 1 / (Array.IndexOf(All, word) + 1 + Offset) / UpTo[^1], words);

    private static string Invented(int i)
    {
        var word = "x" + Syllables[i % Syllables.Length]; // no real word begins so
        for (i = i / Syllables.Length + 1; i > 0; i /= Syllables.Length)
            word += Syllables[i % Syllables.Length];
        return word;
    }

    private static double[] Sums()
    {
        var sums = new double[All.Length];
        for (var i = 0; i < sums.Length; i++)
            sums[i] = (i > 0 ? sums[i - 1] : 0) + 1 / (i + 1 + Offset);
        return sums;
    }
}

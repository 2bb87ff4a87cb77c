using System.Globalization;

namespace Amends.Domain.Listening.Drafts;

/// <summary>The beginning that the forms of an English word share, roughly: <c>charge</c>, <c>charged</c> and <c>charging</c> have one. Only good for comparing.</summary>
public static class Stems
{
    private const int LongestWord = 40;

    /// <summary>The stem of a word.</summary>
    /// <param name="word">One word, in small letters.</param>
    public static string Of(string word)
    {
        if (word.Length <= 3 || word.Length > LongestWord || !char.IsLetter(word[^1]))
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return word[..^3] + "y";
        if (word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i'))
            word = word[..^1];
        if (word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5 && HasVowel(word.AsSpan(0, word.Length - 3)))
            word = Undoubled(word[..^3]);
        else if (word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 4 && HasVowel(word.AsSpan(0, word.Length - 2)))
            word = Undoubled(word[..^2]);
        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Undoubled(string word) => word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z') ? word[..^1] : word;

    private static bool HasVowel(ReadOnlySpan<char> letters) => letters.IndexOfAny("aeiouy") >= 0;

    /// <summary>A word in small letters, with a straight apostrophe.</summary>
    internal static string Lower(ReadOnlySpan<char> word) => word.ToString().Replace('’', '\'').ToLower(CultureInfo.InvariantCulture);
}

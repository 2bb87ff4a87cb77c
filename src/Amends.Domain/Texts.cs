using System.Globalization;
using System.Text;

namespace Amends.Domain;

/// <summary>Text by its letters, not by its UTF-16 units.</summary>
public static class Texts
{
    /// <summary>The beginning of a text, never with half of its last letter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 units, 1 at least.</param>
    public static string Cut(string text, int most) => text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];

    /// <summary>How many of something, in words: <c>one address</c>, <c>3 addresses</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">One of them; an <c>s</c> makes it more, <c>es</c> where it ends with one.</param>
    public static string Count(int number, string noun) => number == 1 ? $"one {noun}" : $"{number} {noun}{(noun.EndsWith('s') ? "es" : "s")}";

    /// <summary>The words of a text in their order: letters, digits and the marks on letters, composed (Unicode form C). Everything else parts them.</summary>
    /// <param name="text">Any text; half a letter parts words.</param>
    public static IEnumerable<string> Words(string text)
    {
        var composed = Composed(text);
        var begun = -1;
        for (var at = 0; at < composed.Length;)
        {
            Rune.DecodeFromUtf16(composed.AsSpan(at), out var rune, out var length);
            if (!IsOfWord(rune) && begun >= 0)
            {
                yield return composed[begun..at];
                begun = -1;
            }
            else if (begun < 0 && IsOfWord(rune))
            {
                begun = at;
            }

            at += length;
        }

        if (begun >= 0)
            yield return composed[begun..];
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Composed(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
            text = string.Concat(text.EnumerateRunes()); // half a letter cannot be composed
        return text.Normalize(NormalizationForm.FormC);
    }
}

namespace Amends.Domain;

/// <summary>
/// A last character that follows from those before it: the Luhn algorithm (ISO/IEC 7812-1, annex B) for any alphabet of an
/// even number of characters ("mod N"). It finds every single wrong character and nearly every pair that was swapped.
/// </summary>
public static class CheckDigit
{
    /// <summary>The ten digits.</summary>
    public const string Digits = "0123456789";

    /// <summary>Digits and letters that are not mistaken for each other: no 0, 1, I, O, and so a power of two.</summary>
    public const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The character that belongs behind these.</summary>
    /// <exception cref="ArgumentException">One of them is not in the alphabet.</exception>
    public static char Of(string text, string alphabet = Digits)
    {
        var sum = Sum(text, alphabet, 2);
        return alphabet[(alphabet.Length - sum % alphabet.Length) % alphabet.Length];
    }

    /// <summary>Whether the last character is the one that belongs behind the others.</summary>
    public static bool Fits(string text, string alphabet = Digits) =>
        text.Length > 1 && text.All(letter => alphabet.Contains(letter, StringComparison.Ordinal)) && Sum(text, alphabet, 1) % alphabet.Length == 0;

    private static int Sum(string text, string alphabet, int factor)
    {
        var sum = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var place = alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (place < 0)
                throw new ArgumentException($"“{text[i]}” is not in the alphabet.", nameof(text));
            var times = place * factor;
            sum += times / alphabet.Length + times % alphabet.Length;
            factor = 3 - factor;
        }

        return sum;
    }
}

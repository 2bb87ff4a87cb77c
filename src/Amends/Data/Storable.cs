namespace Amends.Data;

/// <summary>Text as both databases take it, whatever strangers wrote.</summary>
public static class Storable
{
    /// <summary>The text without NUL, which PostgreSQL refuses, and with U+FFFD for each half of a letter, which has no UTF-8.</summary>
    public static string Of(string text)
    {
        if (text.Contains('\0'))
            text = text.Replace("\0", "");
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : string.Concat(text.EnumerateRunes().Select(static rune => rune.ToString()));
    }
}

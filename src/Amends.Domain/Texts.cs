namespace Amends.Domain;

/// <summary>Text by its letters, not by its UTF-16 units.</summary>
public static class Texts
{
    /// <summary>The beginning of a text, never with half of its last letter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 units, 1 at least.</param>
    public static string Cut(string text, int most) => text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
}

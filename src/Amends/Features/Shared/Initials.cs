using System.Globalization;

namespace Amends.Features.Shared;

/// <summary>Two letters and a colour for a name; the same name looks the same on every page and node.</summary>
public static class Initials
{
    /// <summary>First letters of the first and last word, upper case; "?" for an empty name.</summary>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split([' ', '\t', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => First(words[0]),
            _ => First(words[0]) + First(words[^1]),
        };
    }

    /// <summary>A number from 0 to 7, from the name alone (FNV-1a, since string hashes change from run to run).</summary>
    public static int Hue(string? name)
    {
        var hash = 2166136261u;
        foreach (var c in (name ?? "").Trim().ToLowerInvariant())
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)((hash ^ (hash >> 15)) & 7);
    }

    private static string First(string word) =>
        StringInfo.GetNextTextElement(word) is var letter && letter.Length > 0 ? letter.ToUpperInvariant() : "";
}

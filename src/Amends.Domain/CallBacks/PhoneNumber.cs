namespace Amends.Domain.CallBacks;

/// <summary>Numbers as people write them.</summary>
public static class PhoneNumber
{
    private const int Longest = 60;
    private const int FewestDigits = 5;

    /// <summary>Whether somebody could dial this.</summary>
    public static bool Looks(string text) => text.Length <= Longest && text.Count(char.IsAsciiDigit) >= FewestDigits;

    /// <summary>The number as it stands in an address that a telephone opens (RFC 3966): digits alone, with the plus of a country in front.</summary>
    public static string Link(string text)
    {
        var digits = string.Concat(text.Replace("(0)", "").Where(char.IsAsciiDigit));
        return text.TrimStart().StartsWith('+') ? $"tel:+{digits}" : $"tel:{digits}";
    }

    /// <summary>The number that was given.</summary>
    /// <exception cref="Refused">Nobody could dial it.</exception>
    public static string Of(string? text) =>
        text?.Trim() is { } number && Looks(number) ? number : throw new Refused("phone", "Give a phone number that we can call, with its area code.");
}

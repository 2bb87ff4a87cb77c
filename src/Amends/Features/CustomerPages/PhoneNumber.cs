namespace Amends.Features.CustomerPages;

/// <summary>Numbers as people write them.</summary>
internal static class PhoneNumber
{
    private const int Longest = 60;
    private const int FewestDigits = 5;

    /// <summary>Whether somebody could dial this.</summary>
    public static bool Looks(string text) => text.Length <= Longest && text.Count(char.IsAsciiDigit) >= FewestDigits;
}

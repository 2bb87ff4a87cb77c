using System.Globalization;

namespace Amends.Mail.Trust;

/// <summary>Names of hosts as the DNS writes them (RFC 1035 §2.3.4, RFC 5890).</summary>
public static class DnsName
{
    /// <summary>The longest name in text.</summary>
    public const int Longest = 253;

    private static readonly IdnMapping Letters = new() { UseStd3AsciiRules = false };

    /// <summary>The name in lower case and in letters of DNS, without a dot at its end; <c>null</c> when it is none.</summary>
    public static string? Host(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > Longest) return null;
        try
        {
            var plain = (name.All(char.IsAscii) ? name : Letters.GetAscii(name)).TrimEnd('.').ToLowerInvariant();
            return plain.Length is > 0 and <= Longest && plain.Split('.').All(IsLabel) ? plain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}

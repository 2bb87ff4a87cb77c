using System.Text.RegularExpressions;

namespace Amends.Features.Contact;

/// <summary>Who wrote, read from one line such as "Amara Okafor, amara@example.com, 0113 496 0142".</summary>
/// <param name="Typed">The line.</param>
/// <param name="Name">What is left of it without address and number; empty when nothing is.</param>
/// <param name="Address">The first mail address in it.</param>
/// <param name="Phone">The first phone number in it.</param>
public sealed partial record Sender(string Typed, string Name, string? Address, string? Phone)
{
    private const int Longest = 300;
    private const int FewestDigits = 6;

    /// <summary>Reads the line; <c>null</c> when nobody could be reached by it.</summary>
    public static Sender? Read(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > Longest)
            return null;
        var address = AddressIn().Match(typed);
        var rest = address.Success ? typed.Remove(address.Index, address.Length) : typed;
        var phone = PhoneIn().Matches(rest).FirstOrDefault(match => match.Value.Count(char.IsAsciiDigit) >= FewestDigits);
        if (phone is not null)
            rest = rest.Remove(phone.Index, phone.Length);
        var name = Around().Replace(Spaces().Replace(rest, " "), "");
        return address.Success || phone is not null ? new Sender(typed.Trim(), name, address.Success ? address.Value : null, phone?.Value.Trim()) : null;
    }

    [GeneratedRegex(@"[^\s@,;:<>()""]{1,64}@[^\s@,;:<>()""]{1,190}[^\s@,;:<>()"".]", RegexOptions.CultureInvariant, 200)]
    private static partial Regex AddressIn();

    [GeneratedRegex(@"\+?[0-9(][0-9 ()/.\-]{4,30}[0-9]", RegexOptions.CultureInvariant, 200)]
    private static partial Regex PhoneIn();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[\s,;:<>()/.\-]+|[\s,;:<>()/\-]+$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Around();
}

namespace Amends.Domain.FollowOns;

/// <summary>The code that a friend names when asked who sent them: eight letters and digits that cannot be mistaken for one another, the last one a check.</summary>
public static class ReferralCode
{
    /// <summary>Letters and digits of a code; 31 of them, a prime, so that the check finds every single mistake and every swap of neighbours.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 8;

    /// <summary>A code from seven numbers.</summary>
    /// <param name="chance">Seven numbers by chance, each from 0 to 30.</param>
    public static string Of(ReadOnlySpan<int> chance)
    {
        Span<char> code = stackalloc char[Length];
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            code[i] = Alphabet[chance[i]];
            sum += (i + 1) * chance[i];
        }

        code[^1] = Alphabet[sum % Alphabet.Length];
        return new string(code);
    }

    /// <summary>The code as it is stored, from what somebody typed; <c>null</c> when it is none.</summary>
    public static string? Read(string? typed)
    {
        var code = string.Concat((typed ?? "").ToUpperInvariant().Where(letter => !char.IsWhiteSpace(letter) && letter != '-'));
        if (code.Length != Length || code.Any(letter => !Alphabet.Contains(letter)))
            return null;
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
            sum += (i + 1) * Alphabet.IndexOf(code[i]);
        return Alphabet[sum % Alphabet.Length] == code[^1] ? code : null;
    }
}

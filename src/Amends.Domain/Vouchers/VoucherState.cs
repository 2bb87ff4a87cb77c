namespace Amends.Domain.Vouchers;

/// <summary>A voucher or credit: the code, and what is left. What is left is a liability of ours until it is used or lapses.</summary>
/// <param name="Code">As it is written, without dashes.</param>
/// <param name="Left">What can still be used.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="ExpiresAt">Until when it is good; <c>null</c> for ever.</param>
public sealed record VoucherState(string Code, Money Left, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether it may be passed on.</summary>
    public bool Transferable { get; init; }

    /// <summary>What it was used for, in order.</summary>
    public IReadOnlyList<VoucherUse> Uses { get; init; } = [];

    /// <summary>When it lapsed with something left.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }
}

/// <summary>Something was paid with it.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Reference">The order or receipt; the same one counts once.</param>
/// <param name="At">When.</param>
public sealed record VoucherUse(Money Amount, string Reference, DateTimeOffset At);

/// <summary>How a code is written: fifteen characters that are not mistaken for each other, and a check digit, in groups of four.</summary>
public static class VoucherCode
{
    /// <summary>Characters of chance; 75 bits, so that nobody guesses one.</summary>
    public const int Chance = 15;

    /// <summary>A code from chance.</summary>
    /// <param name="chance">At least <see cref="Chance"/> bytes, each as likely as any other.</param>
    public static string Of(ReadOnlySpan<byte> chance)
    {
        var code = new char[Chance];
        for (var i = 0; i < Chance; i++)
            code[i] = CheckDigit.Letters[chance[i] % CheckDigit.Letters.Length]; // 256 is a multiple of 32
        return new string(code) + CheckDigit.Of(new string(code), CheckDigit.Letters);
    }

    /// <summary>A code as somebody typed it, in the one way that it is stored; <c>null</c> when it cannot be one.</summary>
    public static string? Clean(string? typed)
    {
        var text = new string([.. (typed ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '‑' or '–'))]).ToUpperInvariant();
        return text.Length == Chance + 1 && CheckDigit.Fits(text, CheckDigit.Letters) ? text : null;
    }

    /// <summary>A code in groups of four, as people read it.</summary>
    public static string Show(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));
}

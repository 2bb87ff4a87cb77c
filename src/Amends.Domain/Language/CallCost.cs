using System.Globalization;
using System.Text;

namespace Amends.Domain.Language;

/// <summary>
/// What a call costs, reckoned from tokens and prices. Prices are in minor units for a million tokens, so that tokens times price are millionths of a
/// minor unit, exactly. It is an estimate: what counts is the provider's bill.
/// </summary>
public static class CallCost
{
    /// <summary>Millionths in one minor unit.</summary>
    public const long Millionths = 1_000_000;

    /// <summary>The dearest price that is taken, minor units for a million tokens.</summary>
    public const long DearestPrice = 1_000_000_000;

    /// <summary>The most tokens that are believed.</summary>
    public const long MostTokens = 10_000_000;

    private const int BytesAToken = 3; // few languages have fewer; English has about four

    /// <summary>The cost in millionths of a minor unit.</summary>
    /// <param name="tokensIn">Tokens sent.</param>
    /// <param name="tokensOut">Tokens answered.</param>
    /// <param name="priceIn">Minor units for a million tokens sent.</param>
    /// <param name="priceOut">Minor units for a million tokens answered.</param>
    public static long Of(long tokensIn, long tokensOut, long priceIn, long priceOut) =>
        (Math.Clamp(tokensIn, 0, MostTokens) * Math.Clamp(priceIn, 0, DearestPrice)) + (Math.Clamp(tokensOut, 0, MostTokens) * Math.Clamp(priceOut, 0, DearestPrice));

    /// <summary>How many tokens a text may have, rather too many: nobody counts them here.</summary>
    public static long Tokens(string text) => (Encoding.UTF8.GetByteCount(text) + BytesAToken - 1) / BytesAToken;

    /// <summary>Whether one more call stays within the month's ceiling.</summary>
    /// <param name="spent">This month so far, millionths of a minor unit, with what is on its way.</param>
    /// <param name="next">The call, at its dearest.</param>
    /// <param name="ceilingMinor">The ceiling, minor units.</param>
    public static bool IsWithin(long spent, long next, long ceilingMinor) => next == 0 || spent + next <= ceilingMinor * Millionths;

    /// <summary>The amount in words; less than the smallest coin is said as such.</summary>
    /// <param name="millionths">Millionths of a minor unit.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string Words(long millionths, string currency) => millionths switch
    {
        0 => new Money(0, currency).ToString(),
        < Millionths => string.Create(CultureInfo.InvariantCulture, $"under {new Money(1, currency)}"),
        _ => new Money((millionths + Millionths - 1) / Millionths, currency).ToString(),
    };
}

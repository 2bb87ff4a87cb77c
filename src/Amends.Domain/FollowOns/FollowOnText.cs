using System.Text.RegularExpressions;

namespace Amends.Domain.FollowOns;

/// <summary>What a follow-on letter may say. A recommendation is never paid for: not with money, and not with anything worth money.</summary>
public static partial class FollowOnText
{
    /// <summary>The longest text.</summary>
    public const int Longest = 4000;

    /// <summary>Refuses a text that is empty or too long, or that asks for a recommendation and names something to be had.</summary>
    /// <param name="text">The words of the letter.</param>
    /// <param name="asksForReview">A review is asked for beside the text.</param>
    /// <exception cref="Refused"><c>text</c>, with the words that have to go.</exception>
    public static string Checked(string? text, bool asksForReview)
    {
        var words = text?.Trim() ?? "";
        if (words.Length is 0 or > Longest)
            throw new Refused("text", words.Length == 0 ? "Write what you want to thank them for." : $"That is longer than {Longest} characters.");
        if ((asksForReview || Asking().IsMatch(words)) && Reward(words) is { } reward)
            throw new Refused("text", $"The letter asks for a recommendation, and names “{reward}”. Nothing is ever given for one: leave it out.");
        return words;
    }

    /// <summary>The first words that promise something of worth; <c>null</c> when there are none.</summary>
    public static string? Reward(string text) => Worth().Match(text) is { Success: true } found ? found.Value.Trim() : null;

    [GeneratedRegex(@"\b(reviews?|rate us|ratings?|recommend\w*|testimonials?|stars?|bewert\w*|rezension\w*|empfehl\w*|weiterempf\w*|avis|recommand\w*|reseñas?|recomiend\w*|recomend\w*|recensi\w*|raccomand\w*|beoordel\w*|aanbevel\w*)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asking();

    [GeneratedRegex(
        @"(?<!\w)(?:[€$£¥]\s?\d(?:[\d.,]*\d)?|\d(?:[\d.,]*\d)?\s?(?:[€$£¥%]|(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|percent|prozent)\b)|(?:discount|voucher|coupon|cashback|cash|money off|gift|prize draw|prize|reward|store credit|credit|free (?:shipping|delivery|product|item|month)|for free|raffle|bonus|rabatt\w*|gutschein\w*|geschenk\w*|gratis|prämie|belohnung|gewinnspiel|remise|réduction|bon d'achat|cadeau|descuento|cupón|regalo|sorteo|sconto|buono|omaggio|korting|tegoedbon|cadeaubon)s?\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Worth();
}

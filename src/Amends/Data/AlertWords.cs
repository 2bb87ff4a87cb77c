using System.Globalization;
using Amends.Domain;
using Amends.Domain.Alerts;
using Amends.Domain.Causes;

namespace Amends.Data;

/// <summary>An alert as a person reads it.</summary>
public static class AlertWords
{
    /// <summary>One sentence: how many, of what, in which days, and how many were to be expected.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="set">What the categories are called.</param>
    public static string Of(Alert alert, CodeSet set)
    {
        var what = About(alert, set);
        return alert.Rule switch
        {
            AlertRule.Safety => $"Somebody may be in danger: {Texts.Count(alert.Observed, "complaint")} about {what}.",
            AlertRule.Similar => $"{Texts.Count(alert.Observed, "complaint")} alike within {AlertScan.SimilarWithin} days: {what}.",
            AlertRule.Daily => $"{Texts.Count(alert.Observed, "complaint")} in one day about {what}, where {Number(alert.Expected)} a day were usual.",
            _ => $"{Texts.Count(alert.Observed, "complaint")} in a week about {what}, where {Number(alert.Expected)} were to be expected.",
        };
    }

    /// <summary>Alerts as CSV (RFC 4180), a line each.</summary>
    public static string Csv(IReadOnlyList<KeptAlert> alerts, CodeSet set)
    {
        var lines = new List<string> { "rule,category,name,product,from,to,observed,expected,orders,chance,told_at,decision,words" };
        lines.AddRange(alerts.Select(kept => kept.Alert is var alert ? string.Join(',', alert.Rule.ToString().ToLowerInvariant(), CsvCell.Of(alert.Category), CsvCell.Of(set.WordsOf(alert.Category) ?? alert.Category), CsvCell.Of(alert.Product), alert.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), alert.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            alert.Observed.ToString(CultureInfo.InvariantCulture), Plain(alert.Expected), alert.Exposure?.ToString(CultureInfo.InvariantCulture) ?? "", Plain(alert.P), kept.FirstAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), kept.TakenUp switch { true => "taken up", false => "set aside", null => "" }, CsvCell.Of(kept.Words)) : ""));
        return string.Join("\r\n", lines) + "\r\n";

        static string Plain(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>What it is about: "Kettle K-12, product: fails early".</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="set">What the categories are called.</param>
    public static string About(Alert alert, CodeSet set)
    {
        var category = alert.Category.Length == 0 ? "" : set.WordsOf(alert.Category) ?? alert.Category;
        return (alert.Product, category) switch { ("", "") => "something that has no category yet", ("", _) => $"“{category}”", (_, "") => alert.Product, _ => $"{alert.Product}, “{category}”" };
    }

    /// <summary>The rule, in words that a lead can check.</summary>
    public static string Rule(AlertRule rule) => rule switch
    {
        AlertRule.WeeklyRate => "The last seven days are above the upper limit of the category's u-chart: complaints by thousand orders over half a year, three standard deviations (exact limits where fewer than five are expected).",
        AlertRule.Rare => "So many of this category about this product in seven days, or more, would come by chance with less than 5 % over all that was tested: exact Poisson tail, adjusted by Benjamini and Hochberg.",
        AlertRule.Daily => "Today is three standard deviations above seven days that ended three days ago: EARS C2, for desks with more than one complaint a day.",
        AlertRule.Similar => "Three alike within fourteen days, the plain rule for a desk with few complaints.",
        _ => "Somebody may be in danger. One case is enough.",
    };

    /// <summary>A chance: 0.012, or below 0.001.</summary>
    public static string Chance(double p) => p < 0.001 ? "below 0.001" : p.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>An expected number: 4.2, or 0.03 where it is small.</summary>
    public static string Number(double? value) => value is not { } number ? "–" : number.ToString(number < 1 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Amends.Domain;
using Amends.Domain.Statistics;

namespace Amends.Data;

/// <summary>Money that rests on assumptions, without digits that nobody knows.</summary>
public static class Rough
{
    /// <summary>In whole units of the currency, from a hundred of them on.</summary>
    public static Money Of(long minor, string currency) => new(Math.Abs(minor) >= 10_000 ? (long)Math.Round(minor / 100.0, MidpointRounding.AwayFromZero) * 100 : minor, currency);
}

/// <summary>In what a figure of the report is told.</summary>
public enum WorthUnit
{
    /// <summary>A plain number.</summary>
    Number = 1,

    /// <summary>A share from 0 to 1; a difference of two from -1 to 1.</summary>
    Share,

    /// <summary>Minor units of the company's currency.</summary>
    Money,
}

/// <summary>A figure as it stands on the page, in the file and in the answer for programs.</summary>
/// <param name="Key">A stable name; the address of its cases.</param>
/// <param name="Title">What it is.</param>
/// <param name="Definition">How it is counted, in one sentence.</param>
/// <param name="Unit">In what it is told.</param>
/// <param name="N">Of how many.</param>
/// <param name="Value">The figure; <c>null</c> when there is nothing to count.</param>
/// <param name="Low">The low end of its interval or range; <c>null</c> for what was simply counted.</param>
/// <param name="High">The high end; <c>null</c> where there is none.</param>
/// <param name="Cases">The complaints behind it; <c>null</c> when there are none.</param>
public sealed record WorthFigure(string Key, string Title, string Definition, WorthUnit Unit, long N, double? Value, double? Low, double? High, WorthCases? Cases = null)
{
    /// <summary>How many complaints are behind it; 0 where they are cases that nobody counted, too.</summary>
    public long CaseCount => Cases?.Count ?? 0;

    /// <summary>The customers behind it, where it is about customers and not about cases: <see cref="WorthCaseList.Most"/> at the most.</summary>
    public IReadOnlyList<long> Customers { get; init; } = [];

    /// <summary>The page on which that stands which it comes from, where it is told or assumed; <c>null</c> where it is counted.</summary>
    public string? Source { get; init; }

    /// <summary>Whether there is a list of cases or customers behind it.</summary>
    public bool HasList => CaseCount > 0 || Customers.Count > 0 || Cases is { Count: null } && Value > 0;

    /// <summary>Too few to lean on: a share of fewer than ten is not shown.</summary>
    public bool IsFew { get; init; }

    /// <summary>The interval may be chance: it holds zero.</summary>
    public bool MayBeChance { get; init; }

    /// <summary>Only its range may be shown.</summary>
    public bool RangeAlone { get; init; }

    /// <summary>A share with Wilson's interval.</summary>
    public static WorthFigure Rate(string key, string title, string definition, Proportion share, WorthCases? cases) =>
        new(key, title, definition, WorthUnit.Share, share.Of, share.Share, share.Interval?.Low, share.Interval?.High, cases) { IsFew = share.IsFew };

    /// <summary>A range of money that rests on assumptions.</summary>
    public static WorthFigure Span(string key, string title, string definition, LowMidHigh<long> minor, WorthCases cases) => new(key, title, definition, WorthUnit.Money, cases.Count ?? 0, minor.Mid, minor.Low, minor.High, cases);

    /// <summary>Money that was counted.</summary>
    public static WorthFigure Of(string key, string title, string definition, long minor, WorthCases? cases) => new(key, title, definition, WorthUnit.Money, cases?.Count ?? 0, minor, null, null, cases);

    /// <summary>The figure, or an end of its range, as a person reads it.</summary>
    /// <param name="value">Which.</param>
    /// <param name="currency">The company's.</param>
    public string Words(double? value, string currency) => value is not { } given ? "–" : Unit switch
    {
        WorthUnit.Money => Rough.Of((long)Math.Round(given), currency).ToString(),
        WorthUnit.Share => (given * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
        _ => given.ToString(Math.Abs(given) < 20 && given != Math.Round(given) ? "0.0" : "N0", CultureInfo.InvariantCulture),
    };

    /// <summary>Its range as a person reads it; <c>null</c> for what was simply counted.</summary>
    public string? Range(string currency) => Low is null && High is null ? null : $"{Words(Low, currency)} to {(High is null ? "no end" : Words(High, currency))}";
}

/// <summary>Figures that belong together.</summary>
/// <param name="Key">The anchor.</param>
/// <param name="Title">The heading.</param>
/// <param name="Lead">What to know before reading them.</param>
/// <param name="Figures">In order.</param>
public sealed record WorthSection(string Key, string Title, string Lead, IReadOnlyList<WorthFigure> Figures);

/// <summary>What recovery is worth, over some days.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Within">Within how many days buying again counts.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Currency">The company's.</param>
/// <param name="Book">The assumptions that it rests on.</param>
/// <param name="Sections">The figures.</param>
/// <param name="Months">What each month kept and lost, the oldest first.</param>
/// <param name="Return">What recovery brought for what was spent on it, at the ends of the assumptions.</param>
/// <param name="Cost">What complaints cost.</param>
public sealed record WorthReport(int Days, int Within, DateOnly From, DateOnly To, string Currency, AssumptionBook Book, IReadOnlyList<WorthSection> Sections, IReadOnlyList<WorthMonth> Months, LowMidHigh<RecoveryReturn> Return, ComplaintCost Cost)
{
    /// <summary>What can be chosen.</summary>
    public static readonly IReadOnlyList<int> SpanChoices = [90, 365], WithinChoices = [90, 180, 365];

    /// <summary>How many changes of cases are not counted yet, up to ten thousand.</summary>
    public long Waiting { get; init; }

    /// <summary>Whom we asked whether they had told us, the newest first.</summary>
    public IReadOnlyList<VoiceSurvey> Surveys { get; init; } = [];

    /// <summary>All figures.</summary>
    public IEnumerable<WorthFigure> Figures => Sections.SelectMany(section => section.Figures).Concat(Months.SelectMany(month => month.Figures));

    /// <summary>The figure with this key; <c>null</c> when there is none.</summary>
    public WorthFigure? Figure(string? key) => Figures.FirstOrDefault(figure => figure.Key == key);

    /// <summary>As CSV (RFC 4180), a line a figure: money in major units, shares from 0 to 1. A share of fewer than ten is left out.</summary>
    public string Csv()
    {
        var lines = new List<string> { "section,key,title,unit,currency,n,low,value,high,cases,definition" };
        foreach (var (section, figure) in Sections.SelectMany(section => section.Figures.Select(figure => (section.Key, figure))).Concat(Months.SelectMany(month => month.Figures.Select(figure => ("months", figure)))))
        {
            lines.Add(string.Join(',', section, figure.Key, CsvCell.Of(figure.Title), figure.Unit.ToString().ToLowerInvariant(), figure.Unit == WorthUnit.Money ? Currency : "", figure.N.ToString(CultureInfo.InvariantCulture),
                Number(figure, figure.Low), figure.RangeAlone ? "" : Number(figure, figure.Value), Number(figure, figure.High), figure.Cases is { Count: null } ? "" : figure.CaseCount.ToString(CultureInfo.InvariantCulture), CsvCell.Of(figure.Definition)));
        }

        return string.Join("\r\n", lines) + "\r\n";

        string Number(WorthFigure figure, double? value) => figure.IsFew || value is not { } given ? "" : figure.Unit == WorthUnit.Money ? new Money((long)Math.Round(given), Currency).Major.ToString(CultureInfo.InvariantCulture) : given.ToString("0.####", CultureInfo.InvariantCulture);
    }
}

/// <summary>Customers who were asked whether they had a problem, and whether they had told us.</summary>
public sealed record VoiceSurvey
{
    /// <summary>How many of the newest are shown.</summary>
    public const int Most = 50;

    /// <summary>The day, ISO 8601.</summary>
    public string AskedOn { get; init; } = "";

    /// <summary>How many had a problem.</summary>
    public long Asked { get; init; }

    /// <summary>How many of these had told us.</summary>
    public long Told { get; init; }

    /// <summary>How they were chosen and asked.</summary>
    public string How { get; init; } = "";

    /// <summary>Who noted it.</summary>
    public string NotedBy { get; init; } = "";
}

/// <summary>What a month kept and lost.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Kept">What was kept by putting complaints right.</param>
/// <param name="Lost">What was lost where they were not.</param>
/// <param name="Unknown">What nobody knows, since the customer did not answer.</param>
/// <param name="Keeping">Spent on keeping customers: remedies at cost, minutes of work, and what was written down.</param>
/// <param name="Finding">Spent on finding customers; without value while nobody brought it in.</param>
public sealed record WorthMonth(DateOnly Month, WorthFigure Kept, WorthFigure Lost, WorthFigure Unknown, WorthFigure Keeping, WorthFigure Finding)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<WorthFigure> Figures => [Kept, Lost, Unknown, Keeping, Finding];
}

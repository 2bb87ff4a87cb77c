using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Features.Shared;

namespace Amends.Features.Reports;

/// <summary>A figure of a report in words, on its page and in mails alike.</summary>
public static class FigureWords
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A share as a whole number of a hundred, without the sign.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", English);

    /// <summary>A score times a hundred, with its sign.</summary>
    public static string Signed(double score) => (score * 100).ToString("+0;−0;0", English);

    /// <summary>How long, in words.</summary>
    public static string Span(long minutes) => minutes == 0 ? "< 1 min" : When.Span(TimeSpan.FromMinutes(minutes));

    /// <summary>The figure; a share without its sign.</summary>
    public static string Value(Figure figure, string currency) => figure.Value is not { } value ? "–" : figure.Unit switch
    {
        FigureUnit.Share => Percent(value),
        FigureUnit.Minutes => Span((long)value),
        FigureUnit.Mean => value.ToString("0.0", English),
        FigureUnit.Points => Signed(value),
        FigureUnit.Money => new Money((long)Math.Round(value), currency).ToString(),
        _ => value.ToString("N0", English),
    };

    /// <summary>How it changed against the days before; <c>null</c> when that is not known.</summary>
    public static string? Change(Figure figure, string currency) => figure is not { Value: { } value, Before: { } before } ? null : figure.Unit switch
    {
        FigureUnit.Share or FigureUnit.Points => $"{((value - before) * 100).ToString("+0;−0;±0", English)} pts",
        FigureUnit.Minutes => $"{(value < before ? "−" : value > before ? "+" : "±")}{Span((long)Math.Abs(value - before))}",
        FigureUnit.Mean => (value - before).ToString("+0.0;−0.0;±0", English),
        FigureUnit.Money => $"{(value < before ? "−" : value > before ? "+" : "±")}{new Money((long)Math.Round(Math.Abs(value - before)), currency)}",
        _ => (value - before).ToString("+0;−0;±0", English),
    };

    /// <summary>Of how many.</summary>
    public static string Of(Figure figure) => figure switch
    {
        { IsFew: true } => "",
        { Hits: { } hits } => $"{hits.ToString("N0", English)} of {figure.Of.ToString("N0", English)}",
        { Unit: FigureUnit.Count } => figure.Before is null ? "" : "than before",
        _ => $"median of {figure.Of.ToString("N0", English)}" is var median && figure.Unit == FigureUnit.Minutes ? median : $"of {figure.Of.ToString("N0", English)}",
    };

    /// <summary>The line of a mail.</summary>
    public static MailedLine Line(Figure figure, string currency) => figure.IsFew
        ? new(figure.Name, "–", figure.Of == 0 ? "nothing to count" : $"{figure.Of} are too few to say")
        : new(figure.Name, Value(figure, currency) + (figure is { Unit: FigureUnit.Share, Value: not null } ? " %" : ""), string.Join(", ", new[] { Change(figure, currency), Of(figure) }.Where(part => part is { Length: > 0 })));
}

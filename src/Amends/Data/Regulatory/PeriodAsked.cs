using System.Globalization;
using Amends.Domain.Regulatory;

namespace Amends.Data.Regulatory;

/// <summary>Which days somebody asked for, as it was typed.</summary>
/// <param name="Period">A half-year such as <c>2026-2</c>; it goes before the days.</param>
/// <param name="From">The first day, ISO 8601.</param>
/// <param name="To">The last day, ISO 8601.</param>
public sealed record PeriodAsked(string? Period, string? From, string? To)
{
    private const int FirstYear = 2000, LastYear = 2999, MostDays = 3660;

    /// <summary>The days that are meant, and what is wrong by field; the usual half-year where something is.</summary>
    /// <param name="today">Today, of the company.</param>
    public (ReportingPeriod Period, IReadOnlyDictionary<string, string> Errors) Read(DateOnly today)
    {
        var (usual, errors) = (ReportingPeriod.Usual(today), new Dictionary<string, string>());
        if (!string.IsNullOrWhiteSpace(Period))
        {
            if (ReportingPeriod.OfCode(Period.Trim()) is { From.Year: <= LastYear } half)
                return (half, errors);
            errors["period"] = "Choose one of the half-years, or a first and a last day.";
            return (usual, errors);
        }

        if (string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To))
            return (usual, errors);
        var (from, to) = (Day(From, "from", "first"), Day(To, "to", "last"));
        if (errors.Count == 0 && from > to)
            errors["from"] = "The first day is after the last one. Choose an earlier one.";
        else if (errors.Count == 0 && to.DayNumber - from.DayNumber >= MostDays)
            errors["from"] = "That is more than ten years. Choose a later first day.";
        return (errors.Count > 0 ? usual : new(from, to), errors);

        DateOnly Day(string? typed, string field, string which)
        {
            if (DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear)
                return day;
            errors[field] = $"Choose the {which} day, from {FirstYear} on.";
            return default;
        }
    }
}

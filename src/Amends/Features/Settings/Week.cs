using System.Globalization;
using Amends.Data;

namespace Amends.Features.Settings;

/// <summary>The form on open hours: two times a day, empty where the day is closed, and a list of holidays.</summary>
public static class Week
{
    /// <summary>The days as they are stored, from Monday on.</summary>
    public static IReadOnlyList<string> Days { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>When a day opens and closes, as <c>HH:mm</c>; empty when it is closed.</summary>
    public static (string From, string To) Of(Company company, string day) =>
        company.OpenHours.TryGetValue(day, out var text) && text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] ? (from, to) : ("", "");

    /// <summary>The company with what was typed, and what is wrong with it: field id → words.</summary>
    public static (Company Company, IReadOnlyDictionary<string, string> Errors) On(Company company, IFormCollection form)
    {
        var errors = new Dictionary<string, string>();
        var hours = new Dictionary<string, string>();
        foreach (var day in Days)
        {
            var (from, to) = (form[$"{day}-from"].ToString().Trim(), form[$"{day}-to"].ToString().Trim());
            if (from.Length + to.Length == 0)
                continue;
            hours[day] = $"{from}-{to}";
            if (!TimeOnly.TryParse(from, CultureInfo.InvariantCulture, out var opens) || !TimeOnly.TryParse(to, CultureInfo.InvariantCulture, out var closes) || opens >= closes)
                errors[$"{day}-from"] = $"{char.ToUpperInvariant(day[0])}{day[1..]} needs a time to open and a later one to close, or neither.";
        }

        if (hours.Count == 0)
            errors["monday-from"] = "Open on at least one day: promises fall inside open hours.";
        var holidays = form["holidays"].ToString().Split([' ', ',', ';', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct().Order().ToList();
        if (holidays.FirstOrDefault(text => !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) is { } wrong)
            errors["holidays"] = $"{wrong} is not a date like 2026-12-25.";
        return (company with { OpenHours = hours, Holidays = holidays }, errors);
    }
}

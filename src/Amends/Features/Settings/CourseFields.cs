using System.Globalization;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;

namespace Amends.Features.Settings;

/// <summary>The form on what happens when customers do not answer, or come back.</summary>
public sealed record CourseFields
{
    public string? Reminders { get; init; }
    public string? Days { get; init; }
    public string? ReopenDays { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static CourseFields Of(CourseSettings course) => new() { Reminders = Words(course.Reminders), Days = Words(course.Days), ReopenDays = Words(course.ReopenDays) };

    /// <summary>The settings as typed, and what is wrong: field id → words.</summary>
    public (CourseSettings Course, IReadOnlyDictionary<string, string> Errors) Read()
    {
        var errors = new Dictionary<string, string>();
        var course = new CourseSettings
        {
            Reminders = Whole("Reminders", Reminders, NoReplyRule.WrongReminders, errors), Days = Whole("Days", Days, NoReplyRule.WrongDays, errors), ReopenDays = Whole("ReopenDays", ReopenDays, ReopenWindow.Wrong, errors),
        };
        return (course, errors);
    }

    private static int Whole(string field, string? typed, Func<int, string?> wrong, Dictionary<string, string> errors)
    {
        var known = int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if ((known ? wrong(number) : "Write a whole number.") is { } words)
            errors[field] = words;
        return number;
    }

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}

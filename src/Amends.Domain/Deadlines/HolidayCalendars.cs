namespace Amends.Domain.Deadlines;

/// <summary>Names of calendars that the rules know.</summary>
public static class HolidayCalendars
{
    /// <summary>The company's own: the days on which it is open, less its holidays.</summary>
    public const string Company = "company";
}

/// <summary>All that a case needs to reckon its duties: the presets, which of them are on, and the calendars in every version.</summary>
/// <param name="Presets">All presets.</param>
/// <param name="On">The keys of those that are on.</param>
/// <param name="Calendars">All calendars, in every version.</param>
/// <param name="Rules">Where days begin and end.</param>
public sealed record DeadlineBook(IReadOnlyList<Preset> Presets, IReadOnlySet<string> On, IReadOnlyList<HolidayCalendar> Calendars, DayRules Rules)
{
    /// <summary>A preset by its key.</summary>
    public Preset? Find(string key) => Presets.FirstOrDefault(preset => preset.Key == key);

    /// <summary>The newest version of a calendar; the company's own where there is none of this name.</summary>
    /// <exception cref="InvalidOperationException">There is not even the company's.</exception>
    public HolidayCalendar Calendar(string key) =>
        Calendars.Where(calendar => calendar.Key == key).MaxBy(calendar => calendar.Version)
        ?? (key == HolidayCalendars.Company ? throw new InvalidOperationException("The company has no calendar.") : Calendar(HolidayCalendars.Company));

    /// <summary>A calendar in a version that due dates were counted with.</summary>
    public HolidayCalendar? Calendar(string key, int version) => Calendars.FirstOrDefault(calendar => calendar.Key == key && calendar.Version == version);
}

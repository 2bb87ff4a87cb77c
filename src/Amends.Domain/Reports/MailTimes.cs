using System.Globalization;
using Amends.Domain.Calendars;

namespace Amends.Domain.Reports;

/// <summary>How often a report is mailed.</summary>
public enum MailRhythm
{
    /// <summary>Each day.</summary>
    Daily = 1,

    /// <summary>On one day of the week.</summary>
    Weekly,

    /// <summary>On one day of the month; on its last day where it has no such day.</summary>
    Monthly,
}

/// <summary>When a report is mailed, by the clock of the company.</summary>
public sealed record MailTimes
{
    /// <param name="rhythm">How often.</param>
    /// <param name="day">Weekly: 1 (Monday) to 7 (ISO 8601); monthly: 1 to 31; daily: 0.</param>
    /// <param name="hour">The full hour, 0 to 23.</param>
    /// <exception cref="Refused">There is no such day or hour.</exception>
    public MailTimes(MailRhythm rhythm, int day, int hour)
    {
        if (!Enum.IsDefined(rhythm))
            throw new Refused("no_rhythm", "Choose daily, weekly or monthly.");
        if (rhythm == MailRhythm.Weekly && day is < 1 or > 7)
            throw new Refused("no_weekday", "Choose a day of the week.");
        if (rhythm == MailRhythm.Monthly && day is < 1 or > 31)
            throw new Refused("no_day", "Choose a day of the month, from 1 to 31.");
        if (hour is < 0 or > 23)
            throw new Refused("no_hour", "Choose an hour from 0 to 23.");
        (Rhythm, Day, Hour) = (rhythm, rhythm == MailRhythm.Daily ? 0 : day, hour);
    }

    /// <summary>How often.</summary>
    public MailRhythm Rhythm { get; }

    /// <summary>Weekly: 1 (Monday) to 7; monthly: 1 to 31; daily: 0.</summary>
    public int Day { get; }

    /// <summary>The full hour.</summary>
    public int Hour { get; }

    /// <summary>The first time after a moment. An hour that the clock skips is the one after it.</summary>
    public DateTimeOffset After(DateTimeOffset moment, TimeZoneInfo zone)
    {
        for (var day = LocalDay.Of(moment, zone); ; day = day.AddDays(1))
        {
            if (Falls(day) && LocalDay.At(day, new TimeOnly(Hour, 0), zone) is var at && at > moment)
                return at;
        }
    }

    private bool Falls(DateOnly day) => Rhythm switch
    {
        MailRhythm.Weekly => ((int)day.DayOfWeek + 6) % 7 + 1 == Day,
        MailRhythm.Monthly => day.Day == Math.Min(Day, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => true,
    };

    /// <summary>"every Monday at 08:00".</summary>
    public string InWords() => string.Create(CultureInfo.InvariantCulture, $"{Rhythm switch
    {
        MailRhythm.Weekly => $"every {(DayOfWeek)(Day % 7)}",
        MailRhythm.Monthly => $"on day {Day} of each month",
        _ => "every day",
    }} at {Hour:00}:00");
}

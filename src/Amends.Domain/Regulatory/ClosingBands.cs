using Amends.Domain.Calendars;
using Amends.Domain.Deadlines;

namespace Amends.Domain.Regulatory;

/// <summary>How long a complaint took, in the bands of the text of DISP 1.10.2R that was read (domain research, source S12).</summary>
public enum WeekBand
{
    /// <summary>Within four weeks.</summary>
    UpToFour = 1,

    /// <summary>In more than four weeks, and within eight.</summary>
    FourToEight,

    /// <summary>In more than eight weeks.</summary>
    OverEight,
}

/// <summary>How long a complaint took, in the bands that the newer form is said to have. They are general knowledge: their text was not read.</summary>
public enum QuickBand
{
    /// <summary>By the close of the third business day after the day of receipt.</summary>
    ThreeBusinessDays = 1,

    /// <summary>Later, and within eight weeks.</summary>
    UpToEightWeeks,

    /// <summary>In more than eight weeks.</summary>
    OverEightWeeks,
}

/// <summary>
/// Into which band a closed complaint falls. The day of receipt is day 0, so that a period of eight weeks ends with the 56th day after it; the short one
/// ends at the close of business on the third business day after the day of receipt (FCA Handbook DISP 1.5; source S7).
/// </summary>
public static class ClosingBands
{
    /// <summary>Days in four weeks, and in eight.</summary>
    public const int FourWeeks = 28, EightWeeks = 56;

    private static readonly Term ThreeDays = new(3, TimeUnit.BusinessDays);

    /// <summary>The band in weeks.</summary>
    /// <param name="received">The day of receipt.</param>
    /// <param name="settled">The day on which it was closed, by the counting rule.</param>
    public static WeekBand InWeeks(DateOnly received, DateOnly settled) => (settled.DayNumber - received.DayNumber) switch
    {
        <= FourWeeks => WeekBand.UpToFour,
        <= EightWeeks => WeekBand.FourToEight,
        _ => WeekBand.OverEight,
    };

    /// <summary>The band in business days and weeks.</summary>
    /// <param name="received">When it came.</param>
    /// <param name="settled">When it was closed, by the counting rule.</param>
    /// <param name="calendar">Which days are business days.</param>
    /// <param name="rules">The zone of days, and the hour at which a business day closes.</param>
    public static QuickBand InDays(DateTimeOffset received, DateTimeOffset settled, HolidayCalendar calendar, DayRules rules)
    {
        var (from, to) = (LocalDay.Of(received, rules.Zone), LocalDay.Of(settled, rules.Zone));
        return settled <= QuickUntil(from, calendar, rules) ? QuickBand.ThreeBusinessDays : to.DayNumber - from.DayNumber <= EightWeeks ? QuickBand.UpToEightWeeks : QuickBand.OverEightWeeks;
    }

    /// <summary>The close of the third business day after a day of receipt.</summary>
    /// <param name="received">The day of receipt, whether it is a business day or not.</param>
    /// <param name="calendar">Which days are business days.</param>
    /// <param name="rules">The zone of days, and the hour at which a business day closes.</param>
    public static DateTimeOffset QuickUntil(DateOnly received, HolidayCalendar calendar, DayRules rules) => LocalDay.At(DueDates.Day(received, ThreeDays, calendar), rules.CutOff, rules.Zone);
}

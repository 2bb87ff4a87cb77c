using Amends.Domain.Calendars;

namespace Amends.Domain.Deadlines;

/// <summary>
/// Counts periods. Day 0 is the day on which the clock starts, whatever the hour and whether it is a business day or not; the first day counted is
/// the day after ("following the day on which it is received", FCA Handbook DISP 1.5.1R). Nothing here stops the clock: legal clocks do not pause.
/// </summary>
public static class DueDates
{
    /// <summary>The day on which a period of days ends.</summary>
    /// <param name="from">Day 0.</param>
    /// <param name="term">The period; not in clock hours.</param>
    /// <param name="calendar">Which days count.</param>
    /// <param name="billingDay">The day of the month on which the customer's billing cycle closes, 1 to 31; without it a cycle is a month from day 0, which is never later.</param>
    /// <exception cref="ArgumentException">The period is in clock hours, or below zero.</exception>
    /// <exception cref="InvalidOperationException">The calendar has no business day for more than a year.</exception>
    public static DateOnly Day(DateOnly from, Term term, HolidayCalendar calendar, int? billingDay = null) => term switch
    {
        { Amount: < 0 } => throw new ArgumentException("A period cannot be below zero.", nameof(term)),
        { Unit: TimeUnit.CalendarDays } => from.AddDays(term.Amount),
        { Unit: TimeUnit.Weeks } => from.AddDays(7 * term.Amount),
        { Unit: TimeUnit.Months } => from.AddMonths(term.Amount),
        { Unit: TimeUnit.BusinessDays } => BusinessDay(from, term.Amount, calendar),
        { Unit: TimeUnit.BillingCycles } => billingDay is { } day ? Closing(from, term.Amount, day) : from.AddMonths(term.Amount),
        _ => throw new ArgumentException("Hours are counted by the clock, not by days.", nameof(term)),
    };

    /// <summary>The moment by which a duty must be met: the end of its last day, or the hour on the clock.</summary>
    /// <param name="from">When the clock starts.</param>
    /// <param name="milestone">The duty, with its period.</param>
    /// <param name="calendar">Which days count.</param>
    /// <param name="rules">Where days begin and end.</param>
    public static DateTimeOffset Moment(DateTimeOffset from, Milestone milestone, HolidayCalendar calendar, DayRules rules)
    {
        var due = Moment(from, milestone.Term, milestone, calendar, rules);
        return milestone.AtMost is { } most && Moment(from, most, milestone, calendar, rules) is var last && last < due ? last : due;
    }

    /// <summary>As above, for another period than the milestone's own, such as an extension's.</summary>
    public static DateTimeOffset Moment(DateTimeOffset from, Term term, Milestone milestone, HolidayCalendar calendar, DayRules rules)
    {
        if (term.Unit == TimeUnit.ClockHours)
            return from.AddHours(term.Amount);
        var day = Day(DayZero(from, milestone, calendar, rules), term, calendar, rules.BillingDay);
        return milestone.ByCloseOfBusiness ? LocalDay.At(day, rules.CutOff, rules.Zone) : EndOf(day, rules.Zone);
    }

    /// <summary>The local day from which days are counted.</summary>
    public static DateOnly DayZero(DateTimeOffset from, Milestone milestone, HolidayCalendar calendar, DayRules rules)
    {
        var local = TimeZoneInfo.ConvertTime(from, rules.Zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        return milestone.AfterCutOffIsNextDay && (TimeOnly.FromDateTime(local.DateTime) > rules.CutOff || !calendar.IsBusinessDay(day)) ? BusinessDay(day, 1, calendar) : day;
    }

    /// <summary>The local day that a due moment belongs to; midnight ends the day before.</summary>
    public static DateOnly DayOf(DateTimeOffset due, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(due, zone).DateTime.AddTicks(-1));

    /// <summary>The moment at which a local day ends.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => LocalDay.Begins(day.AddDays(1), zone);

    private static DateOnly BusinessDay(DateOnly from, int amount, HolidayCalendar calendar)
    {
        var (day, idle) = (from, 0);
        for (var left = amount; left > 0;)
        {
            day = day.AddDays(1);
            if (calendar.IsBusinessDay(day))
                (left, idle) = (left - 1, 0);
            else if (++idle > HolidayCalendar.Horizon)
                throw new InvalidOperationException($"The calendar {calendar.Key} has no business day for more than a year.");
        }

        return day;
    }

    /// <summary>The closing day that ends so many complete cycles: the cycle that runs on day 0 is not complete, so it does not count.</summary>
    private static DateOnly Closing(DateOnly from, int cycles, int billingDay)
    {
        if (billingDay is < 1 or > 31)
            throw new ArgumentOutOfRangeException(nameof(billingDay), billingDay, "A billing cycle closes on a day of the month.");
        DateOnly In(int months)
        {
            var month = new DateOnly(from.Year, from.Month, 1).AddMonths(months);
            return month.AddDays(Math.Min(billingDay, DateTime.DaysInMonth(month.Year, month.Month)) - 1);
        }

        return In((In(0) >= from ? 0 : 1) + cycles);
    }
}

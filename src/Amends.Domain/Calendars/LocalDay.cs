namespace Amends.Domain.Calendars;

/// <summary>Days as the clock of one zone has them.</summary>
public static class LocalDay
{
    /// <summary>The day on which a moment lies.</summary>
    public static DateOnly Of(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The moment at which a day begins.</summary>
    public static DateTimeOffset Begins(DateOnly day, TimeZoneInfo zone) => At(day, TimeOnly.MinValue, zone);

    /// <summary>The moment at which the day begins on which another moment lies.</summary>
    public static DateTimeOffset Begins(DateTimeOffset at, TimeZoneInfo zone) => Begins(Of(at, zone), zone);

    /// <summary>The moment at which the month begins in which another moment lies.</summary>
    public static DateTimeOffset MonthBegins(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = Of(at, zone);
        return Begins(new DateOnly(day.Year, day.Month, 1), zone);
    }

    /// <summary>The Monday of the week in which a day lies (ISO 8601).</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The last whole week before a moment, from Monday to Monday.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) LastWeek(DateTimeOffset at, TimeZoneInfo zone)
    {
        var monday = MondayOf(Of(at, zone));
        return (Begins(monday.AddDays(-7), zone), Begins(monday, zone));
    }

    /// <summary>The moment that a clock shows as this time; an hour later for a time that a clock change skips.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}

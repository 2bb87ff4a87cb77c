using System.Globalization;

namespace Amends.Features.Shared;

/// <summary>Times as people say them, in a given time zone.</summary>
public static class When
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>"45 s", "38 min", "1 h 12 min", "7 h", "3 days"; never negative, never two units below an hour.</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        return span switch
        {
            { TotalMinutes: < 1 } => $"{span.Seconds} s",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
            { TotalHours: < 10 } when span.Minutes > 0 => $"{(int)span.TotalHours} h {span.Minutes} min",
            { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
            _ => $"{(int)span.TotalDays} days",
        };
    }

    /// <summary>For a list: "14:31" today, "yesterday", "tomorrow 09:00", "Tue" or "Sat 09:00" within a week, "3 Nov", "3 Nov 2024".</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, today) = Local(at, now, zone);
        var days = (local.Date - today.Date).Days;
        var time = local.ToString("HH:mm", English);
        return days switch
        {
            0 => time,
            -1 => "yesterday",
            1 => $"tomorrow {time}",
            > -7 and < 0 => local.ToString("ddd", English),
            < 7 and > 0 => $"{local.ToString("ddd", English)} {time}",
            _ => local.ToString(local.Year == today.Year ? "d MMM" : "d MMM yyyy", English),
        };
    }

    /// <summary>To the second, for a wait of minutes: "14:31:20".</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", English);

    /// <summary>A day for a narrow place: "today", "tomorrow", "yesterday", "Sat" within a week, "3 Nov", "3 Nov 2024".</summary>
    public static string Date(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, today) = Local(at, now, zone);
        return (local.Date - today.Date).Days switch
        {
            0 => "today",
            -1 => "yesterday",
            1 => "tomorrow",
            > -7 and < 7 => local.ToString("ddd", English),
            _ => local.ToString(local.Year == today.Year ? "d MMM" : "d MMM yyyy", English),
        };
    }

    /// <summary>For a sentence: "today at 14:31", "tomorrow at 09:00", "Saturday 22 November at 08:00".</summary>
    public static string Long(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, today) = Local(at, now, zone);
        var day = (local.Date - today.Date).Days switch
        {
            0 => "today",
            -1 => "yesterday",
            1 => "tomorrow",
            _ => local.ToString(local.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", English),
        };
        return $"{day} at {local.ToString("HH:mm", English)}";
    }

    /// <summary>A day heading of the timeline: "Today", "Yesterday", "Tuesday 18 November".</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, today) = Local(at, now, zone);
        return (local.Date - today.Date).Days switch
        {
            0 => "Today",
            -1 => "Yesterday",
            1 => "Tomorrow",
            _ => local.ToString(local.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", English),
        };
    }

    /// <summary>The hour and minute alone: "14:31".</summary>
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", English);

    /// <summary>The value of a <c>datetime</c> attribute: ISO 8601 in UTC, which needs no zone and no escaping.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", English);

    /// <summary>The same to the minute, for times that are only read: what happened together is written alike, and packs well.</summary>
    public static string IsoMinute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", English);

    private static (DateTimeOffset At, DateTimeOffset Now) Local(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) =>
        (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
}

using Amends.Domain.Calendars;

namespace Amends.Features.Demo;

/// <summary>The demo company's people work while the desk is open, at whatever hour the demo begins.</summary>
internal static class DemoHours
{
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(14); // more than a night

    /// <summary>Then, in the open hour before it, or when it opens again.</summary>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">When it would be.</param>
    /// <param name="after">Not before.</param>
    public static DateTimeOffset Worked(Calendar calendar, DateTimeOffset at, DateTimeOffset after)
    {
        for (var hour = at; hour > after && at - hour < Furthest; hour = hour.AddHours(-1))
        {
            if (calendar.IsOpen(hour))
                return hour;
        }

        return calendar.NextOpen(at).AddMinutes(1 + at.Minute / 2);
    }

    /// <summary>In the morning of that day.</summary>
    /// <param name="at">The day.</param>
    /// <param name="index">Which of several: each has its own time.</param>
    /// <param name="zone">The company's.</param>
    public static DateTimeOffset Morning(DateTimeOffset at, int index, TimeZoneInfo zone) => LocalDay.At(LocalDay.Of(at, zone), new TimeOnly(8, 30), zone).AddMinutes(index * 37 % 210);
}

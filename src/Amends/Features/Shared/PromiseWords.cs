namespace Amends.Features.Shared;

/// <summary>How a promise is told: colour, icon and words always together, since meaning is never colour alone.</summary>
public static class PromiseWords
{
    /// <summary>Late: red "25 min late"; within four hours: amber "in 1 h 12 min"; today: amber "by 17:00"; later: plain "by tomorrow".</summary>
    public static (string Tone, string Icon, string Words) Badge(DateTimeOffset due, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (due < now)
        {
            return ("red", "triangle-alert", $"{When.Span(now - due)} late");
        }

        if (due - now <= TimeSpan.FromHours(4))
        {
            return ("amber", "alarm-clock", $"in {When.Span(due - now)}");
        }

        return TimeZoneInfo.ConvertTime(due, zone).Date == TimeZoneInfo.ConvertTime(now, zone).Date
            ? ("amber", "alarm-clock", $"by {When.Short(due, now, zone)}")
            : ("", "hourglass", $"by {When.Date(due, now, zone)}");
    }
}

using System.Globalization;
using System.Xml;

namespace Amends.Mail.Reading;

/// <summary>A moment of a calendar (RFC 5545 §3.3.4, §3.3.5).</summary>
/// <param name="Local">Date and time as its author's clock shows it.</param>
/// <param name="Zone">The zone's name as given, <c>UTC</c>, or empty for a time that is the same everywhere.</param>
/// <param name="IsDate">Whether only the day is meant.</param>
public sealed record InvitationTime(DateTime Local, string Zone, bool IsDate)
{
    /// <summary>The instant; null where only a day is meant or nobody here knows the zone.</summary>
    public DateTimeOffset? Instant
    {
        get
        {
            if (IsDate || Zone.Length == 0) return null;
            if (Zone == "UTC") return new DateTimeOffset(Local, TimeSpan.Zero);
            try
            {
                return TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? new DateTimeOffset(Local, zone.GetUtcOffset(Local)) : null;
            }
            catch (ArgumentException)
            {
                return null; // on the first or last day of the calendar
            }
        }
    }

    internal static InvitationTime? Of(string value, string? zone)
    {
        var utc = value.EndsWith('Z');
        var text = utc ? value[..^1] : value;
        if (DateTime.TryParseExact(text, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return new(time, utc ? "UTC" : zone?.Trim() is { Length: <= 100 } named ? named : "", false);
        return DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day, "", true) : null;
    }

    /// <summary>This time and a duration (RFC 5545 §3.3.6); null where there is none or it cannot be read.</summary>
    internal InvitationTime? After(string? duration)
    {
        if (duration is null || duration.Length > 40) return null;
        try
        {
            var weeks = duration.EndsWith('W') && int.TryParse(duration.TrimStart('+')[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null;
            return this with { Local = Local + (weeks is { } w ? TimeSpan.FromDays(7L * w) : XmlConvert.ToTimeSpan(duration.TrimStart('+'))) };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

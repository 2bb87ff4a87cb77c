using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;

namespace Amends.Features.Shared;

/// <summary>Days and hours as the company's clock has them; <c>datetime-local</c> fields, which know no time zone, are in its.</summary>
public static class LocalTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The end of the present day at the desk.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset now, TimeZoneInfo zone) => LocalDay.Begins(LocalDay.Of(now, zone).AddDays(1), zone);

    /// <summary>The value of a field.</summary>
    public static string Of(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The moment that a field holds.</summary>
    /// <param name="value">As the browser sent it.</param>
    /// <param name="zone">The company's zone.</param>
    /// <param name="code">The refusal's code, so that the form can place it.</param>
    /// <exception cref="Refused">It holds none.</exception>
    public static DateTimeOffset Parse(string? value, TimeZoneInfo zone, string code)
    {
        if (!DateTime.TryParseExact(value, [Format, Format + ":ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw new Refused(code, "Give a date and a time.");
        return LocalDay.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), zone);
    }
}

using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Mentions;
using Amends.Features.Shared;

namespace Amends.Features.Mentions;

/// <summary>The form for a mention as it is posted.</summary>
public sealed record MentionFields
{
    public string? Site { get; init; }
    public string? Link { get; init; }
    public string? Author { get; init; }
    public string? Words { get; init; }

    /// <summary>The day, ISO 8601.</summary>
    public string? On { get; init; }

    /// <summary>Stars; empty for none.</summary>
    public string? Stars { get; init; }
    public string? Order { get; init; }

    /// <summary>The mention that is typed.</summary>
    /// <exception cref="Refused">What cannot be used.</exception>
    public Mention Read(TimeZoneInfo zone) => new(Site ?? "", Author ?? "", Words ?? "", MomentOf(On, zone, "date")) { Link = Link, Before = StarsOf(Stars, "rating"), Order = Order };

    /// <summary>A day, or a day with its time; noon where the time is not told.</summary>
    /// <exception cref="Refused">It is neither.</exception>
    internal static DateTimeOffset MomentOf(string? typed, TimeZoneInfo zone, string code)
    {
        var text = typed?.Trim() ?? "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
            return LocalDay.At(day, new TimeOnly(12, 0), zone);
        if (text.Length >= 20 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
            return LocalTime.Parse(local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), zone, code);
        throw new Refused(code, text.Length == 0 ? "Give the day." : $"Days are written 2026-03-04, with a time 2026-03-04 09:30: {Texts.Cut(text, 40)}");
    }

    /// <summary>Stars; <c>null</c> for none.</summary>
    /// <exception cref="Refused">It is no number of stars.</exception>
    internal static int? StarsOf(string? typed, string code) => string.IsNullOrWhiteSpace(typed) ? null
        : decimal.TryParse(typed.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stars) && stars == decimal.Truncate(stars) && stars is >= 1 and <= Mention.MostStars ? (int)stars
        : throw new Refused(code, "Stars are one to five.");
}

/// <summary>What is posted about a mention: its case, its answer, or the stars of now.</summary>
public sealed record MentionDeed
{
    public string? Case { get; init; }
    public string? At { get; init; }
    public string? Answer { get; init; }
    public string? Stars { get; init; }
}

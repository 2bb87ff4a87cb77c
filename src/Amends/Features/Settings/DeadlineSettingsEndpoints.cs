using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Deadlines;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Settings;

/// <summary>Which sets of deadlines are on, and the days that are no business days.</summary>
public static class DeadlineSettingsEndpoints
{
    /// <summary>Maps both pages and their forms.</summary>
    public static void MapDeadlineSettings(this IEndpointRouteBuilder settings)
    {
        settings.MapGet("/deadlines", (HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk) => Deadlines(context, frame, stored, desk, null, null));
        settings.MapPost("/deadlines", SaveDeadlines);
        settings.MapGet("/holidays", (HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk) => Holidays(context, frame, stored, desk, null, null, null));
        settings.MapPost("/holidays/{code}", SaveHolidays);
    }

    private static async Task<IResult> Deadlines(HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, DeadlineFields? typed, IReadOnlyDictionary<string, string>? errors)
    {
        var book = await desk.Book(context.RequestAborted);
        var fields = typed ?? new DeadlineFields { On = [.. book.On], CutOff = book.Rules.CutOff.ToString("HH:mm", CultureInfo.InvariantCulture) };
        return Html.Show<DeadlinesPage, DeadlinesPage.View>(new(await frame.For(context), !(await stored.Company(context.RequestAborted)).IsSetUp, book, fields, errors ?? new Dictionary<string, string>()), errors is null ? 200 : 422);
    }

    private static async Task<IResult> SaveDeadlines(HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, [FromForm] DeadlineFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if (!TimeOnly.TryParseExact(fields.CutOff, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return await Deadlines(context, frame, stored, desk, fields, new Dictionary<string, string> { ["CutOff"] = "Give the hour at which a business day closes, such as 17:00." });
        await desk.Set(new DeadlineSettings
        {
            CutOff = fields.CutOff!,
            Switched = PresetFiles.All.Where(preset => fields.On.Contains(preset.Key) != preset.OnByDefault).ToDictionary(preset => preset.Key, preset => !preset.OnByDefault),
        });
        return SettingsEndpoints.Saved(context, await stored.Company(context.RequestAborted), "/settings/deadlines", "/settings/deadlines");
    }

    private static async Task<IResult> Holidays(HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, string? code, HolidayFields? typed, IReadOnlyDictionary<string, string>? errors)
    {
        var book = await desk.Book(context.RequestAborted);
        var newest = book.Calendars.GroupBy(calendar => calendar.Key).Select(versions => versions.MaxBy(calendar => calendar.Version)!).OrderBy(calendar => calendar.Title, StringComparer.Ordinal).ToList();
        return Html.Show<HolidaysPage, HolidaysPage.View>(new(await frame.For(context), !(await stored.Company(context.RequestAborted)).IsSetUp, newest, book, code, typed, errors ?? new Dictionary<string, string>()), errors is null ? 200 : 422);
    }

    private static async Task<IResult> SaveHolidays(string code, HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, [FromForm] HolidayFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var book = await desk.Book(context.RequestAborted);
        if (code == HolidayCalendars.Company || book.Calendars.All(calendar => calendar.Key != code))
            return TypedResults.NotFound();
        var (calendar, errors) = fields.On(book.Calendar(code));
        if (errors.Count == 0)
        {
            try
            {
                await desk.Keep(calendar, context.User.Actor().Id);
                Frame.Say(context, "Saved. Dates that were counted stay; each case can have them counted anew.");
                return TypedResults.Redirect303("/settings/holidays");
            }
            catch (Refused no)
            {
                errors = new Dictionary<string, string> { [$"{code}-holidays"] = no.Message };
            }
        }

        return await Holidays(context, frame, stored, desk, code, fields, errors);
    }
}

/// <summary>The form on deadlines.</summary>
public sealed record DeadlineFields
{
    /// <summary>The keys of what is on.</summary>
    public List<string> On { get; init => field = value ?? []; } = [];
    public string? CutOff { get; init; }
}

/// <summary>The form on one calendar.</summary>
public sealed record HolidayFields
{
    private const int Most = 500;

    /// <summary>The version that was on the page.</summary>
    public string? Version { get; init; }
    public List<string> Weekend { get; init => field = value ?? []; } = [];
    public string? Dates { get; init; }
    public string? KnownUntil { get; init; }

    /// <summary>A calendar as a form.</summary>
    public static HolidayFields Of(HolidayCalendar calendar) => new()
    {
        Version = calendar.Version.ToString(CultureInfo.InvariantCulture), Weekend = [.. calendar.Weekend.Select(day => day.ToString())],
        Dates = string.Join('\n', calendar.Holidays.Select(Text)), KnownUntil = calendar.KnownUntil is { } until ? Text(until) : null,
    };

    /// <summary>The calendar as typed, and what is wrong with it: field id → words.</summary>
    public (HolidayCalendar Calendar, IReadOnlyDictionary<string, string> Errors) On(HolidayCalendar before)
    {
        var errors = new Dictionary<string, string>();
        var weekend = Enum.GetValues<DayOfWeek>().Where(day => Weekend.Contains(day.ToString())).ToList();
        if (weekend.Count == 7)
            errors[$"{before.Key}-weekend"] = "Leave at least one day of the week as a business day; otherwise nothing ever comes due.";
        var typed = (Dates ?? "").Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var days = new SortedSet<DateOnly>();
        foreach (var text in typed)
        {
            if (Day(text) is { } day)
                days.Add(day);
            else
                errors.TryAdd($"{before.Key}-holidays", $"“{(text.Length > 40 ? Texts.Cut(text, 40) + "…" : text)}” is no date that there is. Write year, month and day, such as 2026-12-25.");
        }

        if (days.Count > Most)
            errors.TryAdd($"{before.Key}-holidays", $"Keep it to {Most} days; take out years that are long over.");
        if (days.Count == 0)
            errors.TryAdd($"{before.Key}-holidays", "Write the holidays, one date a line. A calendar without any would count every weekday.");
        var until = Day(KnownUntil ?? "");
        if (until is null)
            errors[$"{before.Key}-until"] = "Say until which day all holidays are in the list, such as 2027-12-31.";
        else if (days.Count > 0 && days.Max > until)
            errors[$"{before.Key}-until"] = $"The list goes on until {Text(days.Max)}. Give that day or a later one.";
        if (errors.Count == 0 && !int.TryParse(Version, CultureInfo.InvariantCulture, out _))
            errors[$"{before.Key}-holidays"] = "The page was too old. Look at the dates once more, then save.";
        _ = int.TryParse(Version, CultureInfo.InvariantCulture, out var version);
        return (before with { Version = version, Weekend = weekend, Holidays = [.. days], KnownUntil = until }, errors);
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

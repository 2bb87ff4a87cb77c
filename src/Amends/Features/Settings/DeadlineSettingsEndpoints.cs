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
        settings.MapForm("/deadlines", SaveDeadlines);
        settings.MapGet("/holidays", (HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk) => Holidays(context, frame, stored, desk, null, null, null));
        settings.MapForm("/holidays/{code}", SaveHolidays);
    }

    private static async Task<IResult> Deadlines(HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, DeadlineFields? typed, IReadOnlyDictionary<string, string>? errors)
    {
        var book = await desk.Book(context.RequestAborted);
        var company = await stored.Company(context.RequestAborted);
        var fields = typed ?? new DeadlineFields { On = [.. book.On], CutOff = book.Rules.CutOff.ToString("HH:mm", CultureInfo.InvariantCulture), BillingDay = book.Rules.BillingDay?.ToString(CultureInfo.InvariantCulture), Routes = RouteFields.Of(company) };
        return Html.Show<DeadlinesPage, DeadlinesPage.View>(new(await frame.For(context), !company.IsSetUp, book, fields, errors ?? new Dictionary<string, string>()), errors is null ? 200 : 422);
    }

    private static async Task<IResult> SaveDeadlines(HttpContext context, Frame frame, StoredSettings stored, DeadlineDesk desk, [FromForm] DeadlineFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if (!TimeOnly.TryParseExact(fields.CutOff, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return await Deadlines(context, frame, stored, desk, fields, new Dictionary<string, string> { ["CutOff"] = "Give the hour at which a business day closes, such as 17:00." });
        int? billing = string.IsNullOrWhiteSpace(fields.BillingDay) ? null : int.TryParse(fields.BillingDay.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : 0;
        if (billing is < 1 or > 31)
            return await Deadlines(context, frame, stored, desk, fields, new Dictionary<string, string> { ["BillingDay"] = "Give the day of the month on which billing cycles close, 1 to 31, or leave it empty." });
        var (routes, wrong) = RouteFields.Read(fields.Routes);
        if (wrong.Count > 0)
            return await Deadlines(context, frame, stored, desk, fields, wrong);
        await stored.Set(await stored.Company(context.RequestAborted) with { Routes = routes });
        await desk.Set(new DeadlineSettings
        {
            CutOff = fields.CutOff!, BillingDay = billing,
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

    /// <summary>The day of the month on which billing cycles close; empty when there is none for all.</summary>
    public string? BillingDay { get; init; }

    /// <summary>Where customers can go next, by the key of the set.</summary>
    public Dictionary<string, RouteFields> Routes { get; init => field = value ?? []; } = [];
}

/// <summary>Where customers can go next by one set.</summary>
public sealed record RouteFields
{
    private const int Most = 500;
    public string? Body { get; init; }
    public string? Web { get; init; }
    public string? Address { get; init; }
    public string? Window { get; init; }

    /// <summary><c>on</c> when none is open to the company's customers.</summary>
    public string? None { get; init; }

    /// <summary>The form as it stands: what the company said, or else what the set says.</summary>
    public static Dictionary<string, RouteFields> Of(Company company) => PresetFiles.All.Where(preset => preset.Signpost is not null).ToDictionary(preset => preset.Key, preset =>
        company.Routes.TryGetValue(preset.Key, out var own) ? new RouteFields { Body = own.Body, Web = own.Web, Address = own.Address, Window = own.Window, None = own.IsNone ? "on" : null }
        : new RouteFields { Body = preset.Signpost!.Web is null ? "" : preset.Signpost.Body, Web = preset.Signpost.Web, Window = preset.Signpost.Window });

    /// <summary>What differs from the sets themselves, and what is wrong: field id → words.</summary>
    public static (IReadOnlyDictionary<string, NamedRoute> Routes, IReadOnlyDictionary<string, string> Errors) Read(IReadOnlyDictionary<string, RouteFields> typed)
    {
        var (routes, errors) = (new Dictionary<string, NamedRoute>(), new Dictionary<string, string>());
        foreach (var preset in PresetFiles.All.Where(preset => preset.Signpost is not null))
        {
            if (!typed.TryGetValue(preset.Key, out var fields))
                continue;
            var (post, route) = (preset.Signpost!, new NamedRoute(Text(fields.Body), Text(fields.Web), Text(fields.Address), Text(fields.Window), fields.None == "on"));
            if (route is { IsNone: false, Body: "", Web: "", Address: "", Window: "" } || route == new NamedRoute(post.Body, post.Web ?? "", "", post.Window ?? ""))
                continue; // as the set says
            if (new[] { route.Body, route.Web, route.Address, route.Window }.Any(text => text.Length > Most))
                errors[$"{preset.Key}-body"] = $"Keep each under {Most} characters.";
            else if (route is { IsNone: false, Body: "" })
                errors[$"{preset.Key}-body"] = "Name the body, as letters give it, such as “the Retail Ombudsman”.";
            else if (route is { IsNone: false, Web: "", Address: "" })
                errors[$"{preset.Key}-web"] = "Give its address on the web or on paper: customers must find it.";
            routes[preset.Key] = route;
        }

        return (routes, errors);
    }

    private static string Text(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
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

using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Alerts;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Alerts;

/// <summary>What stands out among complaints, each with its cases, its chart, and who else may have it.</summary>
public static class AlertEndpoints
{
    private const int Shown = 100, MostInFile = 5_000;

    /// <summary>What they need.</summary>
    public static void AddAlerts(this IServiceCollection services) =>
        services.AddSingleton<AlertDesk>().AddSingleton<AlertWhys>().AddSingleton(new MailedReport("signals", "Signals", Role.Lead, [AlertScan.Weeks * 7], Mailed));

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/signals", List).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/signals/export", Export).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/signals/cases", Cases).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/signals/{id:long}", (long id, HttpContext context, AlertDesk desk, AlertWhys whys, Frame frame, StoredSettings settings, TimeProvider clock) => One(context, desk, whys, frame, settings, clock, id, null, null)).RequireAuthorization(Policies.Lead);
        app.MapPost("/reports/signals/{id:long}/decision", Decide).RequireAuthorization(Policies.Lead);
        app.MapPost("/reports/signals/{id:long}/why", AskWhy).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> List(string? category, string? show, HttpContext context, AlertDesk desk, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var (ct, decided) = (context.RequestAborted, show == "decided");
        var counted = await desk.Counts(ct);
        var categories = counted.Categories;
        var chosen = category is { Length: > 0 and <= 60 } && categories.Contains(category) ? category : categories.FirstOrDefault();
        return Html.Show<AlertsPage, AlertsPage.View>(new(await frame.For(context), await desk.List(decided, Shown, ct), decided, categories, chosen is null ? null : counted.ChartOf(chosen), settings.Content.Categories, clock.GetUtcNow(), (await settings.Company(ct)).Zone()) { Waiting = await ReportBook.Waiting(database, ct) });
    }

    private static async Task<IResult> Export(string? show, HttpContext context, AlertDesk desk, StoredSettings settings) =>
        TableFile.Of(AlertWords.Csv(await desk.List(show == "decided", MostInFile, context.RequestAborted), settings.Content.Categories), show == "decided" ? "signals-decided" : "signals-open", context);

    /// <summary>The complaints of a week of a chart; of all its weeks without days that make sense.</summary>
    private static async Task<IResult> Cases(string? category, string? from, string? to, HttpContext context, AlertDesk desk, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var today = LocalDay.Of(clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        var (first, last) = (DayOf(from) ?? today.AddDays(1 - AlertScan.Weeks * 7), DayOf(to) ?? today);
        var named = category ?? "";
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), settings.Content.Categories.WordsOf(named) ?? (named.Length == 0 ? "No category yet" : named), $"that came {ReportCasesPage.Days(first, last)}, without what was another’s or not ours",
            last < first ? [] : await desk.Came(named, first, last, context.RequestAborted)));

        static DateOnly? DayOf(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is > 1900 and < 9999 ? read : null;
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var (open, set, company) = (await given.GetRequiredService<AlertDesk>().List(decided: false, MostInFile, ct), given.GetRequiredService<StoredSettings>().Content.Categories, await given.GetRequiredService<StoredSettings>().Company(ct));
        var today = LocalDay.Of(asked.Now, company.Zone());
        return new(today.AddDays(1 - asked.Days), today, "", [.. open.Take(Shown).Select(kept => new MailedLine(AlertWords.About(kept.Alert, set), Domain.Texts.Count(kept.Alert.Observed, "complaint"), AlertWords.Of(kept.Alert, set)))], [("signals", ReportFile.Rows(AlertWords.Csv(open, set)))])
        {
            Finding = open.Count == 0 ? "Nothing stands out." : null,
        };
    }

    private static async Task<IResult> One(HttpContext context, AlertDesk desk, AlertWhys whys, Frame frame, StoredSettings settings, TimeProvider clock, long id, string? typed, string? problem)
    {
        var ct = context.RequestAborted;
        if (await desk.Find(id, ct) is not { } alert)
            return TypedResults.NotFound();
        var chart = alert.Kept.Alert.Category.Length == 0 ? null : (await desk.Counts(ct)).ChartOf(alert.Kept.Alert.Category);
        return Html.Show<AlertPage, AlertPage.View>(new(await frame.For(context), alert, chart, settings.Content.Categories, clock.GetUtcNow(), (await settings.Company(ct)).Zone(), typed, problem) { Ladder = await whys.Find(alert.Kept, ct) }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Decide(long id, [FromForm] string? decision, [FromForm] string? words, HttpContext context, AlertDesk desk, AlertWhys whys, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        try
        {
            if (decision is not ("up" or "aside"))
                throw new Refused("decision", "Say whether it is taken up or set aside.");
            await database.Write(unit => AlertDesk.Decide(unit, id, decision == "up", words, context.User.Actor(), clock.GetUtcNow()));
            Frame.Say(context, decision == "up" ? "Taken up." : "Set aside. It is told anew when new cases come.");
            return TypedResults.Redirect303($"/reports/signals/{id}");
        }
        catch (Refused no)
        {
            return await One(context, desk, whys, frame, settings, clock, id, words, no.Message);
        }
    }

    private static async Task<IResult> AskWhy(long id, HttpContext context, AlertDesk desk, AlertWhys whys, Database database, TimeProvider clock)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } alert)
            return TypedResults.NotFound();
        var improvement = await database.Write(unit => whys.Ask(unit, alert.Kept, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted);
        return TypedResults.Redirect303($"/improvements/{improvement}#ladder");
    }
}

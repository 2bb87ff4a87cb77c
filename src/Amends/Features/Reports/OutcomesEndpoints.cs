using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Reports;

/// <summary>Where a manager lands: what customers said in the end, which promises were kept, what repeats, and what was changed.</summary>
public static class OutcomesEndpoints
{
    private const int LongestWhat = 200;

    /// <summary>What the page needs, and the report by mail.</summary>
    public static void AddOutcomes(this IServiceCollection services) =>
        services.AddSingleton<OutcomesQuery>().AddSingleton<Pages>().AddSingleton(new MailedReport("outcomes", "Outcomes", Role.Manager, OutcomesQuery.Choices, Mailed));

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var report = await given.GetRequiredService<OutcomesQuery>().Read(asked.Days, asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone(), ct);
        return new(report.From, report.From.AddDays(report.Days - 1), $"days={report.Days}",
            [.. report.Shares.Select(each => new MailedLine(each.Name, each.Now.IsFew ? "–" : $"{FigureWords.Percent(each.Now.Share!.Value)} %", each.Now.IsFew ? "too few to say" : $"{each.Now.Hits} of {each.Now.Of}; before {each.Before.Hits} of {each.Before.Of}"))],
            [("outcomes", ReportFile.Rows(report.Csv()))]);
    }

    private static int DaysOf(int? asked) => asked is { } days && OutcomesQuery.Choices.Contains(days) ? days : OutcomesQuery.Choices[0];

    /// <summary>Maps the report, its file, the cases behind a cause, and noting a change.</summary>
    public static void MapOutcomes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports", (HttpContext context) => TypedResults.LocalRedirect(context.User.Actor().Role >= Role.Manager ? "/reports/recovery" : "/practices")).RequireAuthorization(Policies.Reader);
        app.MapGet("/reports/outcomes", (int? days, HttpContext context, Pages pages) => pages.Show(context, days ?? 90, new(), null)).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/outcomes/export", async (int? days, HttpContext context, OutcomesQuery query, StoredSettings settings, TimeProvider clock) =>
        {
            var report = await query.Read(DaysOf(days), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);
            return TableFile.Of(report.Csv(), $"outcomes-{report.From:yyyy-MM-dd}-to-{report.From.AddDays(report.Days - 1):yyyy-MM-dd}", context);
        }).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/outcomes/cases", PutDownTo).RequireAuthorization(Policies.Manager);
        app.MapForm("/reports/improvements", Note).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> PutDownTo(string? cause, int? days, HttpContext context, OutcomesQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (back, named) = (DaysOf(days), cause ?? "");
        var cases = await query.PutDownTo(named, back, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), settings.Content.Causes.WordsOf(named) ?? (named.Length == 0 ? "No cause" : named), $"that ended in the last {back} days and were put down to it", cases));
    }

    private static async Task<IResult> Note([FromForm] OutcomesPage.Fields? sent, HttpContext context, Database database, StoredSettings settings, Pages pages, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (what, now, zone) = ((fields.What ?? "").Trim(), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        if (what.Length is 0 or > LongestWhat)
            return await pages.Show(context, 90, fields, ("What", what.Length == 0 ? "Say in a sentence what was changed." : $"That is longer than {LongestWhat} characters."));
        if (!DateOnly.TryParseExact(fields.Since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day > LocalDay.Of(now, zone) || day.Year < 2000)
            return await pages.Show(context, 90, fields, ("Since", "Choose the day since when it holds, today at the latest."));

        await database.Write(unit => unit.Run("insert into improvements (since, what, noted_by, noted_at) values (@since, @what, @Id, @now)",
            new { since = LocalDay.Begins(day, zone).ToUnixTimeMilliseconds(), what, context.User.Actor().Id, now = now.ToUnixTimeMilliseconds() }), context.RequestAborted);
        Frame.Say(context, "Noted. You see here whether it helps.");
        return TypedResults.Redirect303("/reports/outcomes");
    }

    /// <summary>Shows the page.</summary>
    public sealed class Pages(OutcomesQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        /// <summary>The page; with an error as 422.</summary>
        public async Task<IResult> Show(HttpContext context, int days, OutcomesPage.Fields fields, (string Field, string Words)? error)
        {
            var report = await query.Read(DaysOf(days), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);
            return Html.Show<OutcomesPage, OutcomesPage.View>(new(await frame.For(context), report, fields, error), error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }
    }
}

using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>What customers say beside the check-back, and what followed: letters of thanks, friends who came, orders that came after.</summary>
public static class SurveyEndpoints
{
    /// <summary>Maps the reports and the file.</summary>
    public static void MapSurveyReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/survey", Survey).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/survey/export", Export).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/follow-on", FollowOn).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/follow-on/cases", FollowOnBehind).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/follow-on/export", FollowOnFile).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Survey(int? days, HttpContext context, SurveyQuery query, StoredSettings settings, Frame frame, TimeProvider clock) =>
        Html.Show<SurveyPage, SurveyPage.View>(new(await frame.For(context), await Read(days, context, query, settings, clock)));

    private static async Task<IResult> Export(int? days, HttpContext context, SurveyQuery query, StoredSettings settings, TimeProvider clock)
    {
        var report = await Read(days, context, query, settings, clock);
        return TableFile.Of(report.Csv(), $"survey-{report.From:yyyy-MM-dd}-to-{report.To:yyyy-MM-dd}", context);
    }

    private static async Task<IResult> FollowOnBehind(string? of, int? days, HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (figure, back) = (of ?? "letters", SurveyQuery.DaysOf(days));
        return await FollowOnCases.Read(database, figure, back, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted) is { } cases
            ? Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), FollowOnCounts.WordsOf(figure), $"of the last {back} days", cases) { Note = FollowOnCases.NoteOf(figure) })
            : TypedResults.NotFound();
    }

    private static async Task<IResult> FollowOnFile(int? days, string? table, HttpContext context, Database database, StoredSettings settings, TimeProvider clock)
    {
        var counts = await FollowOnCounts.Read(database, SurveyQuery.DaysOf(days), clock.GetUtcNow(), context.RequestAborted);
        return table == "letters" ? TableFile.Of(counts.LettersCsv((await settings.Company(context.RequestAborted)).Zone()), $"letters-of-thanks-{counts.Days}-days", context) : TableFile.Of(counts.Csv(), $"what-followed-{counts.Days}-days", context);
    }

    private static async Task<SurveyReport> Read(int? days, HttpContext context, SurveyQuery query, StoredSettings settings, TimeProvider clock) =>
        await query.Read(SurveyQuery.DaysOf(days), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);

    private static async Task<IResult> FollowOn(int? days, HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        return Html.Show<FollowOnPage, FollowOnPage.View>(new(await frame.For(context), await FollowOnCounts.Read(database, SurveyQuery.DaysOf(days), now, context.RequestAborted), company.FollowOn.IsOn, now, company.Zone()));
    }
}

using Amends.Data;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>Whether like cases got like answers.</summary>
public static class ConsistencyEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddConsistency(this IServiceCollection services) => services.AddSingleton<ConsistencyQuery>();

    /// <summary>Maps the page, its cases and the file.</summary>
    public static void MapConsistency(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/consistency", Show).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/consistency/cases", Cases).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/consistency/export", Export).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, Frame frame, TimeProvider clock) =>
        Html.Show<ConsistencyPage, ConsistencyPage.View>(new(await frame.For(context), ConsistencyQuery.DaysOf(days), await Read(days, context, query, settings, clock)));

    private static async Task<IResult> Cases(string? of, int? severity, int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (company, back, grave) = (await settings.Company(context.RequestAborted), ConsistencyQuery.DaysOf(days), severity == (int)Severity.High ? Severity.High : Severity.Normal);
        var cases = await query.Cases(of ?? "", grave, back, company.Currency, clock.GetUtcNow(), company.Zone(), context.RequestAborted);
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), "What was chosen", $"of the last {back} days{(of is null ? "" : $", {query.WordsOf(of)}")}, {ConsistencyQuery.Words(grave)} severity", cases) { Note = "Worth" });
    }

    private static async Task<IResult> Export(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, TimeProvider clock) =>
        TableFile.Of(ConsistencyQuery.Csv(await Read(days, context, query, settings, clock)), $"like-answers-{ConsistencyQuery.DaysOf(days)}-days", context);

    private static async Task<IReadOnlyList<ConsistencyQuery.Row>> Read(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, TimeProvider clock) =>
        await query.Read(ConsistencyQuery.DaysOf(days), (await settings.Company(context.RequestAborted)).Currency, clock.GetUtcNow(), context.RequestAborted);
}

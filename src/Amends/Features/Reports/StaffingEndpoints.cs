using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>How many people it takes so that nobody waits for long, by one's own calls and mail.</summary>
public static class StaffingEndpoints
{
    /// <summary>Maps the page and the file.</summary>
    public static void MapStaffing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/staffing", Show).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/staffing/export", Export).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var report = await Read(context, database, company, now);
        return Html.Show<StaffingPage, StaffingPage.View>(new(await frame.For(context), report, company.Zone(), now, company.Calls.IsOn, Typed(context)),
            report.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Export(HttpContext context, Database database, StoredSettings settings, TimeProvider clock)
    {
        var report = await Read(context, database, await settings.Company(context.RequestAborted), clock.GetUtcNow());
        return report.Errors.Count > 0
            ? TypedResults.Text(string.Join('\n', report.Errors.Values), "text/plain; charset=utf-8", statusCode: StatusCodes.Status422UnprocessableEntity)
            : TableFile.Of(report.Csv(), $"staffing-{report.Log.Calls.From:yyyy-MM-dd}-to-{report.Log.Calls.To:yyyy-MM-dd}", context);
    }

    private static Task<StaffingReport> Read(HttpContext context, Database database, Company company, DateTimeOffset now) => StaffingReport.Read(database, company, Typed(context), now, context.RequestAborted);

    private static Func<string, string?> Typed(HttpContext context) => name => context.Request.Query[name] is [.., { } text] ? text : null;
}

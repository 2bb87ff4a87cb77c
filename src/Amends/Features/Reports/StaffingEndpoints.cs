using System.Globalization;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>How many people it takes so that nobody waits for long, by one's own calls and mail.</summary>
public static class StaffingEndpoints
{
    /// <summary>What the cases behind it need.</summary>
    public static void AddStaffing(this IServiceCollection services) => services.AddSingleton<StaffingCases>();

    /// <summary>Maps the page, the file, and the cases behind a figure.</summary>
    public static void MapStaffing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/staffing", Show).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/staffing/export", Export).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/staffing/cases", Cases).RequireAuthorization(Policies.Manager);
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

    private static async Task<IResult> Cases(string? of, int? weeks, string? at, long? least, long? below, string? open, HttpContext context, StaffingCases cases, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        if (WantedContacts.Parse(of, weeks, at, least, below, open) is not { } wanted)
            return TypedResults.NotFound();
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var found = await cases.Read(wanted, company, now, context.RequestAborted);
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), NameOf(wanted.Part), WordsOf(wanted), found) { Note = StaffingCases.NoteOf(wanted.Part) });
    }

    private static string NameOf(ContactPart part) => part switch
    {
        ContactPart.Calls => "They rang",
        ContactPart.Missed => "They rang, and nobody answered",
        ContactPart.Written => "They wrote",
        ContactPart.FirstWord => "Waiting for a first word",
        _ => "The customer spoke last",
    };

    private static string WordsOf(WantedContacts wanted)
    {
        if (wanted.Part == ContactPart.OurTurn)
            return "that are open";
        if (wanted.Part != ContactPart.FirstWord)
            return $"of the last {wanted.Weeks} weeks{(wanted.At is { } half ? $", {half.Day} from {half.From.ToString("HH:mm", CultureInfo.InvariantCulture)} for half an hour" : "")}{(wanted.Part == ContactPart.Written ? "" : ", as it was written down on cases")}";
        var span = (wanted.Least, wanted.Below) switch
        {
            ({ } least, { } below) => $" from {When.Span(TimeSpan.FromMinutes(least))} to {When.Span(TimeSpan.FromMinutes(below))}",
            ({ } least, null) => $" for {When.Span(TimeSpan.FromMinutes(least))} or longer",
            (null, { } below) => $" for less than {When.Span(TimeSpan.FromMinutes(below))}",
            _ => "",
        };
        return $"that wait{span}{(wanted.ByClock || span.Length == 0 ? "" : " of open hours")}";
    }

    private static Task<StaffingReport> Read(HttpContext context, Database database, Company company, DateTimeOffset now) => StaffingReport.Read(database, company, Typed(context), now, context.RequestAborted);

    private static Func<string, string?> Typed(HttpContext context) => name => context.Request.Query[name] is [.., { } text] ? text : null;
}

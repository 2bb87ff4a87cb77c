using System.Text;
using Amends.Data;
using Amends.Data.Regulatory;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Regulatory;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>Counts for regulators: the page, its files, the data of each complaint, and the cases behind a figure.</summary>
public static class RegulatoryEndpoints
{
    private const string Path = "/reports/regulatory", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Csv = "text/csv; charset=utf-8";

    /// <summary>What they need.</summary>
    public static void AddRegulatory(this IServiceCollection services) =>
        services.AddSingleton<RegulatoryDesk>().AddSingleton(new MailedReport("regulatory", "Regulatory counts", Role.Manager, [184], Mailed)); // the last half-year that is over

    /// <summary>Maps them.</summary>
    public static void MapRegulatory(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Show).RequireAuthorization(Policies.Manager);
        app.MapGet(Path + "/export", Export).RequireAuthorization(Policies.Manager);
        app.MapGet(Path + "/complaints/export", Complaints).RequireAuthorization(Policies.Manager);
        app.MapGet(Path + "/cases", Cases).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(string? period, string? from, string? to, HttpContext context, RegulatoryDesk desk, Frame frame)
    {
        var (asked, today) = (new PeriodAsked(period, from, to), await desk.Today(context.RequestAborted));
        var (days, errors) = asked.Read(today);
        return Html.Show<RegulatoryPage, RegulatoryPage.View>(new(await frame.For(context), await desk.Read(days, context.RequestAborted), asked, errors, today), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Export(string? period, string? from, string? to, string? format, string? table, HttpContext context, RegulatoryDesk desk, Frame frame)
    {
        var (days, errors) = new PeriodAsked(period, from, to).Read(await desk.Today(context.RequestAborted));
        if (errors.Count > 0)
            return await Show(period, from, to, context, desk, frame);
        var report = (await desk.Read(days, context.RequestAborted)).Report;
        var name = $"regulatory-{days.From:yyyy-MM-dd}-to-{days.To:yyyy-MM-dd}";
        if (format == "xlsx")
            return TypedResults.File(ReportFile.Workbook(report), Xlsx, name + ".xlsx");
        return ReportFile.Csv(report, table) is { } csv ? TypedResults.File(Encoding.UTF8.GetBytes(csv), Csv, $"{name}-{table ?? "figures"}.csv") : TypedResults.NotFound();
    }

    private static async Task<IResult> Complaints(string? period, string? from, string? to, string? format, HttpContext context, RegulatoryDesk desk, Database database, StoredSettings settings)
    {
        var (days, errors) = new PeriodAsked(period, from, to).Read(await desk.Today(context.RequestAborted));
        if (errors.Count > 0 || !days.IsHalfYear)
            return Refused(errors.Count > 0 ? string.Join('\n', errors.Values) : "This data is handed in by half-years. Choose January to June or July to December.");
        var (company, name) = (await settings.Company(context.RequestAborted), $"complaints-{days.Code}");
        IReadOnlyList<object?> head = [.. ComplaintData.Columns.Select(column => column.Code)];
        if (format == "xlsx")
        {
            if ((await desk.Read(days, context.RequestAborted)).Rows is var many and > ComplaintData.MostInWorkbook)
                return Refused($"These are {many} complaints, too many for a workbook. Take the CSV: it has no bound.");
            var rows = await database.Read(async connection =>
            {
                List<IReadOnlyList<object?>> all = [head];
                await foreach (var row in ComplaintData.Rows(connection, database, company, days, context.RequestAborted))
                    all.Add(row);
                return all;
            }, context.RequestAborted);
            return TypedResults.File(ReportFile.Workbook([("complaints", rows)]), Xlsx, name + ".xlsx");
        }

        return TypedResults.Stream(stream => database.Read(async connection =>
        {
            await using var file = new StreamWriter(stream, new UTF8Encoding(false));
            await file.WriteAsync(ReportFile.Csv([head]));
            await foreach (var row in ComplaintData.Rows(connection, database, company, days, context.RequestAborted))
                await file.WriteAsync(ReportFile.Csv([row]));
            return 0;
        }, context.RequestAborted), Csv, name + ".csv");
    }

    private static async Task<IResult> Cases(string? count, string? from, string? to, string? week, string? quick, string? outcome, string? product, string? category, HttpContext context, RegulatoryDesk desk, Frame frame)
    {
        var (days, errors) = new PeriodAsked(null, from, to).Read(await desk.Today(context.RequestAborted));
        if (errors.Count > 0 || Of<ComplaintCount>(count ?? nameof(ComplaintCount.Opened)) is not { } of || (week, Of<WeekBand>(week)) is (not null, null) || (quick, Of<QuickBand>(quick)) is (not null, null) || (outcome, Of<ComplaintOutcome>(outcome)) is (not null, null))
            return TypedResults.NotFound();
        var asked = new ComplaintsAsked(of, days, Of<WeekBand>(week), Of<QuickBand>(quick), Of<ComplaintOutcome>(outcome), product, category);
        return Html.Show<RegulatoryCasesPage, RegulatoryCasesPage.View>(new(await frame.For(context), asked, await desk.Cases(asked, context.RequestAborted)));
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var days = ReportingPeriod.LastOver(LocalDay.Of(asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone()));
        var counts = await given.GetRequiredService<RegulatoryDesk>().Read(days, ct);
        return new(days.From, days.To, "period=" + days.Code, [.. counts.Report.Figures.Select(figure => FigureWords.Line(figure, counts.Report.Currency))], ReportFile.Sheets(counts.Report)) { Finding = string.Join(' ', [.. counts.Notices, counts.Report.Finding]) is var words && words.Trim().Length > 0 ? words.Trim() : null };
    }

    private static IResult Refused(string words) => TypedResults.Text(words, "text/plain; charset=utf-8", statusCode: StatusCodes.Status422UnprocessableEntity);

    private static T? Of<T>(string? name) where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;
}

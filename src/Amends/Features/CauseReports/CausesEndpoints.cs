using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Causes;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CauseReports;

/// <summary>Why complaints come: by category, cause, product, lot, carrier, supplier and place, with the cases behind every figure, and what a supplier or a carrier can be sent.</summary>
public static class CausesEndpoints
{
    private const int UsualLevel = 2;

    /// <summary>What the pages need.</summary>
    public static void AddCauses(this IServiceCollection services) => services.AddSingleton<CauseQuery>().AddSingleton<ImprovementDesk>().AddSingleton(new MailedReport("causes", "Causes", Role.Manager, [90, 30, 365], Mailed));

    /// <summary>Maps the report, its file and its cases, and the report for a partner.</summary>
    public static void MapCauses(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/causes", Report).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/causes/export", Export).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/causes/cases", Cases).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/partner", Partner).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/partner/export", PartnerFile).RequireAuthorization(Policies.Manager);
    }

    /// <summary>How fine categories and causes are shown: 1 to 3.</summary>
    internal static int LevelOf(int? asked) => asked is 1 or 2 or 3 ? asked.Value : UsualLevel;

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var span = CauseSpan.Until(asked.Now, asked.Days, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone());
        var report = await given.GetRequiredService<CauseQuery>().Read(CauseQuery.DimensionOf(null), UsualLevel, span, CauseWeight.Count, ct);
        return new(span.FirstDay, span.LastDay, $"days={span.Days}",
            [.. report.Lines.Select(line => new MailedLine(line.Words, Domain.Texts.Count(line.Complaints, "complaint"), line.Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} in a thousand orders") : ""))],
            [("causes", ReportFile.Rows(report.Csv()))]);
    }

    private static async Task<IResult> Report(string? by, int? days, int? level, string? weigh, HttpContext context, CauseQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var report = await query.Read(CauseQuery.DimensionOf(by), LevelOf(level), await Span(days, settings, clock, context.RequestAborted), CauseQuery.WeightOf(weigh) ?? CauseWeight.Count, context.RequestAborted);
        return Html.Show<CausesPage, CausesPage.View>(new(await frame.For(context), report));
    }

    private static async Task<IResult> Export(string? by, int? days, int? level, string? weigh, HttpContext context, CauseQuery query, StoredSettings settings, TimeProvider clock)
    {
        var report = await query.Read(CauseQuery.DimensionOf(by), LevelOf(level), await Span(days, settings, clock, context.RequestAborted), CauseQuery.WeightOf(weigh) ?? CauseWeight.Count, context.RequestAborted);
        return TableFile.Of(report.Csv(), $"causes-by-{report.By.ToString().ToLowerInvariant()}-{report.Span.FirstDay:yyyy-MM-dd}-to-{report.Span.LastDay:yyyy-MM-dd}", context);
    }

    private static async Task<IResult> Cases(string? by, string? of, string? first, int? days, HttpContext context, CauseQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (dimension, span) = (CauseQuery.DimensionOf(by), await Span(days, settings, clock, context.RequestAborted));
        var (which, heard) = (of?.Trim() ?? "", dimension == Dimension.Category ? first?.Trim() : null);
        var cases = heard is null ? await query.Cases(dimension, which, span, context.RequestAborted) : await query.Heard(heard, which, span, context.RequestAborted);
        return Html.Show<CauseCasesPage, CauseCasesPage.View>(new(await frame.For(context), dimension, which, span, cases) { First = heard });
    }

    private static async Task<IResult> Partner(string? by, string? of, int? days, string? ask, HttpContext context, Database database, CauseQuery query, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var span = await Span(days, settings, clock, context.RequestAborted);
        var report = await Find(by, of, span, database, settings, context.RequestAborted);
        var names = (Suppliers: await query.Names(Dimension.Supplier, span.To, context.RequestAborted), Carriers: await query.Names(Dimension.Carrier, span.To, context.RequestAborted));
        var tooLong = ask?.Length > PartnerReport.LongestAsk;
        return Html.Show<PartnerPage, PartnerPage.View>(new(await frame.For(context), await settings.Company(context.RequestAborted), span, IsCarrier(by) ? Dimension.Carrier : Dimension.Supplier, of?.Trim() ?? "", names.Suppliers, names.Carriers, report, string.IsNullOrWhiteSpace(ask) ? PartnerReport.UsualAsk : ask.Trim(), tooLong),
            tooLong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> PartnerFile(string? by, string? of, int? days, HttpContext context, Database database, StoredSettings settings, TimeProvider clock) =>
        await Find(by, of, await Span(days, settings, clock, context.RequestAborted), database, settings, context.RequestAborted) is { } report
            ? TableFile.Of(report.Csv(), $"complaints-{(report.By == Dimension.Carrier ? "carrier" : "supplier")}-{report.Span.FirstDay:yyyy-MM-dd}-to-{report.Span.LastDay:yyyy-MM-dd}", context)
            : TypedResults.NotFound();

    private static async Task<PartnerReport?> Find(string? by, string? of, CauseSpan span, Database database, StoredSettings settings, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(of) ? null : await PartnerReport.Read(database, IsCarrier(by) ? Dimension.Carrier : Dimension.Supplier, of.Trim(), span, (await settings.Company(ct)).Content.Categories, settings.Content.Causes, ct);

    private static bool IsCarrier(string? by) => by == "carrier";

    private static async Task<CauseSpan> Span(int? days, StoredSettings settings, TimeProvider clock, CancellationToken ct) => CauseSpan.Until(clock.GetUtcNow(), days, (await settings.Company(ct)).Zone());
}

using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Reports;

namespace Amends.Features.Reports;

/// <summary>These reports by mail.</summary>
public static class MailedReports
{
    /// <summary>Adds them: those of the counts, and what customers say.</summary>
    public static void AddMailedReports(this IServiceCollection services)
    {
        foreach (var entry in ReportBook.All)
            services.AddSingleton(new MailedReport(entry.Key, entry.Title, entry.From, entry.Days == ReportBook.UsualDays ? [90, 7, 30, 365] : [365, 7, 30, 90], (given, asked, ct) => Counted(entry, given, asked, ct)) { HasCategory = true });
        services.AddSingleton(new MailedReport("survey", "What they say", Role.Manager, [90, 30, 365], Survey));
    }

    private static async Task<MailedContent> Counted(ReportBook.Entry entry, IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var yesterday = LocalDay.Of(asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone()).AddDays(-1);
        var report = await given.GetRequiredService<ReportBook>().Read(entry, new Slice(yesterday.AddDays(1 - asked.Days), yesterday, asked.Category), asked.Reader, ct);
        var slice = report.Slice;
        return new(slice.From, slice.To, $"from={slice.From:yyyy-MM-dd}&to={slice.To:yyyy-MM-dd}{(slice.Category is { } category ? $"&category={Uri.EscapeDataString(category)}" : "")}",
            [.. report.Figures.Select(figure => FigureWords.Line(figure, report.Currency))], ReportFile.Sheets(report)) { Finding = report.Finding };
    }

    private static async Task<MailedContent> Survey(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var report = await given.GetRequiredService<SurveyQuery>().Read(asked.Days, asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone(), ct);
        return new(report.From, report.To, $"days={report.Days}",
            [.. SurveyReport.Shares(report.All).Select(each => new MailedLine(each.Words, each.Share.IsFew ? "–" : $"{FigureWords.Percent(each.Share.Share!.Value)} %", each.Share.IsFew ? "too few to say" : $"{each.Share.Hits} of {each.Share.Of}"))],
            [("survey", ReportFile.Rows(report.Csv()))]);
    }
}

using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Domain.Staffing;
using Amends.Domain.Statistics;

namespace Amends.Features.Reports;

/// <summary>These reports by mail.</summary>
public static class MailedReports
{
    private const int DaysOfWeek = 7;

    /// <summary>Adds them: those of the counts, and what customers say.</summary>
    public static void AddMailedReports(this IServiceCollection services)
    {
        foreach (var entry in ReportBook.All)
            services.AddSingleton(new MailedReport(entry.Key, entry.Title, entry.From, entry.Days == ReportBook.UsualDays ? [90, 7, 30, 365] : [365, 7, 30, 90], (given, asked, ct) => Counted(entry, given, asked, ct)) { HasCategory = true });
        services.AddSingleton(new MailedReport("survey", "What they say", Role.Manager, [90, 30, 365], Survey));
        services.AddSingleton(new MailedReport("follow-on", "What followed", Role.Manager, [90, 30, 365], FollowOn));
        services.AddSingleton(new MailedReport("consistency", "Like answers", Role.Manager, ConsistencyQuery.Choices, Consistency));
        services.AddSingleton(new MailedReport("hearing", "How it hears", Role.Lead, [90, 30, 365], Hearing));
        services.AddSingleton(new MailedReport("staffing", "Enough people", Role.Manager, [.. StaffingQuestion.Ranges.OrderBy(weeks => weeks != new StaffingQuestion().Weeks).Select(weeks => weeks * DaysOfWeek)], Staffing));
    }

    private static async Task<MailedContent> FollowOn(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var zone = (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone();
        var counts = await FollowOnCounts.Read(given.GetRequiredService<Database>(), asked.Days, asked.Now, ct);
        var to = LocalDay.Of(asked.Now, zone);
        return new(to.AddDays(-asked.Days), to, $"days={counts.Days}",
            [.. counts.Figures.Select(figure => figure.Share is { } share ? Line(figure.Words, share, "complaints") : new MailedLine(figure.Words, figure.Count.ToString(CultureInfo.InvariantCulture), ""))],
            [("figures", ReportFile.Rows(counts.Csv())), ("letters", ReportFile.Rows(counts.LettersCsv(zone)))]);
    }

    private static async Task<MailedContent> Consistency(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var company = await given.GetRequiredService<StoredSettings>().Company(ct);
        var rows = await given.GetRequiredService<ConsistencyQuery>().Read(asked.Days, company.Currency, asked.Now, ct);
        var to = LocalDay.Of(asked.Now, company.Zone());
        return new(to.AddDays(-asked.Days), to, $"days={asked.Days}",
            [.. rows.Where(row => !row.Spread.IsFew).Select(row => new MailedLine($"{row.Category}, {row.SeverityWords}", $"{row.Of(row.Spread.Median)} in the middle", $"of {Texts.Count(row.Spread.Count, "case")}, the middle half {row.Of(row.Spread.Lower)} to {row.Of(row.Spread.Upper)}"))],
            [("consistency", ReportFile.Rows(ConsistencyQuery.Csv(rows)))])
        {
            Finding = rows.Sum(row => row.Outliers.Count) switch { 0 => null, 1 => "One case stands out. There may be a good reason: look before you think anything.", var many => $"{many} cases stand out. There may be good reasons: look before you think anything." },
        };
    }

    private static async Task<MailedContent> Hearing(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var zone = (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone();
        var report = await given.GetRequiredService<HearingDesk>().Read(asked.Days, asked.Now, zone, ct);
        return new(report.From, LocalDay.Of(asked.Now, zone), $"days={report.Days}",
            [Line("Corrected", report.Share, "messages that were heard"), .. HearingReport.Named(report.Sample).Select(each => Line($"Sample, {each.Figure}", each.Share, "messages"))],
            [("hearing", ReportFile.Rows(report.Csv()))]);
    }

    /// <summary>With the assumptions that the page begins with, and the call length that was measured.</summary>
    private static async Task<MailedContent> Staffing(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var company = await given.GetRequiredService<StoredSettings>().Company(ct);
        var weeks = asked.Days / DaysOfWeek;
        var report = await StaffingReport.Read(given.GetRequiredService<Database>(), company, name => name == "weeks" ? weeks.ToString(CultureInfo.InvariantCulture) : null, asked.Now, ct);
        return new(report.Log.Calls.From, report.Log.Calls.To, $"weeks={weeks}",
            [
                report.Plan.At is { Contacts.Contacts: > 0 } busiest ? new MailedLine("At the telephone in the busiest half hour", People(busiest.Needed), string.Create(CultureInfo.InvariantCulture, $"{busiest.Contacts.At.Day} from {busiest.Contacts.At.From:HH:mm}")) : new MailedLine("At the telephone in the busiest half hour", "–", "no calls to reckon with"),
                new MailedLine("To keep up with what is written to us", People(report.Plan.Written.Needed), $"{Texts.Count(report.Plan.Written.Waiting, "case")} waiting"),
            ],
            [("staffing", ReportFile.Rows(report.Csv()))]) { Finding = report.Warnings.Count > 0 ? report.Warnings[0] : null };
    }

    private static string People(int number) => number == 1 ? "one person" : $"{number} people";

    private static MailedLine Line(string words, Proportion share, string what) => new(words, share.IsFew ? "–" : $"{FigureWords.Percent(share.Share!.Value)} %", share.IsFew ? "too few to say" : $"{share.Hits} of {share.Of} {what}");

    private static async Task<MailedContent> Counted(ReportBook.Entry entry, IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var yesterday = LocalDay.Of(asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone()).AddDays(-1);
        var report = await given.GetRequiredService<ReportBook>().Read(entry, new Slice(yesterday.AddDays(1 - asked.Days), yesterday, asked.Category), asked.Reader, ct);
        var slice = report.Slice;
        return new(slice.From, slice.To, $"from={slice.From:yyyy-MM-dd}&to={slice.To:yyyy-MM-dd}{slice.CategoryQuery}",
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

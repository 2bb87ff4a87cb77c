using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;

namespace Amends.Features.Api;

/// <summary>Reports on what customers say and what followed, for programs.</summary>
public sealed class ReadReports(Database database, SurveyQuery survey, ReportBook book, StoredSettings settings, TimeProvider clock)
{
    /// <summary>What customers said.</summary>
    public async Task<SurveyReportAnswer> Survey(string? days, CancellationToken ct)
    {
        var report = await survey.Read(DaysOf(days), clock.GetUtcNow(), (await settings.Company(ct)).Zone(), ct);
        return new(report.Days, Part(report.From, report.To, report.All), [.. report.Parts.Select(part => Part(part.From, part.To, part.Tally))],
            [.. report.Efforts.Select(each => new EffortReport(each.Name, each.Cases, each.Contacts, each.Channels, each.Transfers, each.Repeats, each.Forms, each.Days, Share(each.NothingTwice)))]);
    }

    /// <summary>What followed.</summary>
    public async Task<FollowOnReportAnswer> FollowOn(string? days, CancellationToken ct)
    {
        var counts = await FollowOnCounts.Read(database, DaysOf(days), clock.GetUtcNow(), ct);
        return new(counts.Days, counts.Letters, counts.AskedForReview, counts.WithCode, counts.WantNone, counts.Referrals, counts.ReferralOrders, Share(counts.AfterYes), Share(counts.AfterOther));
    }

    /// <summary>What leads found when they looked again.</summary>
    public async Task<SecondLookReportAnswer> SecondLooks(string? days, CancellationToken ct)
    {
        var counts = await SampleCounts.Read(database, DaysOf(days), clock.GetUtcNow(), ct);
        return new(counts.Days, counts.Cases.Count, counts.Mails.Count, [.. counts.Groups.Select(each => new SampleAnswer(each.Code, Share(each.Wrong)))]);
    }

    /// <summary>One of the reports that are read from the counts.</summary>
    public async Task<CountedReportAnswer> Counted(ReportBook.Entry entry, string? from, string? to, string? category, CancellationToken ct)
    {
        var today = LocalDay.Of(clock.GetUtcNow(), (await settings.Company(ct)).Zone());
        var last = Day("to", to) ?? today;
        var first = Day("from", from) ?? entry.Usual(last).From;
        if (first > last || last.DayNumber - first.DayNumber > 3660)
            throw new BadField("from", "from is a day before to, and not more than ten years.");
        if (category is not null and not Slice.NoCategory && CategorySet.WordsOf(category) is null)
            throw new BadField("category", $"category is a code of the set, such as DEL or DEL.late, or {Slice.NoCategory} for what has none yet.");
        var report = await book.Read(entry, new(first, last, category == Slice.NoCategory ? "" : category), null, ct);
        return new(report.Key, report.Question, first, last, category, report.Waiting, [.. report.Figures.Select(Of)], [.. ReportFile.Sheets(report).Skip(1).Select(sheet => new TableAnswer(sheet.Code, [.. sheet.Rows[0].Select(cell => $"{cell}")], [.. sheet.Rows.Skip(1)]))]);
    }

    /// <summary>A figure, for programs.</summary>
    internal static FigureAnswer Of(Figure figure) => new(figure.Code, figure.Name, figure.Definition, figure.Unit.ToString().ToLowerInvariant(), figure.IsFew ? null : figure.Value, figure.IsFew ? null : figure.Hits, figure.Of,
        figure.IsFew ? null : figure.Interval?.Low, figure.IsFew ? null : figure.Interval?.High, figure.IsFew ? null : figure.P90, figure.Before);

    private static DateOnly? Day(string field, string? typed) => typed is null ? null
        : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9000 ? day : throw new BadField(field, $"{field} is a day from 2000 on, such as 2026-03-31.");

    private static int DaysOf(string? asked) => DaysOf(asked, SurveyQuery.Choices, SurveyQuery.DaysOf(null));

    /// <summary>One of some numbers of days, or the usual one.</summary>
    /// <exception cref="BadField">It is none of them.</exception>
    internal static int DaysOf(string? asked, IReadOnlyList<int> choices, int usual) => asked is null ? usual
        : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && choices.Contains(days) ? days
        : throw new BadField("days", $"days is one of {string.Join(", ", choices)}.");

    private static SurveyPartAnswer Part(DateOnly from, DateOnly to, SurveyTally tally) => new(from, to, tally.Response.Of, tally.Answered, tally.Silent, tally.Waived, Share(tally.Response), tally.Ease.IsFew ? null : tally.MeanEase,
        SurveyReport.Shares(tally).ToDictionary(each => each.Code, each => Share(each.Share)));

    /// <summary>A share, for programs.</summary>
    internal static ShareAnswer Share(Proportion share) => share.IsFew ? new(null, share.Of, null, null, null) : new(share.Hits, share.Of, share.Share, share.Interval?.Low, share.Interval?.High);
}

/// <summary>So many of so many with the 95 % interval of Wilson; of fewer than ten only how many they are.</summary>
public sealed record ShareAnswer(int? Hits, int Of, double? Share, double? Low, double? High);

/// <summary>What was said in a stretch of time.</summary>
public sealed record SurveyPartAnswer(DateOnly From, DateOnly To, int Asked, int Answered, int Silent, int Waived, ShareAnswer Response, double? MeanEase, IReadOnlyDictionary<string, ShareAnswer> Answers);

/// <summary>What cases cost their customers, in means.</summary>
public sealed record EffortReport(string Who, int Cases, double Contacts, double Channels, double Transfers, double Repeats, double Forms, double Days, ShareAnswer NothingAskedTwice);

/// <summary>The survey.</summary>
public sealed record SurveyReportAnswer(int Days, SurveyPartAnswer All, IReadOnlyList<SurveyPartAnswer> Parts, IReadOnlyList<EffortReport> Effort);

/// <summary>What followed good ends.</summary>
public sealed record FollowOnReportAnswer(int Days, int Letters, int AskedForReview, int WithCode, int WantNone, int Referrals, int ReferralOrders, ShareAnswer OrderedAgainAfterYes, ShareAnswer OrderedAgainAfterOther);

/// <summary>One way in which something ends unasked, and how often that was wrong.</summary>
public sealed record SampleAnswer(string Code, ShareAnswer Wrong);

/// <summary>Second looks.</summary>
public sealed record SecondLookReportAnswer(int Days, int CasesWaiting, int MailsWaiting, IReadOnlyList<SampleAnswer> Groups);

/// <summary>A figure with its definition; of fewer than ten only how many they are. Minutes are medians, money is minor units for each.</summary>
public sealed record FigureAnswer(string Code, string Name, string Definition, string Unit, double? Value, long? Hits, long Of, double? Low, double? High, long? P90, double? Before);

/// <summary>A table of a report, as in its CSV: times are minutes.</summary>
public sealed record TableAnswer(string Code, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A report that is read from the counts; so many changes of cases are not in it yet.</summary>
public sealed record CountedReportAnswer(string Report, string Question, DateOnly From, DateOnly To, string? Category, long Waiting, IReadOnlyList<FigureAnswer> Figures, IReadOnlyList<TableAnswer> Tables);

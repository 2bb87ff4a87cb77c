using System.Globalization;
using Amends.Data;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;

namespace Amends.Features.Api;

/// <summary>Reports on what customers say and what followed, for programs.</summary>
public sealed class ReadReports(Database database, SurveyQuery survey, StoredSettings settings, TimeProvider clock)
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

    private static int DaysOf(string? asked) => asked is null ? SurveyQuery.DaysOf(null)
        : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && SurveyQuery.Choices.Contains(days) ? days
        : throw new BadField("days", $"days is one of {string.Join(", ", SurveyQuery.Choices)}.");

    private static SurveyPartAnswer Part(DateOnly from, DateOnly to, SurveyTally tally) => new(from, to, tally.Response.Of, tally.Answered, tally.Silent, tally.Waived, Share(tally.Response), tally.Ease.IsFew ? null : tally.MeanEase,
        SurveyReport.Shares(tally).ToDictionary(each => each.Code, each => Share(each.Share)));

    private static ShareAnswer Share(Proportion share) => share.IsFew ? new(null, share.Of, null, null, null) : new(share.Hits, share.Of, share.Share, share.Interval?.Low, share.Interval?.High);
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

using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Outcomes;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>Reports that were read on their pages alone: outcomes, like answers, how it hears, what came of public mentions.</summary>
public sealed class ReadOutcomes(OutcomesQuery outcomes, ConsistencyQuery consistency, HearingDesk hearing, Database database, StoredSettings settings, TimeProvider clock)
{
    /// <summary>What came of the last days, beside as many days before.</summary>
    public async Task<OutcomesAnswer> Outcomes(string? days, CancellationToken ct)
    {
        var report = await outcomes.Read(ReadReports.DaysOf(days, OutcomesQuery.Choices, OutcomesQuery.Choices[0]), clock.GetUtcNow(), (await settings.Company(ct)).Zone(), ct);
        return new(report.Days, report.From, report.From.AddDays(report.Days - 1), report.Waiting, Of(report.This), Of(report.Last), [.. report.Shares.Select(each => new OutcomeShareAnswer(each.Code, each.Name, ReadReports.Share(each.Now), ReadReports.Share(each.Before)))],
            [.. report.Bars.Select(bar => new PromiseBarAnswer(bar.From, bar.Kept, bar.Missed))], [.. report.Patterns.Select(each => new PatternAnswer(each.Sort, each.Name, each.Complaints, each.Orders, each.Rate, each.Within?.Low, each.Within?.High))],
            [.. report.Causes.Select(each => new EndedForAnswer(each.Cause, each.Cases))], [.. report.Lessons.Select(each => new OutcomeLearnedAnswer(each.Number, each.Words, each.At))], report.LearnedFrom,
            [.. report.Improvements.Select(each => new ChangedAnswer(each.What, each.By, each.Since, ReadReports.Share(each.Before), ReadReports.Share(each.After), each.Cases))]);
    }

    /// <summary>Whether like cases got like answers.</summary>
    public async Task<ConsistencyAnswer> Consistency(string? days, CancellationToken ct)
    {
        var span = ReadReports.DaysOf(days, ConsistencyQuery.Choices, ConsistencyQuery.Choices[0]);
        var rows = await consistency.Read(span, (await settings.Company(ct)).Currency, clock.GetUtcNow(), ct);
        return new(span, [.. rows.Select(row => row.Spread.IsFew ? new LikeAnswer(row.Category, row.Severity, row.Spread.Count, null, null, null, []) : new LikeAnswer(row.Category, row.Severity, row.Spread.Count, Of(row, row.Spread.Median), Of(row, row.Spread.Lower), Of(row, row.Spread.Upper),
            [.. row.Outliers.Select(each => new StandsOutAnswer(each.Number, new(each.Value.Minor, each.Value.Currency)))]))]);
    }

    /// <summary>How well upset words are heard.</summary>
    public async Task<HearingAnswer> Hearing(string? days, CancellationToken ct)
    {
        var report = await hearing.Read(ReadReports.DaysOf(days, HearingDesk.Choices, 90), clock.GetUtcNow(), (await settings.Company(ct)).Zone(), ct);
        return new(report.Days, report.From, report.All, ReadReports.Share(report.Share), [.. HearingReport.Named(report.Sample).Select(each => new HeardShareAnswer(each.Figure, ReadReports.Share(each.Share)))], report.Waiting, report.Unclear);
    }

    /// <summary>What came of public mentions.</summary>
    public async Task<MentionReportAnswer> Mentions(string? days, CancellationToken ct)
    {
        var span = CauseSpan.Until(clock.GetUtcNow(), ReadReports.DaysOf(days, CauseSpan.Choices, 90), (await settings.Company(ct)).Zone());
        var report = await MentionReport.Read(database, span, ct);
        return new(span.Days, span.FirstDay, span.LastDay, Of(report.All), [.. report.Sites.Select(Of)], [.. report.Pairs.OrderBy(each => each.Key).Select(each => new StarsAnswer(each.Key.Before, each.Key.After, each.Value))],
            new(report.Change.Up, report.Change.Down, report.Change.Same, report.Change.IsFew ? null : report.Change.Chance));
    }

    private static StretchAnswer Of(Stretch stretch) => new(stretch.Complaints, stretch.Orders, stretch.ProblemRate, stretch.Ended, Enum.GetValues<Ending>().ToDictionary(ending => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(ending.ToString()), ending => (long)stretch.Endings.Of(ending)));

    private static Amount Of(ConsistencyQuery.Row row, double minor) => new(row.Of(minor).Minor, row.Currency);

    private static MentionSiteAnswer Of(MentionSite site) => new(site.Site.Length == 0 ? null : site.Site, site.Answered.Of, ReadReports.Share(site.Answered), site.Linked, site.Minutes is { IsFew: false } spread ? spread.Median : null, site.Twice, site.Rose, site.Fell);
}

/// <summary>Maps them.</summary>
internal static class OutcomeReadEndpoints
{
    /// <summary>Maps what is read.</summary>
    public static void MapOutcomeReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/outcomes", async (ReadOutcomes reads, CancellationToken ct, string? days) => ApiJson.Answer(await reads.Outcomes(days, ct)))
            .Describe<OutcomesAnswer>("What customers said in the end, promises, what repeats, what was learned and changed, beside as many days before", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/consistency", async (ReadOutcomes reads, CancellationToken ct, string? days) => ApiJson.Answer(await reads.Consistency(days, ct)))
            .Describe<ConsistencyAnswer>("Whether like cases got like answers, and which stand out", Scopes.MoneyRead).ProducesProblem(400);
        api.MapGet("/reports/hearing", async (ReadOutcomes reads, CancellationToken ct, string? days) => ApiJson.Answer(await reads.Hearing(days, ct)))
            .Describe<HearingAnswer>("How well upset words are heard: what was corrected, and a sample that people read blind", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/mentions", async (ReadOutcomes reads, CancellationToken ct, string? days) => ApiJson.Answer(await reads.Mentions(days, ct)))
            .Describe<MentionReportAnswer>("What came of public mentions: answered, how soon, and stars before and after", Scopes.CasesRead).ProducesProblem(400);
    }
}

/// <summary>A stretch of time: complaints, orders, complaints for a hundred orders, how many ended and how.</summary>
public sealed record StretchAnswer(int Complaints, int Orders, double? ProblemRate, int Ended, IReadOnlyDictionary<string, long> Endings);

/// <summary>A share beside the one of as many days before.</summary>
public sealed record OutcomeShareAnswer(string Code, string Name, ShareAnswer Now, ShareAnswer Before);

/// <summary>Promises of a day or a week.</summary>
public sealed record PromiseBarAnswer(DateOnly From, int Kept, int Missed);

/// <summary>A product, lot or carrier with more complaints than its orders explain; the rate is for a thousand orders.</summary>
public sealed record PatternAnswer(string Sort, string Name, long Complaints, long Orders, double? Rate, double? Low, double? High);

/// <summary>What complaints that ended were put down to.</summary>
public sealed record EndedForAnswer(string Cause, int Cases);

/// <summary>What was learned from a complaint.</summary>
public sealed record OutcomeLearnedAnswer(long Case, string Learned, DateTimeOffset At);

/// <summary>What was changed, and promises kept before and after it.</summary>
public sealed record ChangedAnswer(string What, string NotedBy, DateTimeOffset Since, ShareAnswer Before, ShareAnswer After, IReadOnlyList<long> PromisedIn);

/// <summary>What came of some days; so many changes of cases are not in it yet.</summary>
public sealed record OutcomesAnswer(int Days, DateOnly From, DateOnly To, long Waiting, StretchAnswer This, StretchAnswer Before, IReadOnlyList<OutcomeShareAnswer> Shares, IReadOnlyList<PromiseBarAnswer> Promises, IReadOnlyList<PatternAnswer> Patterns,
    IReadOnlyList<EndedForAnswer> Causes, IReadOnlyList<OutcomeLearnedAnswer> Learned, int LearnedFrom, IReadOnlyList<ChangedAnswer> Changed);

/// <summary>A case that stands out.</summary>
public sealed record StandsOutAnswer(long Case, Amount Worth);

/// <summary>A category at a severity; of fewer than five cases only how many they are.</summary>
public sealed record LikeAnswer(string About, Severity Severity, int Cases, Amount? Median, Amount? LowerQuartile, Amount? UpperQuartile, IReadOnlyList<StandsOutAnswer> StandOut);

/// <summary>Like answers.</summary>
public sealed record ConsistencyAnswer(int Days, IReadOnlyList<LikeAnswer> Items);

/// <summary>A figure of the sample.</summary>
public sealed record HeardShareAnswer(string Figure, ShareAnswer Share);

/// <summary>How it hears.</summary>
public sealed record HearingAnswer(int Days, DateOnly From, int Heard, ShareAnswer Corrected, IReadOnlyList<HeardShareAnswer> Sample, int Waiting, int Unclear);

/// <summary>A site, or all of them: minutes are the median until the answer, by the calendar.</summary>
public sealed record MentionSiteAnswer(string? Site, int Mentions, ShareAnswer Answered, int Linked, double? Minutes, int RatedTwice, int Rose, int Fell);

/// <summary>How many went from so many stars to so many.</summary>
public sealed record StarsAnswer(int Before, int After, int Mentions);

/// <summary>Up, down or the same; p of the signed-rank test, both sides, where there are enough.</summary>
public sealed record StarChangeAnswer(int Up, int Down, int Same, double? P);

/// <summary>What came of public mentions.</summary>
public sealed record MentionReportAnswer(int Days, DateOnly From, DateOnly To, MentionSiteAnswer All, IReadOnlyList<MentionSiteAnswer> Sites, IReadOnlyList<StarsAnswer> Stars, StarChangeAnswer Change);

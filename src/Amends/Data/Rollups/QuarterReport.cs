using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Improvements;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>What service brought in a quarter, beside the quarter before, and how sure we are of each difference: shares by Newcombe's interval, the rate of complaints by the exact test of two counts.</summary>
public static class QuarterReport
{
    private const int MostImprovements = 20;

    /// <summary>Reads it: the last quarter that is over by the last day of the slice.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var now = ask.Slice with { From = Begin(ask.Slice.To.AddDays(1)).AddMonths(-3), To = Begin(ask.Slice.To.AddDays(1)).AddDays(-1) };
        var before = now with { From = now.From.AddMonths(-3), To = now.From.AddDays(-1) };
        var (mine, theirs) = (await Of(ask, now), await Of(ask, before));
        var rate = mine.Orders > 0 && theirs.Orders > 0 ? new BeforeAfter(theirs.Opened.All, theirs.Orders, mine.Opened.All, mine.Orders) : null;
        var moneyNow = await Money(ask, now);
        var moneyBefore = await Money(ask, before);
        (string Code, string Words, Proportion Now, Proportion Before, bool More, string? Cases, string Report)[] shares =
        [
            ("put_right", "Put right, by the customer’s own word", RecoveryReport.Recovered(mine.Ended), RecoveryReport.Recovered(theirs.Ended), true, ask.CasesOf(Measure.Ended, (int)Ending.PutRight, slice: now), "recovery"),
            ("promises", "Promises kept", PromiseReport.Kept(mine.Promises), PromiseReport.Kept(theirs.Promises), true, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Missed, (int)PromiseEnd.Missed, now), "promises"),
            ("recurrence", "Complained of the same again", Question.Share(mine.Recurred.All, mine.Closed.All), Question.Share(theirs.Recurred.All, theirs.Closed.All), false, mine.Recurred.All == 0 ? null : ask.CasesOf(Measure.Recurred, slice: now), "repeats"),
            ("satisfied", "Rated 4 or 5 of 5", SatisfactionReport.Top(mine.Said, Scale.Satisfied, 4), SatisfactionReport.Top(theirs.Said, Scale.Satisfied, 4), true, ask.CasesOf(Measure.Said, (int)Scale.Satisfied, slice: now), "satisfaction"),
            ("bought_again", "Bought again", mine.Stayed, theirs.Stayed, true, mine.Stayed.Of == 0 ? null : StayedReport.CasesOf(ask, now), "stayed"),
        ];
        Dictionary<string, string> meanings = new()
        {
            ["put_right"] = "Complaints whose customer said in the end that it is put right, of those that were answered with yes, partly or no.", ["promises"] = "Promised contacts that came in time, of those that were due and not moved beforehand.",
            ["recurrence"] = "Closed complaints whose customer complained of the same category again within 30 days, of all that were closed.", ["satisfied"] = "Ratings of 4 or 5 of 5 after the end, of those that were given.",
            ["bought_again"] = $"Complaints whose customer ordered again within {StayedReport.FollowedDays} days of the end, of those that ended at least so long ago.",
        };
        var figures = new List<Figure>
        {
            new("problem_rate", "Complaints for 1,000 orders", "Complaints that came in the quarter, for each thousand orders that were placed in it.", FigureUnit.Mean, mine.Orders == 0 ? null : 1000.0 * mine.Opened.All / mine.Orders, mine.Orders)
            {
                Before = theirs.Orders < Proportion.Few ? null : 1000.0 * theirs.Opened.All / theirs.Orders, MoreIsBetter = false, IsClear = IsClear(rate), Cases = ask.CasesOf(Measure.Opened, slice: now),
            },
        };
        figures.AddRange(shares.Select(share => Figure.OfShare(share.Code, share.Words, meanings[share.Code], share.Now, share.Before, share.More, share.Cases)));
        figures.Add(Figure.OfCount("effective", "Improvements shown effective", "Improvements of which the count showed in the quarter that they help, by the exact test of before and after.", mine.Shown.Count, theirs.Shown.Count));
        var rows = new List<ReportRow> { new(["Complaints for 1,000 orders", Rate(mine), Rate(theirs), RateWords(rate), Title("recovery")], ask.CasesOf(Measure.Opened, slice: now)) };
        rows.AddRange(shares.Select(share => new ReportRow([share.Words, Percent(share.Now), Percent(share.Before), MattersReport.Words(share.Now, share.Before), Title(share.Report)], share.Cases)));
        rows.Add(new(["Kept by putting it right", moneyNow.Kept, moneyBefore.Kept, "a range: it rests on assumptions", Title("worth")]));
        rows.Add(new(["Spent on complaints", moneyNow.Spent, moneyBefore.Spent, "counted", Title("worth")]));
        rows.Add(new(["Improvements shown effective", Number(mine.Shown.Count), Number(theirs.Shown.Count), "counted", Title("improvements")]));
        var clear = figures.Count(figure => figure.IsClear);
        return new("quarter", "Quarterly results", $"What did good service bring in {Name(now)}, beside {Name(before)}, and how sure are we?", now, figures,
            [
                new("results", "Results, and how sure we are", "“Clear” when the whole 95 % interval of the difference lies on one side; otherwise it is more likely chance. Fewer than ten are too few to say.", [new("what", "What"), new("now", Name(now)), new("before", Name(before)), new("change", "Difference"), new("report", "More in the report")], rows),
                new("shown", "What was shown to help", "Improvements of which the count showed in these two quarters that they help.", [new("improvement", "Improvement"), new("day", "Shown on"), new("quarter", "Quarter")],
                    [.. mine.Shown.Select(each => new ReportRow([each.What, Day(each.At, ask), Name(now)])), .. theirs.Shown.Select(each => new ReportRow([each.What, Day(each.At, ask), Name(before)]))]),
            ])
        {
            Finding = clear switch { 0 => "No difference to the quarter before is clear.", 1 => "One difference to the quarter before is clear; the others may be chance.", _ => $"{clear} differences to the quarter before are clear; the others may be chance." },
        };
    }

    /// <summary>The first day of the quarter that holds a day.</summary>
    internal static DateOnly Begin(DateOnly day) => new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);

    private static async Task<Quarter> Of(Question ask, Slice slice)
    {
        var zone = ask.Company.Zone();
        var (begins, ends) = (LocalDay.Begins(slice.From, zone).ToUnixTimeMilliseconds(), LocalDay.Begins(slice.To.AddDays(1), zone).ToUnixTimeMilliseconds());
        var followed = await StayedReport.Followed(ask, slice, withLatest: true);
        var shown = (await ask.Connection.QueryAsync<Shown>($"select i.what, m.at from improvement_moves m join improvements i on i.id = m.improvement_id where m.to_state = {(int)ImprovementState.Effective} and m.from_state <> m.to_state and m.at >= @begins and m.at < @ends order by m.at limit {MostImprovements}", new { begins, ends })).AsList();
        return new(await ask.Orders(slice), await ask.Counts.Of(Measure.Opened, slice), await ask.Counts.Of(Measure.Ended, slice), await ask.Counts.Of(Measure.Promise, slice), await ask.Counts.Of(Measure.Recurred, slice), await ask.Counts.Of(Measure.Closed, slice), await ask.Counts.Of(Measure.Said, slice), Question.Share(followed.Sum(row => row.Stayed), followed.Sum(row => row.Complaints)), shown);
    }

    private static async Task<(string Kept, string Spent)> Money(Question ask, Slice slice)
    {
        if (ask.Assumed is not { } book || slice.Category is not null)
            return ("–", "–"); // it is counted for all complaints together
        var (sums, currency) = (await WorthSums.Read(ask.Counts, slice), ask.Company.Currency);
        var kept = sums.Risk(Ending.PutRight, book, currency).AtRisk;
        return ($"{Rough.Of(kept.Low, currency)} to {Rough.Of(kept.High, currency)}", Rough.Of(sums.Cost(book, currency).Total, currency).ToString());
    }

    private static bool IsClear(BeforeAfter? rate) => rate is { CountBefore: >= Proportion.Few, CountAfter: >= Proportion.Few } && (rate.ChangeWithin.High < 1 || rate.ChangeWithin.Low > 1);

    private static string RateWords(BeforeAfter? rate) => rate is not { CountBefore: >= Proportion.Few, CountAfter: >= Proportion.Few } ? "too few to say"
        : $"{(rate.After.Rate / rate.Before.Rate).ToString("0.00", CultureInfo.InvariantCulture)} times ({rate.ChangeWithin.Low.ToString("0.00", CultureInfo.InvariantCulture)} to {rate.ChangeWithin.High?.ToString("0.00", CultureInfo.InvariantCulture) ?? "no end"}): {(IsClear(rate) ? "clear" : "more likely chance")}";

    private static string Rate(Quarter quarter) => quarter.Orders == 0 ? "no orders known" : $"{(1000.0 * quarter.Opened.All / quarter.Orders).ToString("0.0", CultureInfo.InvariantCulture)} ({Number(quarter.Opened.All)} for {Number(quarter.Orders)} orders)";

    private static string Percent(Proportion share) => share.IsFew ? share.Of == 0 ? "nothing to count" : $"{share.Of} are too few" : $"{share.Share!.Value * 100:0} % ({Number(share.Hits)} of {Number(share.Of)}; {share.Interval!.Value.Low * 100:0} to {share.Interval.Value.High * 100:0} %)";

    private static string Title(string report) => report switch { "worth" => "What it is worth", "improvements" => "Improvements", _ => ReportBook.All.First(entry => entry.Key == report).Title };

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Name(Slice quarter) => $"Q{(quarter.From.Month + 2) / 3} {quarter.From.Year.ToString(CultureInfo.InvariantCulture)}";

    private static DateOnly Day(long at, Question ask) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), ask.Company.Zone());

    private sealed record Quarter(long Orders, Sums Opened, Sums Ended, Sums Promises, Sums Recurred, Sums Closed, Sums Said, Proportion Stayed, IReadOnlyList<Shown> Shown);

    private sealed class Shown
    {
        public string What { get; init; } = "";
        public long At { get; init; }
    }
}

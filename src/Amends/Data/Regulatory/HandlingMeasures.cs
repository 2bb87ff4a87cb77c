using System.Data.Common;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Improvements;
using Amends.Domain.Regulatory;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;
using Milestone = Amends.Domain.Reports.Milestone;

namespace Amends.Data.Regulatory;

/// <summary>
/// Indicators of the kind that ISO 10002 (handling of complaints) and ISO 10004 (satisfaction) suggest for watching over a complaints process. They are guidance, and
/// ask for no fixed figure; which ones their annexes name is general knowledge (domain research, section 2.1). Each stands in another report as well.
/// </summary>
internal static class HandlingMeasures
{
    private const long Day = 24 * 60;

    /// <summary>The table.</summary>
    internal static async Task<ReportTable> Read(DbConnection connection, ReportCounts counts, Company company, ReportingPeriod period, Tally tally)
    {
        var slice = new Slice(period.From, period.To, null);
        var (opened, closed, said) = (await counts.Of(Measure.Opened, slice), await counts.Of(Measure.Closed, slice), await counts.Of(Measure.Said, slice));
        var acknowledged = (await counts.Of(Measure.Took, slice, [Marks.TimePart((int)Milestone.Acknowledged, TimeCount.Calendar)])).Durations(Marks.TimePart((int)Milestone.Acknowledged, TimeCount.Calendar));
        var (first, again, promises) = (await counts.Of(Measure.FirstContact, slice), await counts.Of(Measure.Recurred, slice), await counts.Of(Measure.Promise, slice));
        var outside = closed.Of(CloseReason.Deadlock) + closed.Of(CloseReason.OutsideDecision);
        var effective = await connection.ExecuteScalarAsync<long>($"select count(*) from improvement_moves where to_state = {(int)ImprovementState.Effective} and from_state <> to_state and at >= @begins and at < @ends",
            new { begins = LocalDay.Begins(period.From, company.Zone()).ToUnixTimeMilliseconds(), ends = LocalDay.Begins(period.To.AddDays(1), company.Zone()).ToUnixTimeMilliseconds() });
        var late = tally.Closed(week: WeekBand.OverEight);
        return new("handling", "Measures of handling", "Indicators such as ISO 10002 and ISO 10004 suggest; both are guidance and set no figure. Days are those of the period.", [new("measure", "Measure"), new("number", "Number"), new("share", "Share"), new("definition", "What it counts"), new("report", "More in")],
            [
                Row("Received", opened.All, null, "Complaints that came, those that go on in another case among them.", "recovery"),
                Row("Acknowledged within a day", acknowledged.AtMost(Day), Question.Share(acknowledged.AtMost(Day), acknowledged.Count), "Acknowledged within 24 hours of receipt, of those acknowledged in these days.", "times"),
                Row("Put right in the first contact", first.All, Question.Share(first.All, closed.All), "Ended with a remedy after one contact, of those that were closed.", "repeats"),
                Row("Told in time", promises.At((int)PromiseEnd.Kept), PromiseReport.Kept(promises), "Promised contacts that came in time, of those that were due and not moved.", "promises"),
                Row("Answered within eight weeks", tally.Closed() - late, Question.Share(tally.Closed() - late, tally.Closed()), "Final response or acceptance by the 56th day, of those closed by the counting rule.", "times"),
                Row("Taken seriously", said.Buckets((long)Scale.Heard).Where(each => each.Bucket >= 4).Sum(each => each.Count), SatisfactionReport.Top(said, Scale.Heard, 4), "Answers of 4 or 5 of 5 to whether they were taken seriously and not rushed: satisfaction with the handling.", "justice"),
                Row("Satisfied", said.Buckets((long)Scale.Satisfied).Where(each => each.Bucket >= 4).Sum(each => each.Count), SatisfactionReport.Top(said, Scale.Satisfied, 4), "Ratings of 4 or 5 of 5 after the end, of those that were given.", "satisfaction"),
                Row("Came again", again.All, Question.Share(again.All, closed.All), "Complained of the same category again within 30 days of the end, of those that were closed.", "repeats"),
                Row("Went outside", outside, Question.Share(outside, closed.All), "Ended because we could not agree, or by the decision of a body outside, of those that were closed.", "recovery"),
                Row("Causes removed", effective, null, "Improvements of which the count showed in these days that they help.", "improvements"),
            ]);
    }

    private static ReportRow Row(string measure, long number, Proportion? share, string definition, string report) =>
        new([measure, number, share, definition, report == "improvements" ? "Improvements" : ReportBook.All.First(entry => entry.Key == report).Title]) { Page = report == "improvements" ? "/improvements" : "/reports/" + report };
}

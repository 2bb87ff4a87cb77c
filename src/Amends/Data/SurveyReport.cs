using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data;

/// <summary>What customers said beside the check-back, by weeks or months, with what it cost them in effort.</summary>
/// <param name="Days">How many days.</param>
/// <param name="From">Their first day.</param>
/// <param name="To">Their last day.</param>
/// <param name="All">All of them together.</param>
/// <param name="Parts">By week or month, oldest first.</param>
/// <param name="Efforts">The effort of those who found it hard, of those who found it easy, and of those who did not say.</param>
public sealed record SurveyReport(int Days, DateOnly From, DateOnly To, SurveyTally All, IReadOnlyList<SurveyPart> Parts, IReadOnlyList<EffortGroup> Efforts)
{
    /// <summary>The questions that are shares of those who answered them: code, words, share.</summary>
    public static IEnumerable<(string Code, string Words, Proportion Share)> Shares(SurveyTally tally) =>
    [
        ("taken_seriously", "Taken seriously, not rushed: 4 or 5 of 5", tally.Heard),
        ("easy", "Easy: 5, 6 or 7 of 7 (customer effort score)", tally.Ease),
        ("exceeded", "The outcome is more than they wanted", tally.Met(OutcomeMet.Exceeded)),
        ("met", "The outcome is what they wanted", tally.Met(OutcomeMet.Met)),
        ("missed", "The outcome is less than they wanted", tally.Met(OutcomeMet.Missed)),
        ("would_return", "Would come back", tally.Return),
    ];

    /// <summary>The report as CSV (RFC 4180): a line for all days, then one for each part and question. A share of fewer than ten is left out.</summary>
    public string Csv()
    {
        var lines = new List<string> { "from,to,question,yes,of,share,low,high,asked,answered,silent" };
        foreach (var (from, to, tally) in Parts.Select(part => (part.From, part.To, part.Tally)).Prepend((From, To, All)))
        {
            foreach (var (code, _, share) in Shares(tally))
            {
                lines.Add(string.Join(',', Day(from), Day(to), code, share.IsFew ? "" : Number(share.Hits), Number(share.Of), share.IsFew ? "" : Ratio(share.Share), share.IsFew ? "" : Ratio(share.Interval?.Low), share.IsFew ? "" : Ratio(share.Interval?.High),
                    Number(tally.Response.Of), Number(tally.Answered), Number(tally.Silent)));
            }
        }

        return string.Join("\r\n", lines) + "\r\n";

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        static string Ratio(double? ratio) => ratio?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
    }
}

/// <summary>A week or a month of it.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
/// <param name="Tally">What was said.</param>
public sealed record SurveyPart(DateOnly From, DateOnly To, SurveyTally Tally);

/// <summary>What cases cost their customers who found it so easy.</summary>
/// <param name="Found">How easy they found it.</param>
/// <param name="Name">Who they are, in words.</param>
/// <param name="Cases">How many.</param>
/// <param name="Contacts">The mean of how often they turned to us.</param>
/// <param name="Channels">The mean of the different ways.</param>
/// <param name="Transfers">The mean of how often they were handed on.</param>
/// <param name="Repeats">The mean of how often they were asked to repeat.</param>
/// <param name="Forms">The mean of the forms that they filled in.</param>
/// <param name="Days">The mean of the days.</param>
/// <param name="NothingTwice">Cases in which nothing was asked twice.</param>
public sealed record EffortGroup(FoundIt Found, string Name, int Cases, double Contacts, double Channels, double Transfers, double Repeats, double Forms, double Days, Proportion NothingTwice)
{
    /// <summary>The means of those who found it so easy.</summary>
    /// <param name="name">Who they are.</param>
    /// <param name="sums">What <see cref="Measure.Effort"/> adds up.</param>
    /// <param name="found">How easy they found it.</param>
    public static EffortGroup Of(string name, Sums sums, FoundIt found)
    {
        long Sum(EffortSum of) => sums.Of(Marks.EffortPart(found, of), 0);
        var cases = (int)Sum(EffortSum.Cases);
        double Mean(EffortSum of) => cases == 0 ? 0 : (double)Sum(of) / cases;
        return new(found, name, cases, Mean(EffortSum.Contacts), Mean(EffortSum.Channels), Mean(EffortSum.Transfers), Mean(EffortSum.Repeats), Mean(EffortSum.Forms), Mean(EffortSum.Days), new((int)Sum(EffortSum.NothingTwice), cases));
    }
}

/// <summary>Reads the report from what <see cref="ReportReader"/> keeps.</summary>
public sealed class SurveyQuery(Database database)
{
    /// <summary>The stretches of time that can be chosen, in days.</summary>
    public static readonly IReadOnlyList<int> Choices = [30, 90, 365];

    /// <summary>One of <see cref="Choices"/>; 90 for anything else.</summary>
    public static int DaysOf(int? asked) => asked is 30 or 365 ? asked.Value : 90;

    /// <summary>Loads it.</summary>
    /// <param name="days">30 by weeks, 90 or 365 by months.</param>
    /// <param name="now">Its end.</param>
    /// <param name="zone">Where days begin at midnight.</param>
    /// <param name="ct">The request's end.</param>
    public Task<SurveyReport> Read(int days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
    {
        var (last, from) = (LocalDay.Of(now, zone), LocalDay.Of(now, zone).AddDays(1 - days));
        var (counts, all) = (new ReportCounts(connection, database), new Slice(from, last, null));
        var parts = new List<SurveyPart>();
        foreach (var span in Spans(from, last, days))
            parts.Add(new(span.From, span.To, await Tally(counts, new(span.From, span.To, null))));
        var effort = await counts.Of(Measure.Effort, all);
        return new SurveyReport(days, from, last, await Tally(counts, all), parts,
        [
            EffortGroup.Of("Found it hard (1 to 4)", effort, FoundIt.Hard), EffortGroup.Of("Found it easy (5 to 7)", effort, FoundIt.Easy), EffortGroup.Of("Did not say", effort, FoundIt.NotSaid),
        ]);
    }, ct);

    private static async Task<SurveyTally> Tally(ReportCounts counts, Slice slice)
    {
        var (asked, said) = (await counts.Of(Measure.Asked, slice), await counts.Of(Measure.Said, slice));
        return new(asked.Parts.ToDictionary(part => (Reply)part.Part, part => part.Count), said.Parts.SelectMany(part => said.Buckets(part.Part).Select(bucket => ((Scale)part.Part, bucket.Bucket, bucket.Count))));
    }

    /// <summary>Weeks of seven days back from the end, or months of the calendar.</summary>
    private static IEnumerable<(DateOnly From, DateOnly To)> Spans(DateOnly from, DateOnly last, int days)
    {
        var begins = new List<DateOnly>();
        if (days <= 31)
        {
            for (var day = last.AddDays(-6); day > from; day = day.AddDays(-7))
                begins.Add(day);
        }
        else
        {
            for (var day = new DateOnly(last.Year, last.Month, 1); day > from; day = day.AddMonths(-1))
                begins.Add(day);
        }

        begins.Add(from);
        begins.Reverse();
        return begins.Select((begin, i) => (begin, i + 1 < begins.Count ? begins[i + 1].AddDays(-1) : last));
    }
}

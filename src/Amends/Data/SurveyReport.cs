using System.Globalization;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Effort;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;
using Dapper;

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
/// <param name="Name">Who they are, in words.</param>
/// <param name="Cases">How many.</param>
/// <param name="Contacts">The mean of how often they turned to us.</param>
/// <param name="Channels">The mean of the different ways.</param>
/// <param name="Transfers">The mean of how often they were handed on.</param>
/// <param name="Repeats">The mean of how often they were asked to repeat.</param>
/// <param name="Forms">The mean of the forms that they filled in.</param>
/// <param name="Days">The mean of the days.</param>
/// <param name="NothingTwice">Cases in which nothing was asked twice.</param>
public sealed record EffortGroup(string Name, int Cases, double Contacts, double Channels, double Transfers, double Repeats, double Forms, double Days, Proportion NothingTwice)
{
    /// <summary>The means of some cases.</summary>
    public static EffortGroup Of(string name, IReadOnlyList<CaseEffort> efforts) => efforts.Count == 0 ? new(name, 0, 0, 0, 0, 0, 0, 0, new(0, 0)) : new(name, efforts.Count,
        efforts.Average(each => each.Contacts), efforts.Average(each => each.Channels.Count), efforts.Average(each => each.Transfers), efforts.Average(each => each.Repeats), efforts.Average(each => each.Forms), efforts.Average(each => each.Days),
        new(efforts.Count(each => each.NothingAskedTwice), efforts.Count));
}

/// <summary>Reads the report from the log.</summary>
public sealed class SurveyQuery(Database database)
{
    private const int MostCases = 2000;

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
        var history = (await connection.QueryAsync<EventRow>(
            "select case_number, kind, body from events where kind in ('check_back_answered', 'case_closed', 'second_look_taken') and at >= @from and at <= @now order by at, case_number, seq",
            new { from = LocalDay.Begins(from, zone).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() }))
            .Where(row => row.Kind != "second_look_taken").Select(row => (Number: row.CaseNumber, News: CaseJson.Event(row.Kind, row.Body))).ToList();
        var all = SurveyTally.Of(history);
        var parts = Spans(from, last, days).Select(span => new SurveyPart(span.From, span.To, SurveyTally.Of(history.Where(each => LocalDay.Of(each.News.At, zone) is var day && day >= span.From && day <= span.To)))).ToList();
        return new SurveyReport(days, from, last, all, parts, await Efforts(connection, all, now));
    }, ct);

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

    private async Task<IReadOnlyList<EffortGroup>> Efforts(System.Data.Common.DbConnection connection, SurveyTally tally, DateTimeOffset now)
    {
        var numbers = tally.EaseByCase.Keys.OrderDescending().Take(MostCases).ToArray();
        var rows = numbers.Length == 0 ? [] : (await connection.QueryAsync<EventRow>($"select case_number, kind, body from events where case_number {database.Among("@numbers")} order by case_number, seq", new { numbers })).AsList();
        var efforts = rows.GroupBy(row => row.CaseNumber).Select(log => (Ease: tally.EaseByCase[log.Key], Effort: CaseEffort.Of(log.Select(row => CaseJson.Event(row.Kind, row.Body)), now))).ToList();
        return
        [
            EffortGroup.Of("Found it hard (1 to 4)", [.. efforts.Where(each => each.Ease is < 5).Select(each => each.Effort)]),
            EffortGroup.Of("Found it easy (5 to 7)", [.. efforts.Where(each => each.Ease is >= 5).Select(each => each.Effort)]),
            EffortGroup.Of("Did not say", [.. efforts.Where(each => each.Ease is null).Select(each => each.Effort)]),
        ];
    }

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}

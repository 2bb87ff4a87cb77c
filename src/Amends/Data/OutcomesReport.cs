using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data;

/// <summary>What came of some days, beside as many days before.</summary>
/// <param name="Days">How many.</param>
/// <param name="Now">Their end.</param>
/// <param name="Zone">The company's zone.</param>
public sealed record OutcomesReport(int Days, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The days themselves, and those before.</summary>
    public required Stretch This { get; init; }
    public required Stretch Last { get; init; }

    /// <summary>Promises along the days, oldest first.</summary>
    public required IReadOnlyList<PromiseBar> Bars { get; init; }

    /// <summary>What complaints that ended were put down to: code and number of cases, the most frequent first.</summary>
    public required IReadOnlyList<(string Cause, int Cases)> Causes { get; init; }

    /// <summary>Products, lots and carriers whose orders lead to complaints more often than all do, the surest first.</summary>
    public required IReadOnlyList<Pattern> Patterns { get; init; }

    /// <summary>What was learned in these days, newest first, and from how many complaints in all.</summary>
    public required IReadOnlyList<LearnedFrom> Lessons { get; init; }
    public required int LearnedFrom { get; init; }

    /// <summary>What was changed, newest first.</summary>
    public required IReadOnlyList<Improvement> Improvements { get; init; }

    /// <summary>How many changes of cases and orders are not counted yet.</summary>
    public required long Waiting { get; init; }

    /// <summary>The first day, the last one being today.</summary>
    public DateOnly From => LocalDay.Of(Now, Zone).AddDays(1 - Days);

    /// <summary>The figures with those of the days before, in the order of the page.</summary>
    public IReadOnlyList<(string Code, string Name, Proportion Now, Proportion Before)> Shares =>
        [("came_again", "Came again", This.CameAgain, Last.CameAgain), ("put_right", "Put right", This.Recovered, Last.Recovered), ("put_right_of_all", "Put right, of all that ended", This.RecoveredOfAll, Last.RecoveredOfAll), ("promises_kept", "Promises kept", This.Promises, Last.Promises), ("satisfied", "Rated 4 or 5", This.Satisfied, Last.Satisfied)];

    /// <summary>As CSV (RFC 4180), a line each: the figures, how complaints ended, promises, what repeats, causes, what was learned and changed. A share of fewer than ten is left out.</summary>
    public string Csv()
    {
        var lines = new List<string> { "part,name,n,of,share_or_rate,low,high,before_n,before_of" };
        void Add(string part, string name, long n, long? of = null, double? value = null, Interval? within = null, (long N, long Of)? before = null) =>
            lines.Add(string.Join(',', part, CsvCell.Of(name), n.ToString(English), of?.ToString(English) ?? "", Number(value), Number(within?.Low), Number(within?.High), before?.N.ToString(English) ?? "", before?.Of.ToString(English) ?? ""));
        Add("figure", "complaints for 100 orders", This.Complaints, This.Orders, This.ProblemRate, null, (Last.Complaints, Last.Orders));
        foreach (var (code, _, now, before) in Shares)
            Add("figure", code, now.Hits, now.Of, now.IsFew ? null : now.Share, now.IsFew ? null : now.Interval, (before.Hits, before.Of));
        foreach (var ending in Enum.GetValues<Ending>())
            Add("ended", ending.ToString(), This.Endings.Of(ending), This.Ended, null, null, (Last.Endings.Of(ending), Last.Ended));
        foreach (var bar in Bars)
            Add("promises kept", bar.From.ToString("yyyy-MM-dd", English), bar.Kept, bar.Kept + bar.Missed);
        foreach (var pattern in Patterns)
            Add(pattern.Sort, pattern.Name, pattern.Complaints, pattern.Orders, pattern.Rate, pattern.Within);
        foreach (var (cause, cases) in Causes)
            Add("cause", cause, cases, Causes.Sum(each => each.Cases));
        foreach (var lesson in Lessons)
            Add("learned", lesson.Words, lesson.Number);
        foreach (var change in Improvements)
            Add("changed", change.What, change.After.Hits, change.After.Of, change.After.IsFew ? null : change.After.Share, change.After.IsFew ? null : change.After.Interval, (change.Before.Hits, change.Before.Of));
        return string.Join("\r\n", lines) + "\r\n";
    }

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    private static string Number(double? number) => number?.ToString("0.####", English) ?? "";
}

/// <summary>The counts of a stretch of time.</summary>
/// <param name="Endings">How complaints ended, each by its newest answer; the parts are the <see cref="Ending"/>s.</param>
/// <param name="Promises">Promises kept in time, of those that were kept or missed.</param>
/// <param name="Satisfied">Ratings of 4 or 5, of those that were given.</param>
/// <param name="CameAgain">Closed complaints whose customer complained of the same again within 30 days.</param>
/// <param name="Complaints">How many came.</param>
/// <param name="Orders">How many orders were placed.</param>
public sealed record Stretch(Sums Endings, Proportion Promises, Proportion Satisfied, Proportion CameAgain, int Complaints, int Orders)
{
    /// <summary>Complaints for a hundred orders; <c>null</c> when no orders are known.</summary>
    public double? ProblemRate => Orders == 0 ? null : 100.0 * Complaints / Orders;

    /// <summary>All that ended or were answered.</summary>
    public int Ended => (int)Endings.All;

    /// <summary>Put right, of those with an answer.</summary>
    public Proportion Recovered => RecoveryReport.Recovered(Endings);

    /// <summary>Put right, of all that ended: the lower bound, in which silence counts against us.</summary>
    public Proportion RecoveredOfAll => Question.Share(Endings.Of(Ending.PutRight), Endings.All);
}

/// <summary>What was learned from a complaint.</summary>
/// <param name="Number">The case.</param>
/// <param name="Words">In a line.</param>
/// <param name="At">When it was written down.</param>
public sealed record LearnedFrom(long Number, string Words, DateTimeOffset At);

/// <summary>Something that many complaints share.</summary>
/// <param name="Sort"><c>product</c>, <c>lot</c> or <c>carrier</c>.</param>
/// <param name="Name">Which.</param>
/// <param name="Complaints">Complaints about orders of these days.</param>
/// <param name="Orders">Its orders of these days.</param>
public sealed record Pattern(string Sort, string Name, long Complaints, long Orders)
{
    /// <summary>Complaints for a thousand orders, and the exact 95 % interval (Garwood 1936).</summary>
    public double? Rate => PoissonRate.PerThousand(Complaints, Orders)?.Rate;

    /// <inheritdoc cref="Rate"/>
    public Interval? Within => PoissonRate.PerThousand(Complaints, Orders)?.Within;
}

/// <summary>Promises of a day or a week.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Kept">Kept in time.</param>
/// <param name="Missed">Broken.</param>
public sealed record PromiseBar(DateOnly From, int Kept, int Missed)
{
    private const int MostByDay = 31;

    /// <summary>A bar a day, or a week when there are more days than a month has.</summary>
    /// <param name="daily">Promises by the day for which they were made.</param>
    /// <param name="days">Which days.</param>
    public static IReadOnlyList<PromiseBar> Of(ILookup<int, (long Part, int Bucket, long Count)> daily, Slice days)
    {
        var step = days.Days > MostByDay ? 7 : 1;
        var bars = new List<PromiseBar>();
        for (var first = days.To.AddDays(1 - step); first.AddDays(step - 1) >= days.From; first = first.AddDays(-step)) // the last bar is a whole one
        {
            var those = Enumerable.Range(first.DayNumber, step).Where(day => day >= days.From.DayNumber).SelectMany(day => daily[day]).ToLookup(each => (PromiseEnd)each.Bucket, each => (int)each.Count);
            bars.Add(new(first, those[PromiseEnd.Kept].Sum(), those[PromiseEnd.Missed].Sum()));
        }

        bars.Reverse();
        return bars;
    }
}

/// <summary>Something that the company changed, with the promises before and since.</summary>
/// <param name="What">In a sentence.</param>
/// <param name="By">Who noted it.</param>
/// <param name="Since">From when.</param>
/// <param name="Before">Promises kept in the four weeks before.</param>
/// <param name="After">Promises kept since, four weeks at the most.</param>
public sealed record Improvement(string What, string By, DateTimeOffset Since, Proportion Before, Proportion After)
{
    /// <summary>The cases in which customers were promised it.</summary>
    public IReadOnlyList<long> Cases { get; init; } = [];

    /// <summary>The days before that are looked at, and those since.</summary>
    public required (Slice Before, Slice Since) Stretches { get; init; }
}

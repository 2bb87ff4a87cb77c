using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;

namespace Amends.Features.Reports;

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

    /// <summary>Products, lots and carriers whose orders lead to complaints, the surest first.</summary>
    public required IReadOnlyList<Pattern> Patterns { get; init; }

    /// <summary>What was learned in these days, newest first, and from how many complaints in all.</summary>
    public required IReadOnlyList<LearnedFrom> Lessons { get; init; }
    public required int LearnedFrom { get; init; }

    /// <summary>What was changed, newest first.</summary>
    public required IReadOnlyList<Improvement> Improvements { get; init; }
}

/// <summary>The counts of a stretch of time.</summary>
/// <param name="Outcomes">How it went.</param>
/// <param name="Complaints">How many came.</param>
/// <param name="Again">Of these, from customers who had complained within as long before.</param>
/// <param name="Orders">How many orders were placed.</param>
public sealed record Stretch(OutcomeTally Outcomes, int Complaints, int Again, int Orders)
{
    /// <summary>Complaints for a hundred orders; <c>null</c> when no orders are known.</summary>
    public double? ProblemRate => Orders == 0 ? null : 100.0 * Complaints / Orders;

    /// <summary>Complaints of customers who had complained shortly before.</summary>
    public Proportion CameAgain => new(Again, Complaints);
}

/// <summary>What was learned from a complaint.</summary>
/// <param name="Number">The case.</param>
/// <param name="Words">In a line.</param>
/// <param name="At">When it was written down.</param>
public sealed record LearnedFrom(long Number, string Words, DateTimeOffset At);

/// <summary>Something that many complaints share.</summary>
/// <param name="Sort"><c>product</c>, <c>lot</c> or <c>carrier</c>.</param>
/// <param name="Name">Which.</param>
/// <param name="Share">Orders that led to a complaint, of its orders.</param>
public sealed record Pattern(string Sort, string Name, Proportion Share);

/// <summary>Promises of a day or a week.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Kept">Kept in time.</param>
/// <param name="Missed">Broken.</param>
public sealed record PromiseBar(DateOnly From, int Kept, int Missed)
{
    private const int MostByDay = 31;

    /// <summary>A bar a day, or a week when there are more days than a month has.</summary>
    public static IReadOnlyList<PromiseBar> Of(IEnumerable<CaseEvent> history, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (first, last) = (LocalDay.Of(from, zone), LocalDay.Of(to, zone));
        var step = last.DayNumber - first.DayNumber > MostByDay ? 7 : 1;
        var bars = new (int Kept, int Missed)[(last.DayNumber - first.DayNumber) / step + 1];
        var offset = (bars.Length * step) - (last.DayNumber - first.DayNumber) - 1; // the last bar is a whole one
        foreach (var news in history)
        {
            if (OutcomeTally.PromiseKept(news) is not { } kept)
                continue;
            ref var bar = ref bars[Math.Clamp((LocalDay.Of(news.At, zone).DayNumber - first.DayNumber + offset) / step, 0, bars.Length - 1)];
            bar = kept ? (bar.Kept + 1, bar.Missed) : (bar.Kept, bar.Missed + 1);
        }

        return [.. bars.Select((bar, i) => new PromiseBar(first.AddDays((i * step) - offset), bar.Kept, bar.Missed))];
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

    private static readonly TimeSpan Span = TimeSpan.FromDays(28);

    /// <summary>Counts the promises on both sides of the change.</summary>
    public static Improvement Of(string what, string by, DateTimeOffset since, IEnumerable<CaseEvent> history)
    {
        var near = history.Where(news => (news.At - since).Duration() <= Span).ToLookup(news => news.At >= since);
        return new Improvement(what, by, since, Kept(near[false]), Kept(near[true]));

        static Proportion Kept(IEnumerable<CaseEvent> news)
        {
            var kept = news.Select(OutcomeTally.PromiseKept).OfType<bool>().ToList();
            return new Proportion(kept.Count(each => each), kept.Count);
        }
    }
}

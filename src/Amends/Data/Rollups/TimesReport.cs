using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>How long it takes from receipt until something is reached, on the calendar and in open hours.</summary>
public static class TimesReport
{
    private static readonly (Milestone Milestone, string Code, string Words, string Definition)[] All =
    [
        (Milestone.Acknowledged, "acknowledge", "To the acknowledgement", "from receipt until the customer was told that we have it"), (Milestone.Answered, "answer", "To a person's word", "from receipt until the first word from a person"),
        (Milestone.Summed, "summary", "To the summary", "from receipt until the customer had what we understood, or confirmed it"), (Milestone.Offered, "offer", "To the offer", "from receipt until the first options went to the customer"),
        (Milestone.PutRight, "fix", "To all done", "from receipt until everything that was chosen was done, the last time"), (Milestone.Closed, "close", "To the end", "from receipt until it was closed, the last time"),
    ];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var (calendar, open) = (All.Select(each => Part(each.Milestone, TimeCount.Calendar)).ToArray(), All.Select(each => Part(each.Milestone, TimeCount.Open)).ToArray());
        var now = await ask.Counts.Of(Measure.Took, ask.Slice, [.. calendar, .. open]);
        var before = await ask.Counts.Of(Measure.Took, ask.Slice.Before, calendar);
        var stretches = ask.Stretches();
        var sums = await ask.Along(Measure.Took, stretches, calendar);
        return new("times", "Times", "How long does the customer wait for each step?", ask.Slice,
            [.. All.Select(each => Figure.OfTime(each.Code, each.Words, $"By the calendar, {each.Definition}: the median, by the day on which it was reached.", now.Durations(Part(each.Milestone, TimeCount.Calendar)), before.Durations(Part(each.Milestone, TimeCount.Calendar)), ask.CasesOf(Measure.Took, Part(each.Milestone, TimeCount.Calendar))))],
            [
                new("clocks", "On both clocks", "The calendar is what the customer lives through; open hours are what we can work in. Nine of ten took no longer than the second figure.",
                    [new("step", "Until"), new("complaints", "Complaints"), new("median", "Median"), new("p90", "Nine of ten"), new("median_open", "Median, open hours"), new("p90_open", "Nine of ten, open hours")],
                    [.. All.Select(each => new ReportRow([each.Words, .. On(now, each.Milestone)], ask.CasesOf(Measure.Took, Part(each.Milestone, TimeCount.Calendar))))]),
                new("along", "Medians along the days", "The median by the calendar, of what was reached in each stretch of days.", [new("from", ask.StretchWord), .. All.Select(each => new ReportColumn(each.Code, each.Words))],
                    [.. stretches.Select((stretch, i) => new ReportRow([stretch.From, .. All.Select(each => (object?)Median(sums[i], Part(each.Milestone, TimeCount.Calendar)))])
                    {
                        CellCases = [null, .. All.Select(each => Median(sums[i], Part(each.Milestone, TimeCount.Calendar)) is null ? null : ask.CasesOf(Measure.Took, Part(each.Milestone, TimeCount.Calendar), slice: ask.Slice with { From = stretch.From, To = stretch.To }))],
                    })]) { Chart = ChartKind.Lines, Drawn = ["summary", "offer", "fix"] },
            ]);
    }

    private static long Part(Milestone milestone, TimeCount clock) => Marks.TimePart((int)milestone, clock);

    private static IEnumerable<object?> On(Sums sums, Milestone milestone)
    {
        var (calendar, open) = (sums.Durations(Part(milestone, TimeCount.Calendar)), sums.Durations(Part(milestone, TimeCount.Open)));
        return [calendar.Count, Span(calendar.Median), Span(calendar.P90), Span(open.Median), Span(open.P90)];
    }

    private static TimeSpan? Median(Sums sums, long part) => Span(sums.Durations(part).Median);

    /// <summary>Minutes as a cell.</summary>
    public static TimeSpan? Span(long? minutes) => minutes is { } known ? TimeSpan.FromMinutes(known) : null;
}

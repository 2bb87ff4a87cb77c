using Amends.Domain.Cases;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>How long complaints stand at each step, and how many stand there now.</summary>
public static class BottleneckReport
{
    private static readonly (int Step, string Words)[] Steps = [(1, "Listen"), (2, "Confirm"), (3, "Offer"), (4, "Put right"), (5, "Check back")];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var now = await ask.Counts.Of(Measure.InStep, ask.Slice, [.. Steps.SelectMany(each => new[] { Marks.TimePart(each.Step, TimeCount.Calendar), Marks.TimePart(each.Step, TimeCount.Open) })]);
        var open = await Standing(ask);
        var medians = Steps.Select(each => (each.Words, Durations: now.Durations(Marks.TimePart(each.Step, TimeCount.Open)))).Where(each => each.Durations.Count >= Proportion.Few).ToList();
        return new("bottlenecks", "Where cases stand", "At which step do complaints wait?", ask.Slice,
            [.. Steps.Select(each => Figure.OfTime(Code(each.Step), each.Words, $"Open hours that complaints stood at “{each.Words.ToLowerInvariant()}”: the median, by the day on which they left it.", now.Durations(Marks.TimePart(each.Step, TimeCount.Open)), null, ask.CasesOf(Measure.InStep, Marks.TimePart(each.Step, TimeCount.Open))))],
            [
                await Open(ask, now, open),
                new("clocks", "On both clocks", "Each time that a complaint left a step in these days; one that came back to a step counts again.",
                    [new("step", "Step"), new("left", "Left it"), new("median", "Median"), new("p90", "Nine of ten"), new("median_open", "Median, open hours"), new("p90_open", "Nine of ten, open hours")],
                    [.. Steps.Select(each => (each.Step, each.Words, Calendar: now.Durations(Marks.TimePart(each.Step, TimeCount.Calendar)), OpenHours: now.Durations(Marks.TimePart(each.Step, TimeCount.Open))))
                        .Select(each => new ReportRow([each.Words, each.Calendar.Count, TimesReport.Span(each.Calendar.Median), TimesReport.Span(each.Calendar.P90), TimesReport.Span(each.OpenHours.Median), TimesReport.Span(each.OpenHours.P90)], ask.CasesOf(Measure.InStep, Marks.TimePart(each.Step, TimeCount.Calendar))))]),
            ])
        {
            Finding = medians.Count == 0 ? null : medians.MaxBy(each => each.Durations.Median) is var worst ? $"“{worst.Words}” takes longest: half of the complaints stand there longer than {Words(worst.Durations.Median!.Value)} of open time." : null,
        };
    }

    /// <summary>How many open complaints stand at each step now, and how long one stands there.</summary>
    public static async Task<ReportTable> Open(Question ask) => await Open(ask, await ask.Counts.Of(Measure.InStep, ask.Slice, [.. Steps.Select(each => Marks.TimePart(each.Step, TimeCount.Calendar))]), await Standing(ask));

    private static Task<ReportTable> Open(Question ask, Sums now, Dictionary<int, long> open) => Task.FromResult(new ReportTable("open", "Where open cases stand", $"Open complaints at each step now, and the median of how long one stood there, by the calendar.",
        [new("step", "Step"), new("open", "Open now"), new("median", "Median time in step")],
        [.. Steps.Select(each => new ReportRow([each.Words, open.GetValueOrDefault(each.Step), TimesReport.Span(now.Durations(Marks.TimePart(each.Step, TimeCount.Calendar)).Median)], ask.CasesOf(Measure.InStep, Marks.TimePart(each.Step, TimeCount.Calendar))))]) { Chart = ChartKind.Rows, Width = 6, Drawn = ["open"] });

    private static async Task<Dictionary<int, long>> Standing(Question ask)
    {
        var codes = ReportCounts.CodesOf(ask.Slice);
        var rows = await ask.Connection.QueryAsync<(int Step, string? Category, long Count)>("select step, category, count(*) from cases where closed_at is null and kind = @complaint group by step, category", new { complaint = (int)CaseKind.Complaint });
        return rows.Where(row => codes.Length == 0 || codes.Contains(row.Category)).GroupBy(row => row.Step).ToDictionary(step => step.Key, step => step.Sum(row => row.Count));
    }

    private static string Code(int step) => Steps[step - 1].Words.ToLowerInvariant().Replace(' ', '_');

    private static string Words(long minutes) => minutes switch { < 60 => $"{minutes} minutes", < 2880 => $"{minutes / 60} h {minutes % 60} min", _ => $"{minutes / 1440} days" };
}

using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>Whether what was promised came: by the day for which it was promised, and by what was promised.</summary>
public static class PromiseReport
{
    private static readonly (PromiseSort Sort, string Words)[] Sorts = [(PromiseSort.Update, "A word on how it goes"), (PromiseSort.Call, "A call"), (PromiseSort.Offer, "What follows an answer to an offer")];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var (now, before) = await ask.Both(Measure.Promise);
        var due = now.All;
        return new("promises", "Promises kept", "Did customers hear from us when we had said they would?", ask.Slice,
            [
                Figure.OfShare("kept", "Kept", "Promised contacts that came in time, of those that were due and not moved beforehand; where the customer acted first nothing was due any more.", Kept(now), Kept(before), true, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Kept, (int)PromiseEnd.Kept)),
                Figure.OfShare("missed", "Missed", "Promised contacts that came late or not at all, of those that were due and not moved beforehand.", Question.Share(now.At((int)PromiseEnd.Missed), Kept(now).Of), Question.Share(before.At((int)PromiseEnd.Missed), Kept(before).Of), false, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Missed, (int)PromiseEnd.Missed)),
                Figure.OfShare("moved", "Moved", "Promised contacts that were given another day before they were due, with a reason that the customer was told, of all promised for these days.", Question.Share(now.At((int)PromiseEnd.Moved), due), Question.Share(before.At((int)PromiseEnd.Moved), before.All), false, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Moved, (int)PromiseEnd.Moved)),
            ],
            [
                await Along(ask),
                new("sorts", "By what was promised", "Promises of these days by their sort; the cases say why each was moved or missed.", [new("sort", "What"), new("due", "Due"), new("kept", "Kept"), new("missed", "Missed"), new("moved", "Moved")],
                    [.. Sorts.Select(each => new ReportRow([each.Words, now.Of((long)each.Sort, 1) + now.Of((long)each.Sort, 2), Question.Share(now.Of((long)each.Sort, 1), now.Of((long)each.Sort, 1) + now.Of((long)each.Sort, 2)), now.Of((long)each.Sort, 2), now.Of((long)each.Sort, 3)], ask.CasesOf(Measure.Promise, (long)each.Sort, 2, 2)))]),
                new("week", "By day of the week", "Promises by the day of the week for which they were made: on some days too much may be promised.", [new("day", "Day"), new("kept", "Kept"), new("missed", "Missed")], await Week(ask)),
                .. await TeamsReport.Promises(ask),
            ]);
    }

    /// <summary>Kept, of those that were kept or missed.</summary>
    public static Proportion Kept(Sums promises) => Question.Share(promises.At((int)PromiseEnd.Kept), promises.At((int)PromiseEnd.Kept) + promises.At((int)PromiseEnd.Missed));

    /// <summary>Promises along the days.</summary>
    public static async Task<ReportTable> Along(Question ask)
    {
        var stretches = ask.Stretches();
        var sums = await ask.Along(Measure.Promise, stretches);
        return new("promises", "Promises, by the day they were due", "Promised contacts by the day for which they were promised.", [new("from", ask.StretchWord), new("kept", "Kept"), new("missed", "Missed"), new("moved", "Moved"), new("share", "Share kept")],
            [.. stretches.Select((stretch, i) => new ReportRow([stretch.From, sums[i].At(1), sums[i].At(2), sums[i].At(3), Kept(sums[i])], ask.CasesOf(Measure.Promise, null, 2, 2, ask.Slice with { From = stretch.From, To = stretch.To })))]) { Chart = ChartKind.Bars, Drawn = ["kept", "missed"] };
    }

    private static async Task<IReadOnlyList<ReportRow>> Week(Question ask)
    {
        var daily = await ask.Counts.Daily(Measure.Promise, ask.Slice);
        return [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday }
            .Select(day => (Day: day, Sums: new Sums(daily.Where(each => DateOnly.FromDayNumber(each.Key).DayOfWeek == day).SelectMany(each => each))))
            .Where(each => each.Sums.All > 0).Select(each => new ReportRow([each.Day.ToString(), Kept(each.Sums), each.Sums.At(2)]))];
    }
}

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
                Figure.OfShare("kept", "Kept", "Promised contacts that came in time, of those that were due and not moved beforehand; where the customer acted first nothing was due any more.", Kept(now), Kept(before), true, Ended(ask, now.At((int)PromiseEnd.Kept), PromiseEnd.Kept)),
                Figure.OfShare("missed", "Missed", "Promised contacts that came late or not at all, of those that were due and not moved beforehand.", Question.Share(now.At((int)PromiseEnd.Missed), Kept(now).Of), Question.Share(before.At((int)PromiseEnd.Missed), Kept(before).Of), false, Ended(ask, now.At((int)PromiseEnd.Missed), PromiseEnd.Missed)),
                Figure.OfShare("moved", "Moved", "Promised contacts that were given another day before they were due, with a reason that the customer was told, of all promised for these days.", Question.Share(now.At((int)PromiseEnd.Moved), due), Question.Share(before.At((int)PromiseEnd.Moved), before.All), false, Ended(ask, now.At((int)PromiseEnd.Moved), PromiseEnd.Moved)),
            ],
            [
                await Along(ask),
                new("sorts", "By what was promised", "Promises of these days by their sort; the cases say why each was moved or missed.", [new("sort", "What"), new("due", "Due"), new("kept", "Kept"), new("missed", "Missed"), new("moved", "Moved")],
                    [.. Sorts.Select(each => Row(ask, now, each.Sort, each.Words))]),
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
            [.. stretches.Select((stretch, i) => (Days: ask.Slice with { From = stretch.From, To = stretch.To }, Sums: sums[i])).Select(each => new ReportRow([each.Days.From, each.Sums.At(1), each.Sums.At(2), each.Sums.At(3), Kept(each.Sums)])
            {
                CellCases = [null, .. new[] { PromiseEnd.Kept, PromiseEnd.Missed, PromiseEnd.Moved }.Select(end => Ended(ask, each.Sums.At((int)end), end, slice: each.Days))],
            })]) { Chart = ChartKind.Bars, Drawn = ["kept", "missed"] };
    }

    private static ReportRow Row(Question ask, Sums now, PromiseSort of, string words)
    {
        var (sort, kept, missed, moved) = ((long)of, now.Of((long)of, (int)PromiseEnd.Kept), now.Of((long)of, (int)PromiseEnd.Missed), now.Of((long)of, (int)PromiseEnd.Moved));
        return new([words, kept + missed, Question.Share(kept, kept + missed), missed, moved])
        {
            CellCases = [null, kept + missed == 0 ? null : ask.CasesOf(Measure.Promise, sort, (int)PromiseEnd.Kept, (int)PromiseEnd.Missed), Ended(ask, kept, PromiseEnd.Kept, sort), Ended(ask, missed, PromiseEnd.Missed, sort), Ended(ask, moved, PromiseEnd.Moved, sort)],
        };
    }

    /// <summary>The query of the cases with a promise that ended so; <c>null</c> where none did.</summary>
    private static string? Ended(Question ask, long count, PromiseEnd end, long? sort = null, Slice? slice = null) => count == 0 ? null : ask.CasesOf(Measure.Promise, sort, (int)end, (int)end, slice);

    private static async Task<IReadOnlyList<ReportRow>> Week(Question ask)
    {
        var daily = await ask.Counts.Daily(Measure.Promise, ask.Slice);
        return [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday }
            .Select(day => (Day: day, Sums: new Sums(daily.Where(each => DateOnly.FromDayNumber(each.Key).DayOfWeek == day).SelectMany(each => each))))
            .Where(each => each.Sums.All > 0).Select(each => new ReportRow([each.Day.ToString(), Kept(each.Sums), each.Sums.At(2)])
            {
                CellCases = [null, .. new[] { PromiseEnd.Kept, PromiseEnd.Missed }.Select(end => Ended(ask, each.Sums.At((int)end), end) is { } cases ? $"{cases}&weekday={each.Day}" : null)],
            })];
    }
}

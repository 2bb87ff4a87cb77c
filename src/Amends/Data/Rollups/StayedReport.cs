using Amends.Domain.Calendars;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>
/// Who bought again: of the complaints that ended long enough ago, by how fast everything was put right and by whether promises were kept. It
/// shows what goes together, not what follows from what: whoever buys often may also be served faster.
/// </summary>
public static class StayedReport
{
    /// <inheritdoc cref="OrderedAgain.Days"/>
    public const int FollowedDays = OrderedAgain.Days;

    private static readonly IReadOnlyList<(string Words, int Most)> Speeds = OrderedAgain.Speeds;

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var rows = await Followed(ask, ask.Slice);
        var (kept, broken) = (Share(rows.Where(row => !row.IsBroken)), Share(rows.Where(row => row.IsBroken)));
        var (fast, slow) = (Share(rows.Where(row => row.Speed is 0 or 1)), Share(rows.Where(row => row.Speed is > 1)));
        string? Cases(Func<Row, bool> which) => CasesOf(ask, rows.Where(which));
        return new("stayed", "Who bought again", $"Who ordered again within {FollowedDays} days of the end? Of complaints that ended at least so long ago.", ask.Slice,
            [
                Figure.OfShare("stayed", "Bought again", $"Complaints whose customer ordered again within {FollowedDays} days of the end, of those that ended at least {FollowedDays} days ago.", Share(rows), cases: Cases(_ => true)),
                Figure.OfShare("fast", "Put right within three days", $"The same, of those where everything was done within three days of receipt.", fast, cases: Cases(row => row.Speed is 0 or 1)),
                Figure.OfShare("slow", "Put right later", $"The same, of those where that took longer than three days.", slow, cases: Cases(row => row.Speed is > 1)),
                Figure.OfShare("kept", "Every promise kept", $"The same, of those where every promised contact came in time or was moved beforehand.", kept, cases: Cases(row => !row.IsBroken)),
                Figure.OfShare("broken", "A promise broken", $"The same, of those where a promised contact came late or not at all.", broken, cases: Cases(row => row.IsBroken)),
            ],
            [
                new("speed", "By how fast it was put right", $"From receipt until everything that was chosen was done, and who ordered again within {FollowedDays} days of the end. It goes together; it need not follow.", [new("speed", "Put right"), new("complaints", "Complaints"), new("stayed", "Bought again")],
                    [.. Speeds.Select((speed, i) => new ReportRow([speed.Words, rows.Where(row => row.Speed == i).Sum(row => row.Complaints), Share(rows.Where(row => row.Speed == i))], Cases(row => row.Speed == i))), new(["Nothing was chosen", rows.Where(row => row.Speed < 0).Sum(row => row.Complaints), Share(rows.Where(row => row.Speed < 0))], Cases(row => row.Speed < 0))]),
                new("promises", "By whether promises were kept", "Who hears from us when we said so, and who does not.", [new("promises", "Promises"), new("complaints", "Complaints"), new("stayed", "Bought again")],
                    [new(["Every one kept", (long)kept.Of, kept], Cases(row => !row.IsBroken)), new(["One broken or more", (long)broken.Of, broken], Cases(row => row.IsBroken))]),
            ])
        {
            Finding = string.Join(' ', new[] { Compared("What was put right within three days", fast, slow), Compared("Where every promise was kept", kept, broken) }.OfType<string>()) is { Length: > 0 } words ? words : null,
        };
    }

    /// <summary>Complaints that ended in some days and long enough ago, and how many of their customers bought again: whole days from the sums, the day on which it becomes long enough from its cases.</summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="slice">Of which days and complaints.</param>
    /// <param name="withLatest">What ended at the very moment that is long enough ago is among them.</param>
    internal static async Task<IReadOnlyList<Row>> Followed(Question ask, Slice slice, bool withLatest = false)
    {
        var (zone, latest) = (ask.Company.Zone(), ask.Now.AddDays(-FollowedDays));
        var last = LocalDay.Of(latest, zone);
        var rows = new List<Row>();
        if (slice.From < last)
        {
            var sums = await ask.Counts.Of(Measure.BoughtAgain, slice with { To = slice.To < last ? slice.To : last.AddDays(-1) });
            rows.AddRange(sums.Parts.Select(part => OrderedAgain.Of(part.Part) is var of ? new Row(of.Speed, of.Broke, part.Count, sums.Of(part.Part, 1)) : default));
        }

        if (slice.From <= last && last <= slice.To)
        {
            var codes = ReportCounts.CodesOf(slice);
            var marks = await ask.Connection.QueryAsync<string>(
                $"select f.later from case_facts f where f.is_complaint = 1 and f.closed_at >= @begins and f.closed_at < @ends{(codes.Length == 0 ? "" : $" and f.category {ask.Counts.Among("@codes")}")}",
                new { begins = LocalDay.Begins(last, zone).ToUnixTimeMilliseconds(), ends = latest.ToUnixTimeMilliseconds() + (withLatest ? 1 : 0), codes });
            rows.AddRange(marks.SelectMany(text => Marks.Read(text).Keys).Where(mark => mark.Measure == Measure.BoughtAgain).GroupBy(mark => mark.Part)
                .Select(part => OrderedAgain.Of(part.Key) is var of ? new Row(of.Speed, of.Broke, part.Count(), part.Count(mark => mark.Bucket == 1)) : default));
        }

        return rows;
    }

    /// <summary>The query of the cases that ended in some days and long enough ago, whether their customers bought again or not.</summary>
    internal static string CasesOf(Question ask, Slice slice)
    {
        var last = LocalDay.Of(ask.Now.AddDays(-FollowedDays), ask.Company.Zone());
        return ask.CasesOf(Measure.BoughtAgain, slice: slice with { To = slice.To < last ? slice.To : last });
    }

    /// <summary>The same of some of them alone; <c>null</c> of nothing.</summary>
    private static string? CasesOf(Question ask, IEnumerable<Row> rows) =>
        rows.Select(row => OrderedAgain.PartOf(row.Speed, row.IsBroken)).Distinct().Order().ToList() is { Count: > 0 } parts ? $"{CasesOf(ask, ask.Slice)}&parts={string.Join(',', parts)}" : null;

    private static string? Compared(string who, Proportion one, Proportion other) => one.IsFew || other.IsFew || one.Minus(other) is not { } by ? null
        : by.IsClear ? $"{who}, customers bought again {(by.By > 0 ? "more" : "less")} often, by {Math.Abs(by.By) * 100:0} points ({Math.Min(Math.Abs(by.Within.Low), Math.Abs(by.Within.High)) * 100:0} to {Math.Max(Math.Abs(by.Within.Low), Math.Abs(by.Within.High)) * 100:0})."
        : $"{who}, the difference may be chance.";

    private static Proportion Share(IEnumerable<Row> rows) => rows.ToList() is var all ? Question.Share(all.Sum(row => row.Stayed), all.Sum(row => row.Complaints)) : default;

    /// <summary>Some of them.</summary>
    /// <param name="Speed">Which of <see cref="OrderedAgain.Speeds"/>; -1 where nothing was chosen.</param>
    /// <param name="IsBroken">A promise was broken.</param>
    /// <param name="Complaints">How many.</param>
    /// <param name="Stayed">Of how many the customer bought again.</param>
    internal readonly record struct Row(int Speed, bool IsBroken, long Complaints, long Stayed);
}

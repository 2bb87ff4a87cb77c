using Amends.Domain.Calendars;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>
/// Who bought again: of the complaints that ended long enough ago, by how fast everything was put right and by whether promises were kept. It
/// shows what goes together, not what follows from what: whoever buys often may also be served faster.
/// </summary>
public static class StayedReport
{
    /// <summary>So many days after the end an order counts, and so long ago a complaint must have ended.</summary>
    public const int FollowedDays = 90;

    private const long Day = 24 * 60 * 60 * 1000L;

    private static readonly (string Words, int Least, int Most)[] Speeds = [("Within a day", 0, 1), ("Within three days", 1, 3), ("Within a week", 3, 7), ("Within two weeks", 7, 14), ("Later", 14, int.MaxValue)];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var codes = ReportCounts.CodesOf(ask.Slice);
        var zone = ask.Company.Zone();
        var rows = (await ask.Connection.QueryAsync<Row>(
            $"""
            select speed, broke, count(*) as complaints, cast(sum(stayed) as bigint) as stayed from (
                select case when f.put_right_at is null then -1 {string.Join(' ', Speeds.SkipLast(1).Select((speed, i) => $"when f.put_right_at - f.opened_at < {speed.Most * Day} then {i}"))} else {Speeds.Length - 1} end as speed, f.broke_promise as broke,
                    case when f.ordered_at <= f.closed_at + {FollowedDays * Day} then 1 else 0 end as stayed
                from case_facts f where f.is_complaint = 1 and f.closed_at >= @begins and f.closed_at < @ends{(codes.Length == 0 ? "" : $" and f.category {ask.Counts.Among("@codes")}")}
            ) as followed group by speed, broke
            """, new
            {
                begins = LocalDay.Begins(ask.Slice.From, zone).ToUnixTimeMilliseconds(),
                ends = Math.Min(LocalDay.Begins(ask.Slice.To.AddDays(1), zone).ToUnixTimeMilliseconds(), ask.Now.AddDays(-FollowedDays).ToUnixTimeMilliseconds()), codes,
            })).AsList();
        var (kept, broken) = (Share(rows.Where(row => row.Broke == 0)), Share(rows.Where(row => row.Broke == 1)));
        var (fast, slow) = (Share(rows.Where(row => row.Speed is 0 or 1)), Share(rows.Where(row => row.Speed is > 1)));
        return new("stayed", "Who bought again", $"Who ordered again within {FollowedDays} days of the end? Of complaints that ended at least so long ago.", ask.Slice,
            [
                Figure.OfShare("stayed", "Bought again", $"Complaints whose customer ordered again within {FollowedDays} days of the end, of those that ended at least {FollowedDays} days ago.", Share(rows)),
                Figure.OfShare("fast", "Put right within three days", $"The same, of those where everything was done within three days of receipt.", fast),
                Figure.OfShare("slow", "Put right later", $"The same, of those where that took longer than three days.", slow),
                Figure.OfShare("kept", "Every promise kept", $"The same, of those where every promised contact came in time or was moved beforehand.", kept),
                Figure.OfShare("broken", "A promise broken", $"The same, of those where a promised contact came late or not at all.", broken),
            ],
            [
                new("speed", "By how fast it was put right", $"From receipt until everything that was chosen was done, and who ordered again within {FollowedDays} days of the end. It goes together; it need not follow.", [new("speed", "Put right"), new("complaints", "Complaints"), new("stayed", "Bought again")],
                    [.. Speeds.Select((speed, i) => new ReportRow([speed.Words, rows.Where(row => row.Speed == i).Sum(row => row.Complaints), Share(rows.Where(row => row.Speed == i))])), new(["Nothing was chosen", rows.Where(row => row.Speed < 0).Sum(row => row.Complaints), Share(rows.Where(row => row.Speed < 0))])]),
                new("promises", "By whether promises were kept", "Who hears from us when we said so, and who does not.", [new("promises", "Promises"), new("complaints", "Complaints"), new("stayed", "Bought again")],
                    [new(["Every one kept", (long)kept.Of, kept]), new(["One broken or more", (long)broken.Of, broken])]),
            ])
        {
            Finding = string.Join(' ', new[] { Compared("What was put right within three days", fast, slow), Compared("Where every promise was kept", kept, broken) }.OfType<string>()) is { Length: > 0 } words ? words : null,
        };
    }

    private static string? Compared(string who, Proportion one, Proportion other) => one.IsFew || other.IsFew || one.Minus(other) is not { } by ? null
        : by.IsClear ? $"{who}, customers bought again {(by.By > 0 ? "more" : "less")} often, by {Math.Abs(by.By) * 100:0} points ({Math.Min(Math.Abs(by.Within.Low), Math.Abs(by.Within.High)) * 100:0} to {Math.Max(Math.Abs(by.Within.Low), Math.Abs(by.Within.High)) * 100:0})."
        : $"{who}, the difference may be chance.";

    private static Proportion Share(IEnumerable<Row> rows) => rows.ToList() is var all ? Question.Share(all.Sum(row => row.Stayed), all.Sum(row => row.Complaints)) : default;

    private sealed class Row
    {
        public int Speed { get; init; }
        public int Broke { get; init; }
        public long Complaints { get; init; }
        public long Stayed { get; init; }
    }
}

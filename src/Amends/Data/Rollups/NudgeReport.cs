using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>When the case says to ring: whether we did, and whether it is put right more often where we did (practice 0-16).</summary>
public static class NudgeReport
{
    private static readonly (AfterNudge Part, string Words)[] Parts = [(AfterNudge.Phoned, "We rang"), (AfterNudge.SetAside, "Set aside with a reason"), (AfterNudge.NotPhoned, "We did not ring")];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var (now, before) = await ask.Both(Measure.Nudged);
        var (rung, others) = (Right(now, AfterNudge.Phoned), Right(now, AfterNudge.SetAside, AfterNudge.NotPhoned));
        return new("nudges", "Telephone", "Where writing misleads the case says to ring. Did we, and is it put right more often where we did?", ask.Slice,
            [
                Figure.OfShare("phoned", "Rung", "Cases with which we spoke by telephone after they said to ring, of those that first said so in these days.", Question.Share(now.Of(AfterNudge.Phoned), now.All), Question.Share(before.Of(AfterNudge.Phoned), before.All), true, now.Of(AfterNudge.Phoned) == 0 ? null : ask.CasesOf(Measure.Nudged, (long)AfterNudge.Phoned)),
                Figure.OfShare("phoned_put_right", "Put right, rung", "Of cases that we rang and whose customer answered in the end, those that are put right.", rung, Right(before, AfterNudge.Phoned), true, ask.CasesOf(Measure.Nudged, (long)AfterNudge.Phoned, (int)AfterAll.PutRight, (int)AfterAll.PutRight)),
                Figure.OfShare("written_put_right", "Put right, not rung", "The same of cases that we did not ring.", others, Right(before, AfterNudge.SetAside, AfterNudge.NotPhoned), true),
            ],
            [
                new("nudges", "What followed", "Cases that first said to ring in these days. “Put right” is of those who answered in the end.", [new("what", "What"), new("cases", "Cases"), new("share", "Share"), new("put_right", "Put right")],
                    [.. Parts.Select(each => new ReportRow([each.Words, now.Of(each.Part), Question.Share(now.Of(each.Part), now.All), Right(now, each.Part)], now.Of(each.Part) == 0 ? null : ask.CasesOf(Measure.Nudged, (long)each.Part)))]) { Chart = ChartKind.Rows, Drawn = ["cases"] },
            ])
        {
            Finding = rung.IsFew || others.IsFew ? null : $"Put right where we rang, beside where we did not: {MattersReport.Words(rung, others)}. Whoever was rung was chosen, so this goes together; it need not follow.",
        };
    }

    private static Proportion Right(Sums sums, params AfterNudge[] parts)
    {
        var right = parts.Sum(part => sums.Of((long)part, (int)AfterAll.PutRight));
        return Question.Share(right, right + parts.Sum(part => sums.Of((long)part, (int)AfterAll.NotPutRight)));
    }
}

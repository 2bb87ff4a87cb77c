using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>
/// What customers care about, in their own words: what they want, what it meant for them, and what they thank us for. Each with how many said it, beside the days before, and
/// with how many of those who answered in the end said that it is not put right.
/// </summary>
public static class MattersReport
{
    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((wanted, wantedBefore), (impact, impactBefore), (praised, praisedBefore)) = (await ask.Both(Measure.Wanted), await ask.Both(Measure.Impact), await ask.Both(Measure.Praised));
        var (opened, openedBefore) = await ask.Both(Measure.Opened);
        var left = Unhappy(wanted, Matters.Anything);
        return new("what-matters", "What matters", "What do customers say they want, what did it mean for them, and what do they thank us for? Counted in their own words.", ask.Slice,
            [
                Figure.OfShare("said_wanted", "Said what they want", "Complaints whose customer said what would put it right, of those that came in these days.", Question.Share(Many(wanted), opened.All), Question.Share(Many(wantedBefore), openedBefore.All), true, ask.CasesOf(Measure.Wanted, Matters.Anything)),
                Figure.OfShare("said_impact", "Said what it meant", "Complaints whose customer said what it means for them, of those that came in these days.", Question.Share(Many(impact), opened.All), Question.Share(Many(impactBefore), openedBefore.All), true, ask.CasesOf(Measure.Impact, Matters.Anything)),
                Figure.OfCount("praised", "Thanked us", "Letters of thanks, and answers with 4 or 5 of 5 that say why, in these days.", Many(praised), Many(praisedBefore), ask.CasesOf(Measure.Praised, Matters.Anything)),
                Figure.OfShare("not_right", "Not put right", "Of complaints whose customer said what they want and answered in the end, those that are not put right, or in part only.", left, Unhappy(wantedBefore, Matters.Anything), false, ask.CasesOf(Measure.Wanted, Matters.Anything, (int)AfterAll.NotPutRight)),
            ],
            [
                Complaints("wanted", "What they want", SaidOf.Wanted, Measure.Wanted, wanted, wantedBefore, ask),
                Complaints("impact", "What it meant for them", SaidOf.Impact, Measure.Impact, impact, impactBefore, ask),
                new("praise", "What they thank us for", "Letters of thanks, and answers with 4 or 5 of 5 that say why. One may speak of several things.", [new("what", "What"), new("thanks", "Thanks"), new("share", "Share"), new("before", "Share before"), new("change", "Change")],
                    Rows(SaidOf.Praise, Measure.Praised, praised, praisedBefore, ask, _ => [])) { Chart = ChartKind.Rows, Drawn = ["thanks"] },
            ])
        {
            Finding = Worst(wanted, impact) is { } worst ? $"Least often put right where they speak of “{worst.Words}”." : null,
        };
    }

    /// <summary>Whether a difference of two shares is clear, in a few words.</summary>
    /// <param name="now">The share now.</param>
    /// <param name="before">The share before.</param>
    internal static string Words(Proportion now, Proportion before) => now.IsFew || before.IsFew || now.Minus(before) is not { } by ? "too few to say"
        : $"{by.By * 100:+0;−0;±0} points ({by.Within.Low * 100:+0;−0;0} to {by.Within.High * 100:+0;−0;0}): {(by.IsClear ? "clear" : "more likely chance")}";

    private static ReportTable Complaints(string code, string title, SaidOf of, Measure measure, Sums now, Sums before, Question ask) =>
        new(code, title, "Complaints that came in these days whose customer said it, of all who said anything here; one may say several things. “Not put right” is of those who answered in the end.",
            [new("what", "What"), new("complaints", "Complaints"), new("share", "Share"), new("before", "Share before"), new("change", "Change"), new("not_right", "Not put right"), new("beside", "Beside the others")],
            Rows(of, measure, now, before, ask, part => Unhappy(now, part) is var theirs && Unhappy(now, Matters.Anything) is var all && Question.Share(all.Hits - theirs.Hits, all.Of - theirs.Of) is var others ? [theirs, Words(theirs, others)] : [])) { Chart = ChartKind.Rows, Drawn = ["complaints"] };

    private static List<ReportRow> Rows(SaidOf of, Measure measure, Sums now, Sums before, Question ask, Func<int, object?[]> more) =>
        [.. Matters.In(of).Select(matter => (matter.Part, matter.Words)).Append((Part: Matters.SomethingElse, Words: "Something else")).Where(each => Many(now, each.Part) + Many(before, each.Part) > 0)
            .OrderBy(each => each.Part == Matters.SomethingElse ? 1 : 0).ThenByDescending(each => Many(now, each.Part)).ThenBy(each => each.Part)
            .Select(each => (each, Now: Question.Share(Many(now, each.Part), Many(now)), Before: Question.Share(Many(before, each.Part), Many(before))))
            .Select(row => new ReportRow([row.each.Words, Many(now, row.each.Part), row.Now, row.Before, Words(row.Now, row.Before), .. more(row.each.Part)], ask.CasesOf(measure, row.each.Part)))];

    private static Matter? Worst(Sums wanted, Sums impact) => Matters.All.Where(matter => matter.Of != SaidOf.Praise)
        .Select(matter => (matter, Sums: matter.Of == SaidOf.Wanted ? wanted : impact)).Select(each => (each.matter, Theirs: Unhappy(each.Sums, each.matter.Part), All: Unhappy(each.Sums, Matters.Anything)))
        .Select(each => (each.matter, each.Theirs, Others: Question.Share(each.All.Hits - each.Theirs.Hits, each.All.Of - each.Theirs.Of)))
        .Where(each => !each.Theirs.IsFew && !each.Others.IsFew && each.Theirs.Minus(each.Others) is { Within.Low: > 0 }).OrderByDescending(each => each.Theirs.Share).Select(each => each.matter).FirstOrDefault();

    private static long Many(Sums sums, int part = Matters.Anything) => sums.Buckets(part).Sum(bucket => bucket.Count);

    private static Proportion Unhappy(Sums sums, int part) => Question.Share(sums.Of(part, (int)AfterAll.NotPutRight), sums.Of(part, (int)AfterAll.NotPutRight) + sums.Of(part, (int)AfterAll.PutRight));
}

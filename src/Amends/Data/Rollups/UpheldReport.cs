using Amends.Domain.Issues;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>How much of what was raised was justified, as the customers were told.</summary>
public static class UpheldReport
{
    private const int MostCategories = 20;

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var (now, before) = await ask.Both(Measure.Decided);
        var stretches = ask.Stretches();
        var along = await ask.Along(Measure.Decided, stretches);
        var by = new Dictionary<string, Dictionary<Finding, long>>();
        foreach (var finding in Enum.GetValues<Finding>())
        {
            foreach (var (category, count) in await ask.Counts.ByCategory(Measure.Decided, ask.Slice, (int)finding))
                (by.TryGetValue(category, out var counts) ? counts : by[category] = [])[finding] = count;
        }

        return new("upheld", "Upheld", "How much of what was raised was justified?", ask.Slice,
            [
                Figure.OfShare("upheld", "Upheld or partly", "Issues that we found justified in all or in part, of those whose decision the customer was told.", Upheld(now), Upheld(before), null, ask.CasesOf(Measure.Decided)),
                Figure.OfCount("fully", "Upheld", "Issues that we found justified in all.", now.Of(Finding.Upheld), before.Of(Finding.Upheld), ask.CasesOf(Measure.Decided, (int)Finding.Upheld)),
                Figure.OfCount("partly", "Partly upheld", "Issues that we found justified in part.", now.Of(Finding.PartlyUpheld), before.Of(Finding.PartlyUpheld), ask.CasesOf(Measure.Decided, (int)Finding.PartlyUpheld)),
                Figure.OfCount("not_upheld", "Not upheld", "Issues that we did not find justified; the customer got the reasons and where to go next.", now.Of(Finding.NotUpheld), before.Of(Finding.NotUpheld), ask.CasesOf(Measure.Decided, (int)Finding.NotUpheld)),
            ],
            [
                new("along", "Along the days", "Decisions by the day on which the customer was told.", [new("from", ask.StretchWord), new("upheld", "Upheld"), new("partly", "Partly"), new("not_upheld", "Not upheld"), new("share", "Upheld or partly")],
                    [.. stretches.Select((stretch, i) => new ReportRow([stretch.From, along[i].Of(Finding.Upheld), along[i].Of(Finding.PartlyUpheld), along[i].Of(Finding.NotUpheld), Upheld(along[i])], ask.CasesOf(Measure.Decided, slice: ask.Slice with { From = stretch.From, To = stretch.To })))]) { Chart = ChartKind.Bars, Drawn = ["upheld", "not_upheld"] },
                new("categories", "By category", "Decisions of these days by the category of the complaint.", [new("category", "Category"), new("decided", "Decided"), new("share", "Upheld or partly")],
                    [.. by.Select(each => (each.Key, All: each.Value.Values.Sum(), Yes: each.Value.GetValueOrDefault(Finding.Upheld) + each.Value.GetValueOrDefault(Finding.PartlyUpheld))).OrderByDescending(each => each.All).ThenBy(each => each.Key, StringComparer.Ordinal).Take(MostCategories)
                        .Select(each => new ReportRow([RecoveryReport.CategoryWords(each.Key), each.All, Question.Share(each.Yes, each.All)], ask.CasesOf(Measure.Decided, category: each.Key)))]),
            ]);
    }

    private static Proportion Upheld(Sums decided) => Question.Share(decided.Of(Finding.Upheld) + decided.Of(Finding.PartlyUpheld), decided.All);
}

using Amends.Domain.CheckBacks;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>The three ways in which a recovery is felt to be fair: what came of it, how it went, and how one was treated (Tax, Brown and Chandrashekaran 1998).</summary>
public static class JusticeReport
{
    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((said, saidBefore), (promises, promisesBefore)) = (await ask.Both(Measure.Said), await ask.Both(Measure.Promise));
        var (stretches, contacts) = (ask.Stretches(), await ask.Counts.Of(Measure.Contacts, ask.Slice));
        var along = await ask.Along(Measure.Said, stretches);
        return new("justice", "Fairness", "Was it fair in what came of it, in how it went, and in how they were treated?", ask.Slice,
            [
                Figure.OfShare("outcome", "What came of it", "Distributive: answers that the outcome is what they wanted or more, of those who compared it.", Met(said), Met(saidBefore), true, ask.CasesOf(Measure.Said, (int)Scale.Met)),
                Figure.OfShare("way", "How it went", "Procedural, as customers say: answers of 5 to 7 of 7 to “how easy did we make it”, of those who said.", SatisfactionReport.Top(said, Scale.Ease, 5), SatisfactionReport.Top(saidBefore, Scale.Ease, 5), true, ask.CasesOf(Measure.Said, (int)Scale.Ease)),
                Figure.OfShare("way_promises", "Promises on the way", "Procedural, as we know: promised contacts that came in time, of those that were due and not moved beforehand.", PromiseReport.Kept(promises), PromiseReport.Kept(promisesBefore), true, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Missed, (int)PromiseEnd.Missed)),
                Figure.OfShare("way_once", "Had to turn to us once", "Procedural, as we know: closed complaints whose customer turned to us once, of all that were closed.", Question.Share(contacts.BucketsOfAll.Where(each => each.Bucket <= 1).Sum(each => each.Count), contacts.All), null, true, ask.CasesOf(Measure.Contacts, null, 2)),
                Figure.OfShare("treated", "How they were treated", "Interactional: answers of 4 or 5 of 5 to “were you taken seriously and not rushed”, of those who said.", SatisfactionReport.Top(said, Scale.Heard, 4), SatisfactionReport.Top(saidBefore, Scale.Heard, 4), true, ask.CasesOf(Measure.Said, (int)Scale.Heard)),
            ],
            [
                new("along", "Along the days", "The three shares of those who answered in each stretch of days.", [new("from", ask.StretchWord), new("outcome", "What came of it"), new("way", "How it went"), new("treated", "How they were treated")],
                    [.. stretches.Select((stretch, i) => (Days: ask.Slice with { From = stretch.From, To = stretch.To }, Met: Met(along[i]), Way: SatisfactionReport.Top(along[i], Scale.Ease, 5), Treated: SatisfactionReport.Top(along[i], Scale.Heard, 4)))
                        .Select(each => new ReportRow([each.Days.From, each.Met, each.Way, each.Treated]) { CellCases = [null, Said(each.Days, Scale.Met, each.Met), Said(each.Days, Scale.Ease, each.Way), Said(each.Days, Scale.Heard, each.Treated)] })]) { Chart = ChartKind.Lines, Drawn = ["outcome", "way", "treated"] },
            ]);
    }

    private static string? Said(Slice days, Scale scale, Proportion share) => share.IsFew ? null : Question.CasesOf(days, Measure.Said, (long)scale);

    private static Proportion Met(Sums said) => Question.Share(said.Of((long)Scale.Met, (int)OutcomeMet.Exceeded) + said.Of((long)Scale.Met, (int)OutcomeMet.Met), said.Of(Scale.Met));
}

using Amends.Domain.CheckBacks;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>How satisfied customers are, how easy it was, and whether they would come back; with how many said nothing.</summary>
public static class SatisfactionReport
{
    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((said, saidBefore), (asked, askedBefore)) = (await ask.Both(Measure.Said), await ask.Both(Measure.Asked));
        var stretches = ask.Stretches();
        var (along, replies) = (await ask.Along(Measure.Said, stretches), await ask.Along(Measure.Asked, stretches));
        var ease = said.Buckets((long)Scale.Ease).ToList();
        var answers = ease.Sum(each => each.Count);
        return new("satisfaction", "Satisfaction", "How did customers find it, and how many did not say?", ask.Slice,
            [
                Figure.OfShare("response", "Answered", "Customers who answered whether it is put right, of all whom we asked.", Response(asked), Response(askedBefore), true, ask.CasesOf(Measure.Asked, (int)Reply.Answered)),
                Figure.OfCount("silent", "Said nothing", "Customers whom we asked and who did not answer; they are in no share.", asked.Of(Reply.Silent), askedBefore.Of(Reply.Silent), ask.CasesOf(Measure.Asked, (int)Reply.Silent)),
                Figure.OfShare("csat", "Satisfied", "Ratings of 4 or 5 of 5 (top two), of those that were given.", Top(said, Scale.Satisfied, 4), Top(saidBefore, Scale.Satisfied, 4), true, ask.CasesOf(Measure.Said, (int)Scale.Satisfied)),
                Figure.OfShare("ease", "Found it easy", "Answers of 5 to 7 to “how easy did we make it” on the effort scale of seven, of those who said.", Top(said, Scale.Ease, 5), Top(saidBefore, Scale.Ease, 5), true, ask.CasesOf(Measure.Said, (int)Scale.Ease)),
                new("ease_mean", "Ease, mean", "The mean of the customer effort score in its version of seven steps; 7 is very easy.", FigureUnit.Mean, answers == 0 ? null : (double)ease.Sum(each => each.Bucket * each.Count) / answers, answers) { MoreIsBetter = true, Cases = ask.CasesOf(Measure.Said, (int)Scale.Ease) },
                Figure.OfShare("return", "Would come back", "Answers of yes to “would you come back”, of those who said yes, perhaps or no.", Back(said), Back(saidBefore), true, ask.CasesOf(Measure.Said, (int)Scale.Return)),
                Figure.OfScore("nps", "Net promoter score", "The share of answers of 9 and 10 to “how likely would you recommend us” (0 to 10), less the share of 0 to 6, times a hundred.", Score(said), Score(saidBefore), ask.CasesOf(Measure.Said, (int)Scale.Recommend)),
            ],
            [
                new("along", "Along the days", "Shares of those who answered in each stretch of days, with what is known of how many they are.", [new("from", ask.StretchWord), new("response", "Answered"), new("csat", "Satisfied"), new("ease", "Found it easy"), new("return", "Would come back")],
                    [.. stretches.Select((stretch, i) => new ReportRow([stretch.From, Response(replies[i]), Top(along[i], Scale.Satisfied, 4), Top(along[i], Scale.Ease, 5), Back(along[i])], ask.CasesOf(Measure.Asked, null, slice: ask.Slice with { From = stretch.From, To = stretch.To })))]) { Chart = ChartKind.Lines, Drawn = ["csat", "ease", "return"] },
                new("ratings", "Ratings", "How often each rating was given.", [new("rating", "Rating"), new("answers", "Answers")], [.. Enumerable.Range(1, 5).Select(rating => new ReportRow([$"{rating} of 5", said.Of((long)Scale.Satisfied, rating)], ask.CasesOf(Measure.Said, (int)Scale.Satisfied, rating, rating)))]) { Chart = ChartKind.Rows, Width = 6, Drawn = ["answers"] },
            ]);
    }

    /// <summary>Values from a least one on, of those that were given on a scale.</summary>
    public static Proportion Top(Sums said, Scale scale, int least) => Question.Share(said.Buckets((long)scale).Where(each => each.Bucket >= least).Sum(each => each.Count), said.Of(scale));

    /// <summary>Answered, of all who were asked.</summary>
    public static Proportion Response(Sums asked) => Question.Share(asked.Of(Reply.Answered), asked.Of(Reply.Answered) + asked.Of(Reply.Silent));

    private static NetPromoterScore Score(Sums said) => said.Buckets((long)Scale.Recommend).ToList() is var answers
        ? new(Sum(answers, 9, 10), Sum(answers, 7, 8), Sum(answers, 0, 6)) : default;

    private static int Sum(List<(int Bucket, long Count)> answers, int least, int most) => checked((int)answers.Where(each => each.Bucket >= least && each.Bucket <= most).Sum(each => each.Count));

    /// <summary>Would come back, of those who said.</summary>
    public static Proportion Back(Sums said) => Question.Share(said.Of((long)Scale.Return, (int)WouldReturn.Yes), said.Of(Scale.Return));
}

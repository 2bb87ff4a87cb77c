using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.People;
using Amends.Domain.Reports;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Outcomes;

/// <summary>What customers said beside the check-back, with silence in no share.</summary>
public sealed class SurveyTallyTests
{
    [Fact]
    public void Each_case_counts_once_by_its_newest_answer_and_silence_stands_beside_it()
    {
        var tally = Tally(
        [
            (1, Said(CheckBackAnswer.No, new(1, 2, OutcomeMet.Missed, WouldReturn.No))), (1, Said(CheckBackAnswer.Yes, new(5, 6, OutcomeMet.Met, WouldReturn.Yes))),
            (2, Said(CheckBackAnswer.Yes, new(Heard: 3, Ease: 5))), (3, Said(CheckBackAnswer.Yes, null)),
            (4, End(Actor.Amends)), (5, End(Jo)), (6, End(Actor.Amends)), (6, Said(CheckBackAnswer.Yes, new(Ease: 7))), (7, new CaseClosed(Start, Jo, CloseReason.Deadlock, "no")),
        ]);

        Assert.Equal((4, 1, 1), (tally.Answered, tally.Silent, tally.Waived));
        Assert.Equal((4, 5), (tally.Response.Hits, tally.Response.Of));
        Assert.Equal((3, 4), (tally.SaidMore.Hits, tally.SaidMore.Of));
        Assert.Equal((1, 2), (tally.Heard.Hits, tally.Heard.Of));
        Assert.Equal((3, 3, 6.0), (tally.Ease.Hits, tally.Ease.Of, tally.MeanEase));
        Assert.Equal((1, 1, 0), (tally.Met(OutcomeMet.Met).Hits, tally.Met(OutcomeMet.Met).Of, tally.Met(OutcomeMet.Missed).Hits));
        Assert.Equal((1, 1), (tally.Return.Hits, tally.Return.Of));
        Assert.True(tally.Ease.IsFew);
    }

    [Fact]
    public void Nothing_said_is_nothing_and_no_nought()
    {
        var tally = Tally([(4, End(Actor.Amends))]);
        Assert.Equal((null, null, 0.0), (tally.MeanEase, tally.Heard.Share, tally.Response.Share));
    }

    /// <summary>What is counted of each case, added up as reports do it.</summary>
    private static SurveyTally Tally(IEnumerable<(long Number, CaseEvent News)> history)
    {
        var marks = history.GroupBy(each => each.Number).SelectMany(log => CaseFacts.Of([new CaseOpened(Start, Amara, Channel.Mail, CaseKind.Complaint, "Broken", "It leaks.", Amara.Id, Amara.Name, false, false), new CheckBackAgreed(Start, Jo, Start), .. log.Select(each => each.News)], new(Hours, "EUR")).Marks).ToList();
        return new(marks.Where(mark => mark.Key.Measure == Measure.Asked).GroupBy(mark => (Reply)mark.Key.Part).ToDictionary(reply => reply.Key, reply => reply.Sum(mark => mark.Value)),
            marks.Where(mark => mark.Key.Measure == Measure.Said).Select(mark => ((Scale)mark.Key.Part, mark.Key.Bucket, mark.Value)));
    }

    private static CheckBackAnswered Said(CheckBackAnswer answer, Survey? survey) => new(Start, Amara, answer, null, Channel.Page, null, survey);

    private static CaseClosed End(Actor by) => new(Start, by, CloseReason.Unconfirmed, null);
}

using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Outcomes;

/// <summary>How complaints end for customers, as reports count it.</summary>
public sealed class EndingsTests
{
    [Fact]
    public void Each_complaint_counts_once_by_its_newest_answer_and_silence_is_no_yes()
    {
        Assert.Equal([Ending.PutRight, Ending.NotPutRight, Ending.Partly, Ending.NoAnswer, Ending.NoNeed, Ending.PutRight, Ending.NoAgreement],
            new[] { Answered(CheckBackAnswer.Yes, 5), Answered(CheckBackAnswer.No, 1), Answered(CheckBackAnswer.Partly, 3), Silent(), Waived(), LateYes(), NoAgreement() }.Select(EndOf));
        Assert.Equal([[5], [], [4]], new[] { Answered(CheckBackAnswer.Yes, 5), Silent(), LateYes() }.Select(Said));
    }

    [Fact]
    public void A_promise_that_the_customer_overtook_is_neither_kept_nor_missed()
    {
        var chosen = Offered();
        chosen.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Equal([PromiseEnd.Kept], PromisesOf(chosen)); // the one that sending the offer kept

        var missed = Opened();
        missed.Wake(Start.AddDays(1));
        missed.KeepPromise("a date", Start.AddDays(3), Jo, Hours, Start.AddDays(1));
        Assert.Equal([PromiseEnd.Missed], PromisesOf(missed)); // kept late is missed, once
    }

    [Fact]
    public void What_ends_without_being_put_right_is_put_down_to_something_too()
    {
        var deadlock = Decided();
        deadlock.DeclareDeadlock("Money", Lea, Start.AddHours(3), "product");
        Assert.Equal("product", deadlock.State.Cause);
        deadlock.Refer("Ombudsman", new(2026, 3, 5), Jo, Start.AddDays(1));
        deadlock.RecordOutsideDecision("Half the price", new(2026, 3, 9), ends: true, Jo, Hours, Start.AddDays(5));
        Assert.Equal(("product", CloseReason.OutsideDecision), (deadlock.State.Cause, deadlock.State.CloseReason)); // what was found before stands

        var outside = Decided();
        outside.Refer("Ombudsman", new(2026, 3, 5), Jo, Start.AddDays(1));
        outside.RecordOutsideDecision("Half the price", new(2026, 3, 9), ends: true, Jo, Hours, Start.AddDays(5));
        Assert.Equal("unknown", outside.State.Cause);
    }

    private static readonly ReportRules Rules = new(Hours, "EUR");

    private static IEnumerable<Mark> MarksOf(Case @case, Measure measure) => CaseFacts.Of([.. @case.News], Rules).Marks.Keys.Where(mark => mark.Measure == measure);

    private static Ending EndOf(Case @case) => (Ending)MarksOf(@case, Measure.Ended).Single().Part;

    private static IEnumerable<int> Said(Case @case) => MarksOf(@case, Measure.Said).Where(mark => mark.Part == (long)Scale.Satisfied).Select(mark => mark.Bucket);

    private static IEnumerable<PromiseEnd> PromisesOf(Case @case) => MarksOf(@case, Measure.Promise).Select(mark => (PromiseEnd)mark.Bucket);

    private static Case Answered(CheckBackAnswer answer, int score)
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(answer, score, Channel.Page, null, Amara, Hours, Start.AddDays(8));
        return @case;
    }

    private static Case Silent()
    {
        var @case = AskedBack();
        for (var day = 0; day < 40 && @case.State.IsOpen; day++)
            @case.Wake(Start.AddDays(day));
        return @case;
    }

    private static Case Waived()
    {
        var @case = AskedBack();
        @case.WaiveCheckBack(Channel.Page, null, Amara, Start.AddDays(2));
        return @case;
    }

    private static Case NoAgreement()
    {
        var @case = Decided();
        @case.DeclareDeadlock("Money", Lea, Start.AddHours(3));
        return @case;
    }

    private static Case LateYes()
    {
        var @case = Silent();
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 4, Channel.Page, null, Amara, Hours, Start.AddDays(60));
        return @case;
    }
}

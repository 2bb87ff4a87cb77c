using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Outcomes;

public sealed class OutcomeTallyTests
{
    [Fact]
    public void Each_complaint_counts_once_by_its_newest_answer_and_silence_is_no_yes()
    {
        var outcomes = OutcomeTally.Of([.. Told(1, Answered(CheckBackAnswer.Yes, 5)), .. Told(2, Answered(CheckBackAnswer.No, 1)), .. Told(3, Answered(CheckBackAnswer.Partly, 3)), .. Told(4, Silent()), .. Told(5, Waived()), .. Told(6, LateYes()), .. Told(7, NoAgreement())]);

        Assert.Equal([2, 1, 1, 1, 1, 1], Enum.GetValues<Ending>().Select(outcomes.Ended));
        Assert.Equal(new Proportion(2, 4), outcomes.Recovered);
        Assert.Equal(new Proportion(2, 7), outcomes.RecoveredOfAll); // a deadlock counts against us
        Assert.Equal(new Proportion(2, 4), outcomes.Satisfied);
        Assert.Equal([("unknown", 7)], outcomes.Causes); // a deadlock, too
    }

    [Fact]
    public void A_promise_that_the_customer_overtook_is_neither_kept_nor_missed()
    {
        var chosen = Offered();
        chosen.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Equal(1, OutcomeTally.Of(Told(1, chosen)).Promises.Of); // the one that sending the offer kept

        var missed = Opened();
        missed.Wake(Start.AddDays(1));
        missed.KeepPromise("a date", Start.AddDays(3), Jo, Hours, Start.AddDays(1));
        Assert.Equal(new Proportion(0, 1), OutcomeTally.Of(Told(1, missed)).Promises); // kept late is missed, once
    }

    [Fact]
    public void What_ends_without_being_put_right_is_put_down_to_something_too_and_each_case_counts_once()
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
        Assert.Equal([("product", 1), ("unknown", 1)], OutcomeTally.Of([.. Told(1, deadlock), .. Told(2, outside)]).Causes);
    }

    private static IEnumerable<(long, CaseEvent)> Told(long number, Case @case) => @case.News.Select(news => (number, news));

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

using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>When and how we ask is the customer's to say, and their answer is never too late.</summary>
public sealed class CheckBackTests
{
    [Fact]
    public void The_offer_proposes_a_time_and_the_customers_wish_outlives_it()
    {
        Assert.Equal(Start.AddDays(7), Delivering().State.CheckBack!.DueAt);

        var @case = Offered();
        @case.AgreeCheckBack(Start.AddDays(20), CheckBackManner.Phone, Amara, Start);
        Assert.Equal(Start.AddDays(20), @case.State.CheckBackDue);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));

        Assert.Equal((Start.AddDays(20), CheckBackManner.Phone, true), (@case.State.CheckBack!.DueAt, @case.State.CheckBack.Manner, @case.State.CheckBack.Wished));
    }

    [Fact]
    public void After_a_no_the_next_offer_proposes_a_time_of_its_own()
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBackAnswer.No, 1, Channel.Page, "It leaks again.", Amara, Hours, Start.AddDays(8));
        @case.PrepareOffer(Draft() with { AnswerBy = Start.AddDays(12), CheckBackAt = Start.AddDays(18) }, Max, Start.AddDays(9));
        @case.SendOffer(2, Max, Hours, Start.AddDays(9));
        Assert.Equal(Start.AddDays(18), @case.State.CheckBackDue);
        @case.Choose(2, 1, Channel.Page, null, Amara, Hours, Start.AddDays(10));

        Assert.Equal(Start.AddDays(18), @case.State.CheckBack!.DueAt);
    }

    [Fact]
    public void No_need_said_early_ends_the_case_once_everything_is_done_and_is_not_counted_as_a_yes()
    {
        var @case = Delivering();
        @case.WaiveCheckBack(Channel.Page, null, Amara, Start.AddHours(1));
        Assert.Equal(CaseStage.Delivering, @case.State.Stage);
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery("product", null, Jo, Hours, Start.AddHours(2));

        Assert.Equal((CaseStage.Closed, CloseReason.Unconfirmed), (@case.State.Stage, @case.State.CloseReason));
        Assert.Equal("product", @case.State.Cause);
        Assert.Null(@case.WakeAt);
    }

    [Fact]
    public void Who_wishes_a_call_is_asked_by_phone_and_by_mail_in_the_end_and_a_call_counts_when_somebody_has_rung()
    {
        var @case = Delivering();
        @case.AgreeCheckBack(Start.AddDays(3), CheckBackManner.Phone, Amara, Start.AddHours(1));
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));

        @case.Wake(Start.AddDays(3));
        Assert.Equal((1, Start.AddDays(3)), (@case.State.CheckBack!.Attempts, @case.State.CheckBack.CallDueAt));
        Assert.DoesNotContain(@case.News, news => news is NextContactKept { By.Kind: People.ActorKind.Amends }); // nobody has called yet
        @case.Wake(Start.AddDays(30));
        Assert.Equal((1, true), (@case.State.CheckBack.Attempts, @case.State.NextContact!.MissedAt is not null)); // it is late, and nobody is given up meanwhile

        @case.TryCheckBackCall(CallOutcome.NoAnswer, "Engaged", Jo, Start.AddDays(30));
        @case.Wake(Start.AddDays(34));
        Assert.Equal([CheckBackManner.Phone, CheckBackManner.Phone], @case.State.CheckBack.Asked);
        @case.TryCheckBackCall(CallOutcome.NoAnswer, null, Jo, Start.AddDays(35));
        @case.Wake(Start.AddDays(39));
        Assert.Equal((3, null), (@case.State.CheckBack.Attempts, @case.State.CheckBack.CallDueAt));
        @case.Wake(Start.AddDays(43));
        Assert.Equal("No answer after 3 attempts: 1 by mail, 2 by phone.", Assert.Single(@case.News.OfType<CaseClosed>()).Note);
    }

    [Fact]
    public void Whoever_has_a_number_is_called_once_between_two_letters_and_never_asked_more_often_than_planned()
    {
        var @case = AskedBack();
        @case.PlanCheckBack(new CheckBackPlan(3, 4, true, true), Start.AddHours(2));
        @case.Wake(Start.AddDays(7));
        @case.Wake(Start.AddDays(11));
        Assert.NotNull(@case.State.CheckBack!.CallDueAt);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.TryCheckBackCall(CallOutcome.NoAnswer, null, Rita, Start.AddDays(11))).Code);
        Assert.Equal("outcome", Assert.Throws<Refused>(() => @case.TryCheckBackCall(CallOutcome.Reached, null, Jo, Start.AddDays(11))).Code);
        @case.TryCheckBackCall(CallOutcome.NoAnswer, null, Jo, Start.AddDays(11));
        Assert.Equal("no_call_due", Assert.Throws<Refused>(() => @case.TryCheckBackCall(CallOutcome.NoAnswer, null, Jo, Start.AddDays(11))).Code);
        for (var day = 12; day < 60; day++)
            @case.Wake(Start.AddDays(day));

        Assert.Equal([CheckBackManner.Mail, CheckBackManner.Phone, CheckBackManner.Mail], @case.State.CheckBack.Asked);
        Assert.Equal(3, @case.News.OfType<CheckBackAsked>().Count());
        Assert.Equal((CloseReason.Unconfirmed, "No answer after 3 attempts: 2 by mail, 1 by phone."), @case.News.OfType<CaseClosed>().Select(end => (end.Reason, end.Note)).Single());
        Assert.Null(@case.WakeAt);
    }

    [Fact]
    public void A_wrong_number_and_a_need_to_be_written_to_turn_what_is_left_into_letters()
    {
        var wrong = AskedBack();
        wrong.PlanCheckBack(new CheckBackPlan(4, 3, true, true), Start.AddHours(2));
        wrong.Wake(Start.AddDays(7));
        wrong.Wake(Start.AddDays(10));
        wrong.TryCheckBackCall(CallOutcome.WrongNumber, null, Jo, Start.AddDays(10));
        Assert.All(wrong.State.CheckBackWays, way => Assert.Equal(CheckBackManner.Mail, way));

        var needs = AskedBack();
        needs.PlanCheckBack(new CheckBackPlan(3, 4, true, true), Start.AddHours(2));
        needs.Wake(Start.AddDays(7));
        needs.Wake(Start.AddDays(11));
        needs.NoteSupportNeeds([Amends.Domain.Handling.SupportNeed.WritingOnly], null, Jo, Start.AddDays(12));
        needs.Wake(Start.AddDays(12));
        Assert.Equal((2, null), (needs.State.CheckBack!.Attempts, needs.State.CheckBack.CallDueAt)); // the same attempt, in writing
        Assert.Equal([CheckBackManner.Mail, CheckBackManner.Mail], needs.State.CheckBack.Asked);
    }

    [Fact]
    public void Another_day_that_they_choose_is_asked_on_and_does_not_begin_the_counting_anew()
    {
        var @case = AskedBack();
        foreach (var day in (int[])[7, 11, 15])
            @case.Wake(Start.AddDays(day));
        @case.AgreeCheckBack(Start.AddDays(40), CheckBackManner.Mail, Amara, Start.AddDays(16));
        @case.Wake(Start.AddDays(30));
        Assert.Equal(2, @case.State.CheckBack!.Attempts);
        @case.Wake(Start.AddDays(40));
        Assert.Equal((3, true), (@case.State.CheckBack.Attempts, @case.State.IsOpen));
        @case.Wake(Start.AddDays(44));
        Assert.Equal(CloseReason.Unconfirmed, @case.State.CloseReason);
    }

    [Fact]
    public void Whoever_was_let_down_stays_so_and_a_second_time_is_told_to_the_lead_as_such()
    {
        var @case = AskedBack();
        Assert.False(@case.State.IsDoubleFailure);
        @case.AnswerCheckBack(CheckBackAnswer.No, 1, Channel.Page, "It leaks again.", Amara, Hours, Start.AddDays(8));
        Assert.Equal((true, Urgency.Serious, 1), (@case.State.IsDoubleFailure, @case.State.Urgency, @case.State.Failures));
        @case.PrepareOffer(Draft() with { AnswerBy = Start.AddDays(12), CheckBackAt = Start.AddDays(18) }, Max, Start.AddDays(9));
        @case.SendOffer(2, Max, Hours, Start.AddDays(9));
        @case.Choose(2, 1, Channel.Page, null, Amara, Hours, Start.AddDays(10));
        Assert.Equal((true, true), (@case.State.IsDoubleFailure, @case.State.IsHard)); // a new offer does not undo it
        @case.FailRemedy(2, "lost on the way", Jo, Hours, Start.AddDays(11));

        Assert.Equal(2, @case.State.Failures);
        Assert.Contains("let down 3 times", @case.State.Hardness);
        Assert.Equal(["The customer says that it is not put right.", "A remedy failed: Money back. What we did has failed them twice now."],
            @case.News.OfType<CaseEscalated>().Select(told => told.Reason).Where(reason => !reason.StartsWith("Promise", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(CheckBackAnswer.Yes, CaseStage.Closed, CloseReason.Confirmed)]
    [InlineData(CheckBackAnswer.No, CaseStage.Working, null)]
    public void An_answer_after_we_stopped_asking_counts(CheckBackAnswer answer, CaseStage stage, CloseReason? reason)
    {
        var @case = AskedBack();
        for (var day = 0; day < 40 && @case.State.IsOpen; day++)
            @case.Wake(Start.AddDays(day));
        @case.AnswerCheckBack(answer, 4, Channel.Page, null, Amara, Hours, Start.AddDays(60));

        Assert.Equal((stage, reason), (@case.State.Stage, @case.State.CloseReason));
        Assert.Equal(answer, @case.State.CheckBack!.Answer);
        Assert.Equal(answer == CheckBackAnswer.No, @case.State.NextContact is not null);
        Assert.Equal(stage == CaseStage.Working, @case.State.ClosedAt is null);
    }

    [Fact]
    public void A_newer_offer_that_did_not_go_out_yet_takes_nothing_from_the_one_that_the_customer_has()
    {
        var @case = Offered();
        @case.PrepareOffer(Draft(30), Max, Start.AddHours(1));
        Assert.True(@case.State.IsWithCustomer);
        @case.Choose(1, 2, Channel.Page, null, Amara, Hours, Start.AddHours(2));
        Assert.Equal(CaseStage.Delivering, @case.State.Stage);

        var replaced = Offered();
        replaced.PrepareOffer(Draft(30), Max, Start.AddHours(1));
        replaced.SendOffer(2, Max, Hours, Start.AddHours(1));
        Assert.Equal("offer_changed", Assert.Throws<Refused>(() => replaced.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(2))).Code);
    }

    [Fact]
    public void A_reader_changes_no_date_and_records_no_wish()
    {
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => Offered().AgreeCheckBack(Start.AddDays(9), CheckBackManner.Mail, Rita, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => Opened().HearWantedOutcome("Money", Rita, Start)).Code);
    }
}

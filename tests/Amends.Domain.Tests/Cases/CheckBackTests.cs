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
    public void Who_wishes_a_call_is_asked_by_phone_twice_and_by_mail_in_the_end()
    {
        var @case = Delivering();
        @case.AgreeCheckBack(Start.AddDays(3), CheckBackManner.Phone, Amara, Start.AddHours(1));
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));

        @case.Wake(Start.AddDays(3));
        Assert.Equal((1, true), (@case.State.CheckBack!.Attempts, @case.State.CheckBack.IsByPhone));
        Assert.DoesNotContain(@case.News, news => news is NextContactKept { By.Kind: People.ActorKind.Amends }); // nobody has called yet
        @case.Wake(Start.AddDays(7));
        Assert.True(@case.State.CheckBack.IsByPhone);
        Assert.NotNull(@case.State.NextContact!.MissedAt);
        @case.Wake(Start.AddDays(11));
        Assert.Equal((3, false), (@case.State.CheckBack.Attempts, @case.State.CheckBack.IsByPhone));
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

using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Referrals;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class OutsideTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Start.UtcDateTime);

    [Fact]
    public void A_lead_declares_a_deadlock_after_the_final_decision_said_where_to_go_next()
    {
        var @case = Offered();
        @case.Decline(1, Channel.Page, "That is not enough.", Amara, Hours, Start.AddHours(1));
        Assert.Equal("issues_open", Assert.Throws<Refused>(() => @case.DeclareDeadlock("Money", Lea, Start.AddHours(1))).Code);
        @case.Decide(1, Finding.PartlyUpheld, "It was used for a year.", "Half the price", null, Jo, Start.AddHours(1));
        @case.SendDecision(Terms() with { OutsideRoute = null }, Jo, Hours, Start.AddHours(1));
        Assert.Equal("final_response", Assert.Throws<Refused>(() => @case.DeclareDeadlock("Money", Lea, Start.AddHours(2))).Code);
        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(2));
        Assert.Equal("not_a_lead", Assert.Throws<Refused>(() => @case.DeclareDeadlock("Money", Jo, Start.AddHours(3))).Code);
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.DeclareDeadlock("", Lea, Start.AddHours(3))).Code);
        @case.DeclareDeadlock("They want the whole price.", Lea, Start.AddHours(3));

        Assert.Equal((CaseStage.Closed, CloseReason.Deadlock, ReferralStage.Signposted), (@case.State.Stage, @case.State.CloseReason, @case.State.Referral!.Stage));
        Assert.Null(@case.WakeAt);
        Assert.NotEqual(6, @case.State.Step);
    }

    [Fact]
    public void A_final_response_that_says_where_to_go_next_counts_as_the_signpost()
    {
        var @case = Offered();
        @case.Decline(1, Channel.Page, "That is not enough.", Amara, Hours, Start.AddHours(1));
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler", null, Jo, Start.AddHours(1));
        @case.SendDecision(Terms() with { OutsideRoute = null }, Jo, Hours, Start.AddHours(1));
        @case.KeepLetter(Domain.Deadlines.LetterKind.NotUpheld, 5, "ab", Jo, Start.AddHours(2));
        Assert.Null(@case.State.OutsideRoute); // it said nothing of it
        @case.KeepLetter(Domain.Deadlines.LetterKind.NotUpheld, 6, "ab", Jo, Start.AddHours(2), "You can take this to the Retail Ombudsman.");
        Assert.Equal(("You can take this to the Retail Ombudsman.", ReferralStage.Signposted), (@case.State.OutsideRoute, @case.State.Referral!.Stage));
        @case.DeclareDeadlock("They want the whole price.", Lea, Start.AddHours(3));
    }

    [Fact]
    public void There_is_no_deadlock_before_the_customer_said_no_or_while_something_is_owed()
    {
        Assert.Equal("deadlock", Assert.Throws<Refused>(() => Asked().DeclareDeadlock("Money", Lea, Start)).Code);

        var @case = Decided();
        var owing = Case.Load(@case.State with { Remedies = Delivering().State.Remedies });
        Assert.Equal("remedies_open", Assert.Throws<Refused>(() => owing.DeclareDeadlock("Money", Lea, Start.AddHours(1))).Code);
        owing.FinishRemedy(1, "Paid", Jo, Start.AddHours(1));
        owing.DeclareDeadlock("Money", Lea, Start.AddHours(1));
    }

    [Fact]
    public void Somebody_asks_a_lead_by_hand_with_the_reason()
    {
        var @case = Opened();
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.Escalate(" ", Jo, Start)).Code);
        @case.Escalate("They ask for somebody who can decide", Jo, Start);
        Assert.Equal((1, "They ask for somebody who can decide"), (@case.State.Escalation, @case.News.OfType<CaseEscalated>().Single().Reason));
    }

    [Theory]
    [InlineData(true, CloseReason.OutsideDecision)]
    [InlineData(false, null)]
    public void What_somebody_outside_decides_ends_the_case_or_opens_it_again(bool ends, CloseReason? reason)
    {
        var @case = Decided();
        @case.DeclareDeadlock("Money", Lea, Start.AddHours(3));
        void Record() => @case.RecordOutsideDecision("Half the price is fair.", Today, ends, Jo, Hours, Start.AddDays(30));
        Assert.Equal("not_referred", Assert.Throws<Refused>(Record).Code);
        Assert.Equal("on", Assert.Throws<Refused>(() => @case.Refer("Retail Ombudsman", Today.AddDays(9), Jo, Start.AddDays(1))).Code);
        @case.Refer("Retail Ombudsman", Today, Jo, Start.AddDays(1));
        Assert.Equal((ReferralStage.Referred, "Retail Ombudsman"), (@case.State.Referral!.Stage, @case.State.Referral.Body));
        Record();

        Assert.Equal((ReferralStage.Decided, "Half the price is fair.", !ends, reason), (@case.State.Referral.Stage, @case.State.Referral.Outcome, @case.State.IsOpen, @case.State.CloseReason));
        Assert.Equal(!ends, @case.State.NextContact is not null);
    }
}

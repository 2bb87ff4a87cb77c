using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.Referrals;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class DecisionTests
{
    [Fact]
    public void Nobody_judges_before_the_customer_was_heard()
    {
        var @case = Opened();
        @case.RaiseIssue("The kettle leaks", Jo, Start);
        void Decide() => @case.Decide(1, Finding.Upheld, null, null, null, Jo, Start);
        Assert.Equal("listen_first", Assert.Throws<Refused>(Decide).Code);
        @case.HearWantedOutcome(null, Jo, Start);
        @case.CheckSafety(false, Jo, Start);
        @case.WriteSummary("The kettle leaks", "Tea", "Options", Jo, Start);
        Assert.Equal("listen_first", Assert.Throws<Refused>(Decide).Code); // they have not seen it

        @case.SendSummary(Jo, Start);
        Decide();
        @case.CorrectSummary(1, Channel.Page, "It also burned my hand.", Amara, Start.AddHours(1));
        Assert.Equal("listen_first", Assert.Throws<Refused>(() => @case.Decide(1, Finding.NotUpheld, "r", "c", null, Jo, Start.AddHours(1))).Code);
    }

    [Theory]
    [InlineData(Finding.NotUpheld, null, "A descaler", "reasons")]
    [InlineData(Finding.PartlyUpheld, " ", "A descaler", "reasons")]
    [InlineData(Finding.NotUpheld, "The lid was off.", null, "can_do")]
    [InlineData(Finding.PartlyUpheld, "The lid was off.", "", "can_do")]
    [InlineData((Finding)9, "r", "c", "finding")]
    public void What_is_not_wholly_upheld_needs_reasons_and_what_we_can_do(Finding finding, string? reasons, string? canDo, string code)
    {
        var @case = Asked();
        Assert.Equal(code, Assert.Throws<Refused>(() => @case.Decide(1, finding, reasons, canDo, null, Jo, Start)).Code);
        Assert.Null(@case.State.Issues[0].Decision);
    }

    [Fact]
    public void A_new_decision_replaces_the_old_one_and_both_stay()
    {
        var @case = Asked();
        @case.Decide(1, Finding.NotUpheld, "The lid was off.", "A descaler", "photo 2", Jo, Start);
        @case.Decide(1, Finding.NotUpheld, "The lid was off.", "A descaler", "photo 2", Jo, Start); // nothing new
        @case.Decide(1, Finding.PartlyUpheld, "The lid was off, and it leaks.", "Half the price", "photo 3", Lea, Start.AddHours(1));

        Assert.Equal([Finding.NotUpheld, Finding.PartlyUpheld], @case.State.Issues[0].Decisions.Select(decision => decision.Finding));
        Assert.Equal((Finding.PartlyUpheld, "Lea"), (@case.State.Issues[0].Decision!.Finding, @case.State.Issues[0].Decision!.By));
    }

    [Fact]
    public void An_issue_without_an_answer_blocks_the_decision_and_is_named()
    {
        var @case = Asked();
        @case.RaiseIssue("Nobody called back", Jo, Start);
        @case.Decide(1, Finding.NotUpheld, "The lid was off.", "A descaler", null, Jo, Start);
        var no = Assert.Throws<Refused>(() => @case.SendDecision(Terms(), Jo, Hours, Start));
        Assert.Equal("issues_open", no.Code);
        Assert.Contains("“Nobody called back”", no.Message);
        Assert.Equal(CaseStage.Working, @case.State.Stage);

        @case.Decide(2, Finding.Upheld, null, null, null, Jo, Start);
        Assert.Equal("can_do", Assert.Throws<Refused>(() => @case.SendDecision(Terms(), Jo, Hours, Start)).Code); // upheld, and nothing done about it
    }

    [Fact]
    public void A_decision_goes_to_the_customer_who_accepts_it_and_is_asked_back()
    {
        var @case = Decided();
        Assert.Equal((CaseStage.Offered, true), (@case.State.Stage, @case.State.SentOffer!.IsDecision));
        Assert.Equal(ReferralStage.Signposted, @case.State.Referral!.Stage);
        Assert.Equal(Start.AddDays(3), @case.State.NextContact!.DueAt);

        @case.Choose(1, 1, Channel.Phone, "Fine, thank you.", Jo, Hours, Start.AddHours(1));
        Assert.Equal("A descaler, free of charge", Assert.Single(@case.State.Remedies).What);
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 4, Channel.Page, null, Amara, Hours, Start.AddDays(8));
        Assert.Equal(CloseReason.Confirmed, @case.State.CloseReason);
    }

    [Fact]
    public void When_all_is_upheld_options_are_offered_instead_and_their_letter_carries_the_findings()
    {
        var @case = Asked();
        @case.Decide(1, Finding.Upheld, null, "A new one", null, Jo, Start);
        Assert.Equal("offer_instead", Assert.Throws<Refused>(() => @case.SendDecision(Terms(), Jo, Hours, Start)).Code);

        @case.PrepareOffer(Draft(), Max, Start);
        @case.SendOffer(1, Jo, Hours, Start.AddMinutes(1));
        Assert.Equal(1, Assert.Single(@case.State.ToldLast).Id);
        Assert.Null(@case.State.OutsideRoute); // a final decision says where to go next, an offer does not
    }

    [Fact]
    public void There_is_no_stage_and_no_reason_called_rejected() =>
        Assert.DoesNotContain(Enum.GetNames<CaseStage>().Concat(Enum.GetNames<CloseReason>()).Concat(Enum.GetNames<Finding>()), name => name.Contains("reject", StringComparison.OrdinalIgnoreCase) || name.Contains("dismiss", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void A_charge_in_a_remedy_is_refused()
    {
        var charge = new Option(0, "Repair", "Quickest", [new OptionRemedy(RemedyKind.Repair, "Mended", new Money(-500, "EUR"), Start.AddDays(2))], true);
        Assert.Equal("remedy", Assert.Throws<Refused>(() => Asked().PrepareOffer(Draft() with { Options = [charge] }, Max, Start)).Code);
    }
}

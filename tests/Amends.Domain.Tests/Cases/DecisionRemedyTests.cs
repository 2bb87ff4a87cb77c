using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Referrals;
using Amends.Domain.Remedies;
using Amends.Domain.Tests.Deadlines;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>What we can do by a decision: remedies with their worth, within the limits of who decides, and owed as those of an offer.</summary>
public sealed class DecisionRemedyTests
{
    [Fact]
    public void Money_within_the_limit_goes_with_the_letter_is_set_aside_and_becomes_what_we_owe_when_they_accept()
    {
        var @case = Found(Finding.NotUpheld, Back(2000), new OptionRemedy(RemedyKind.Change, "A clearer mark", Money.Zero("EUR"), Start.AddDays(9)));
        @case.SendDecision(Terms(), Jo, Hours, Start);

        Assert.Equal((CaseStage.Offered, ReferralStage.Signposted), (@case.State.Stage, @case.State.Referral!.Stage));
        Assert.Equal([(RemedyKind.PriceReduction, 2000L), (RemedyKind.Change, 0L)], @case.State.SentOffer!.Options[0].Remedies.Select(remedy => (remedy.Kind, remedy.Value.Minor)));
        Assert.Equal(["Part of the price", "A clearer mark"], @case.State.ToldRemedies(@case.State.Issues[0]).Select(remedy => remedy.What));
        var aside = Assert.IsType<GiveMoney>(Assert.Single(@case.Claims));
        Assert.Equal((false, 1L, 2000L), (aside.IsChosen, aside.PersonId, Assert.Single(aside.Gifts).Value.Minor));

        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Equal([(RemedyKind.PriceReduction, 2000L, Start.AddDays(2)), (RemedyKind.Change, 0L, Start.AddDays(9))], @case.State.Remedies.Select(remedy => (remedy.Kind, remedy.Value.Minor, remedy.DueAt)));
        Assert.Equal("It pours, though not to the mark.", @case.State.Remedies[0].Data!.Reason);
        Assert.True(Assert.IsType<GiveMoney>(@case.Claims[^1]).IsChosen);
        @case.RequestPayment(1, "manual", false, Jo, Start.AddHours(2)); // paid as any other
    }

    [Fact]
    public void Above_the_limit_the_letter_waits_for_a_second_person_who_is_not_the_one_who_asks()
    {
        var @case = Found(Finding.NotUpheld, Back(8000));
        @case.SendDecision(Terms(), Jo, Hours, Start);
        Assert.Equal((CaseStage.Working, true, null), (@case.State.Stage, @case.State.Offer!.AwaitsApproval, @case.State.DecisionSentAt));
        Assert.Equal([ApprovalReason.Case], @case.State.Offer.WhyApproval);
        Assert.Empty(@case.Claims);
        Assert.Empty(@case.State.ToldRemedies(@case.State.Issues[0]));
        Assert.Equal(NextAction.SendOffer, @case.State.NextAction);

        Assert.Equal("second_person", Refuses(() => @case.ApproveOffer(1, Jo, Start)));
        Assert.Equal("approval", Refuses(() => @case.SendOffer(1, Jo, Hours, Start)));
        @case.ApproveOffer(1, Lea, Start.AddHours(1));
        @case.SendOffer(1, Jo, Hours, Start.AddHours(2));
        Assert.Equal((CaseStage.Offered, Start.AddHours(2), "You can ask the Retail Ombudsman."), (@case.State.Stage, @case.State.DecisionSentAt, @case.State.OutsideRoute));
        @case.SendOffer(1, Jo, Hours, Start.AddHours(3)); // pressed twice
        Assert.Single(@case.News.OfType<DecisionSent>());
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(4));
        Assert.Equal(("Lea", 8000), (@case.State.Remedies[0].ApprovedBy, @case.State.Remedies[0].Value.Minor));
    }

    [Fact]
    public void A_second_person_who_says_no_keeps_the_letter_back_and_what_was_decided_since_is_put_together_anew()
    {
        var @case = Found(Finding.NotUpheld, Back(8000));
        @case.SendDecision(Terms(), Jo, Hours, Start);
        @case.RefuseOffer(1, "Half of it will do.", Lea, Start.AddHours(1));
        Assert.Equal("refused", Refuses(() => @case.SendOffer(1, Jo, Hours, Start.AddHours(1))));

        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(2));
        @case.ApproveOffer(2, Lea, Start.AddHours(3));
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", null, null, Jo, Start.AddHours(4), remedies: [Back(9000)]);
        Assert.Equal("decision_changed", Refuses(() => @case.SendOffer(2, Jo, Hours, Start.AddHours(4)))); // they agreed to less
        @case.SendDecision(Terms(), Max, Hours, Start.AddHours(5));
        Assert.Equal(9000, @case.State.SentOffer!.Options[0].Value.Minor);

        var raised = Found(Finding.NotUpheld, Back(8000));
        raised.SendDecision(Terms(), Jo, Hours, Start);
        raised.ApproveOffer(1, Lea, Start);
        raised.RaiseIssue("Nobody called", Amara, Start);
        Assert.Equal("decision_changed", Refuses(() => raised.SendOffer(1, Jo, Hours, Start)));
    }

    [Fact]
    public void What_the_law_gives_is_in_it_and_no_limit_holds_it_up()
    {
        Case Under(Finding finding, params OptionRemedy[] remedies)
        {
            var @case = Asked();
            @case.FollowDuties(DutyBook.Book);
            @case.PutUnder("by-hand", DutyBook.Book, Jo, Start);
            @case.Decide(1, finding, "The mark is hard to see.", "A descaler", null, Jo, Start, remedies: remedies);
            @case.SendDecision(Terms() with { Playbook = new PlaybookTerms("broken", 1, "It broke", Money.Zero("EUR"), [new LegalMinimum(["by-hand"], [RemedyKind.Refund], "the money back")], false) }, Jo, Hours, Start);
            return @case;
        }

        var lawful = new OptionRemedy(RemedyKind.Refund, "The money back", new Money(50_000, "EUR"), Start.AddDays(2)) { Data = new() { Reason = "It is yours." } };
        Assert.Equal("statutory_minimum", Refuses(() => Under(Finding.PartlyUpheld, Back(2000))));
        Assert.Equal("statutory_minimum", Refuses(() => Under(Finding.PartlyUpheld, lawful))); // as a favour
        Assert.Equal(CaseStage.Offered, Under(Finding.PartlyUpheld, lawful with { IsStatutory = true, Law = new Amends.Domain.Laws.LegalBasis(null, "The law on sales") }, Back(2000)).State.Stage);
        Assert.Equal(CaseStage.Offered, Under(Finding.NotUpheld, Back(2000)).State.Stage); // nothing is owed
    }

    [Fact]
    public void While_something_is_put_right_already_it_is_owed_on_top_within_the_same_limits()
    {
        var @case = Delivering();
        @case.RaiseIssue("Nobody called back", Amara, Start.AddHours(1));
        void Decide(OptionRemedy remedy, int hour) => @case.Decide(2, Finding.Upheld, null, null, null, Jo, Start.AddHours(hour), remedies: [remedy]);
        Decide(new(RemedyKind.Substitute, "The red one", Money.Zero("EUR"), Start.AddDays(3)) { Data = new() { InsteadOf = "The blue one", Reason = "It is there." } }, 1);
        Assert.Equal("consent", Refuses(() => @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(1))));

        Decide(Back(4000), 2); // the refund of 20 counts, too
        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(2));
        Assert.Equal((CaseStage.Delivering, true, 1), (@case.State.Stage, @case.State.Offer is { IsAddition: true, AwaitsApproval: true }, @case.State.Remedies.Count));
        @case.ApproveOffer(2, Lea, Start.AddHours(3));
        @case.SendOffer(2, Jo, Hours, Start.AddHours(4));
        Assert.Equal((CaseStage.Delivering, 4000, "Lea"), (@case.State.Stage, @case.State.Remedies[1].Value.Minor, @case.State.Remedies[1].ApprovedBy));
        Assert.Equal([(2, false), (2, true)], @case.Claims.OfType<GiveMoney>().TakeLast(2).Select(give => (give.OfferId, give.IsChosen))); // beside what they chose, which stays given
        Assert.Equal(1, @case.State.SentOffer!.Id); // what they chose is still theirs to change
        Assert.True(@case.State.MayChangeChoice);
        Assert.Empty(@case.State.OpenIssues);
    }

    [Theory]
    [InlineData(45, true)]
    [InlineData(12, false)]
    public void What_comes_on_top_is_weighed_with_the_dearest_option_that_they_may_still_change_to(long other, bool waits)
    {
        var @case = Understood();
        Option Money(int id, long euros) => new(id, $"{euros} back", "You asked.", [new(RemedyKind.PriceReduction, "Back", new Money(euros * 100, "EUR"), Start.AddDays(2)) { Data = new() { Reason = "w" } }], false);
        @case.PrepareOffer(Draft() with { Options = [Money(1, 10), Money(2, other)] }, Jo, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.RaiseIssue("Nobody called back", Amara, Start.AddHours(1));
        @case.Decide(2, Finding.Upheld, null, null, "photo", Jo, Start.AddHours(2), remedies: [Back(3500)]);
        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(2));
        Assert.Equal(waits, @case.State.Offer is { IsAddition: true, AwaitsApproval: true });
    }

    [Fact]
    public void A_remedy_says_what_it_is_why_and_what_its_kind_needs_and_is_not_late_before_it_is_read()
    {
        var @case = Asked();
        void Decide(OptionRemedy remedy) => @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", null, null, Jo, Start, remedies: [remedy]);
        Assert.Equal("why", Refuses(() => Decide(Back(2000) with { Kind = RemedyKind.ShippingRefund, Data = null })));
        Assert.Equal("reason", Refuses(() => Decide(Back(2000) with { Data = null })));
        Assert.Equal("amount", Refuses(() => Decide(Back(0))));
        Assert.Equal("remedy", Refuses(() => Decide(Back(2000) with { What = " " })));
        Assert.Equal("alternatives", Refuses(() => Decide(new(RemedyKind.None, "Nothing further", Money.Zero("EUR"), Start.AddDays(1)) { Data = new() { Reason = "It works." } })));
        Assert.Empty(@case.State.Issues[0].Decisions);

        Decide(Back(2000));
        Decide(Back(2000)); // nothing new
        Assert.Single(@case.State.Issues[0].Decisions);
        Assert.Equal("due", Refuses(() => @case.SendDecision(Terms() with { DoneBy = Start.AddDays(5), AnswerBy = Start.AddDays(5) }, Jo, Hours, Start.AddDays(3))));
    }

    [Fact]
    public void They_pay_for_something_only_when_all_that_they_raised_is_decided_and_none_of_it_our_fault()
    {
        var paid = Back(0) with { Kind = RemedyKind.Repair, What = "Mended at cost", CustomerCharge = new Money(1500, "EUR") };
        var @case = Asked();
        @case.RaiseIssue("Nobody called", Amara, Start);
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", null, null, Jo, Start, remedies: [paid]); // the other is open still
        @case.Decide(2, Finding.Upheld, null, "A call", null, Jo, Start);
        Assert.Equal("charge", Refuses(() => @case.SendDecision(Terms(), Jo, Hours, Start)));
        @case.Decide(2, Finding.NotUpheld, "We called at five.", "The recording", null, Jo, Start);
        @case.SendDecision(Terms(), Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Equal(1500, @case.State.Remedies[0].CustomerCharge!.Value.Minor);
    }

    private static Case Found(Finding finding, params OptionRemedy[] remedies)
    {
        var @case = Asked();
        @case.Decide(1, finding, "It was filled above the mark.", null, "photo 2", Jo, Start, remedies: remedies);
        return @case;
    }

    private static OptionRemedy Back(long minor) => new(RemedyKind.PriceReduction, "Part of the price", new Money(minor, "EUR"), Start.AddDays(2)) { Data = new() { Reason = "It pours, though not to the mark." } };

    private static string Refuses(Action act) => Assert.Throws<Refused>(act).Code;
}

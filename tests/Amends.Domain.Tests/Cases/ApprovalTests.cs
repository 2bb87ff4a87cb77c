using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>A second person says yes, no, or nothing; nobody decides on their own.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public void An_approval_holds_for_48_hours_and_then_somebody_is_asked_again()
    {
        var @case = Waiting();
        @case.ApproveOffer(1, Lea, Start.AddHours(1));
        Assert.Equal("approval_lapsed", Refusal(() => Case.Load(@case.State).SendOffer(1, Jo, Hours, Start.AddHours(49))));
        Case.Load(@case.State).SendOffer(1, Jo, Hours, Start.AddHours(49).AddTicks(-1)); // just in time

        var late = Case.Load(@case.State);
        Assert.True(late.WakeAt <= Start.AddHours(49));
        late.Wake(Start.AddHours(49));
        Assert.True(late.State.Offer is { AwaitsApproval: true, ApprovedBy: null, AskedAt: { } asked } && asked == Start.AddHours(49));
        late.ApproveOffer(1, Lea, Start.AddHours(50));
        late.SendOffer(1, Jo, Hours, Start.AddHours(51));
        Assert.Equal(CaseStage.Offered, late.State.Stage);
    }

    [Fact]
    public void A_no_needs_a_reason_to_pass_on_and_ends_the_offer()
    {
        var @case = Waiting();
        Assert.Equal("why", Refusal(() => @case.RefuseOffer(1, " ", Lea, Start)));
        Assert.Equal("second_person", Refusal(() => @case.RefuseOffer(1, "No.", Jo, Start)));
        Assert.Equal("not_allowed", Refusal(() => @case.RefuseOffer(1, "No.", Actor.Person(9, "Jil", Role.Agent), Start)));
        @case.RefuseOffer(1, "We can mend it for less.", Lea, Start);
        @case.RefuseOffer(1, "Twice changes nothing.", Lea, Start);

        Assert.Equal("We can mend it for less.", @case.State.Offer!.RefusedWhy);
        Assert.Equal("refused", Refusal(() => @case.ApproveOffer(1, Max, Start)));
        Assert.Equal("refused", Refusal(() => @case.SendOffer(1, Jo, Hours, Start)));
        Assert.Equal("refused", Refusal(() => @case.AskApproval(1, Jo, Start)));
        @case.PrepareOffer(Draft(10), Jo, Start);
        @case.SendOffer(2, Jo, Hours, Start);
        Assert.Equal(CaseStage.Offered, @case.State.Stage);
    }

    [Fact]
    public void Somebody_may_ask_for_a_second_look_at_what_is_within_the_limit()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(10), Jo, Start);
        @case.AskApproval(1, Jo, Start);
        @case.AskApproval(1, Jo, Start);
        Assert.Single(@case.News.OfType<ApprovalAsked>());
        Assert.Equal("approval", Refusal(() => @case.SendOffer(1, Jo, Hours, Start)));
        Assert.Equal("second_person", Refusal(() => @case.ApproveOffer(1, Jo, Start)));
    }

    [Fact]
    public void The_limit_of_a_case_counts_what_was_chosen_in_it_before()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(40, 1, asWanted: true), Jo, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);
        @case.FailRemedy(1, "It did not arrive.", Jo, Hours, Start);
        @case.PrepareOffer(Draft(50, 1, asWanted: true), Jo, Start);
        Assert.False(@case.State.Offer!.NeedsApproval); // what failed was not given
        @case.SendOffer(2, Jo, Hours, Start);
        @case.Choose(2, 1, Channel.Page, null, Amara, Hours, Start);
        @case.FinishRemedy(2, null, Jo, Start);
        @case.CompleteDelivery(null, null, Jo, Hours, Start);
        @case.AnswerCheckBack(CheckBacks.CheckBackAnswer.No, 1, Channel.Page, "Still broken.", Amara, Hours, Start.AddHours(1));
        @case.WriteSummary("h", "m", "p", Jo, Start.AddHours(2));
        @case.PrepareOffer(Draft(1, 1, asWanted: true), Jo, Start.AddHours(2));
        Assert.Equal([ApprovalReason.Case], @case.State.Offer!.WhyApproval);
    }

    [Fact]
    public void Alone_nothing_waits_and_what_is_high_is_marked()
    {
        var power = new Power(Authority.Of(AuthorityProfile.Solo, "EUR"));
        var @case = Understood();
        @case.PrepareOffer(Draft(250, 1, asWanted: true), Max, Start, power);
        Assert.True(@case.State.Offer is { NeedsApproval: false, GivenAlone: false });
        @case.PrepareOffer(Draft(251, 1, asWanted: true), Max, Start, power);
        Assert.True(@case.State.Offer is { NeedsApproval: false, GivenAlone: true });
        @case.SendOffer(2, Max, Hours, Start, power);
        Assert.Empty(@case.Claims.OfType<GiveMoney>().Single().Caps);
    }

    [Fact]
    public void A_large_sum_says_what_it_rests_on_where_the_limits_want_it()
    {
        var power = new Power(Authority.Of(AuthorityProfile.TrustFirst, "EUR"));
        Assert.Equal("evidence", Refusal(() => Understood().PrepareOffer(Draft(501, 1, asWanted: true), Jo, Start, power)));
        var @case = Understood();
        @case.PrepareOffer(Draft(501, 1, asWanted: true) with { Evidence = "photo 3" }, Jo, Start, power);
        Assert.Equal("photo 3", @case.State.Offer!.Evidence);
        @case.PrepareOffer(Draft(500, 1, asWanted: true), Jo, Start, power);
    }

    [Fact]
    public void What_is_sent_sets_the_most_of_each_kind_aside_and_the_choice_gives_only_what_was_chosen()
    {
        var @case = Understood();
        var power = new Power(Authority.Of(AuthorityProfile.SmallTeam, "EUR"));
        @case.PrepareOffer(Draft(20), Jo, Start, power); // 20 or 40 euros
        @case.SendOffer(1, Jo, Hours, Start, power);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));

        var gives = @case.Claims.OfType<GiveMoney>().ToList();
        Assert.Equal([4000L, 2000L], gives.Select(give => give.Gifts.Single().Value.Minor));
        Assert.Equal([false, true], gives.Select(give => give.IsChosen));
        Assert.Equal([(ApprovalReason.Customer, 10000L, 4000L), (ApprovalReason.Day, 30000L, 4000L)], gives[0].Caps.Select(cap => (cap.Reason, cap.Most, cap.Adds)));
        Assert.Equal((1L, Amara.Id, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), (gives[0].PersonId, gives[0].CustomerId, gives[0].Month));
    }

    private static Case Waiting()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(60, 2), Jo, Start);
        return @case;
    }

    private static string Refusal(Action act) => Assert.Throws<Refused>(act).Code;
}

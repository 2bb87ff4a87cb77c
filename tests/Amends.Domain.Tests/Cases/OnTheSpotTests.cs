using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class OnTheSpotTests
{
    [Fact]
    public void What_is_agreed_on_the_spot_tells_every_step_and_goes_on_to_delivery()
    {
        var @case = Asked();
        @case.ResolveNow(Spot(), Channel.Phone, Jo, Hours, Start.AddMinutes(5));

        var state = @case.State;
        Assert.Equal(CaseStage.Delivering, state.Stage);
        Assert.Equal(Jo.Id, state.OwnerId);
        Assert.Equal(("The kettle leaks", "“Yes, fine.”", "by phone, recorded by Jo"), (state.Summary!.Happened, state.Summary.Words, state.Summary.Via));
        Assert.Equal(1, state.SentOffer!.ChosenId);
        Assert.Equal(Start.AddDays(2), Assert.Single(state.Remedies).DueAt);
        Assert.Equal(Start.AddDays(7), state.CheckBack!.DueAt);
        Assert.Equal(Start.AddDays(2), state.NextContact!.DueAt);
        Assert.Equal(
            [typeof(ListeningBegun), typeof(WantedOutcomeHeard), typeof(SummaryWritten), typeof(Domain.Issues.IssueRaised), typeof(SummaryConfirmed), typeof(OfferPrepared), typeof(OfferSent), typeof(OptionChosen)],
            @case.News.Select(news => news.GetType()).SkipWhile(type => type != typeof(ListeningBegun)).Take(8));
    }

    [Fact]
    public void What_they_have_already_goes_on_to_asking_them_and_never_closes_by_itself()
    {
        var @case = Asked();
        @case.ResolveNow(Spot(done: true) with { Cause = "product" }, Channel.InPerson, Jo, Hours, Start);

        Assert.Equal((CaseStage.CheckBack, "product"), (@case.State.Stage, @case.State.Cause));
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(7));
        Assert.Equal(CloseReason.Confirmed, @case.State.CloseReason);
    }

    [Theory]
    [InlineData(50, null)]
    [InlineData(51, "limit")]
    public void It_stays_within_ones_own_limit(long euros, string? code) => Refuses(code, @case => @case.ResolveNow(Spot(euros), Channel.Phone, Jo, Hours, Start));

    [Fact]
    public void It_is_what_they_asked_for_or_there_was_another_way()
    {
        Refuses("options", @case => @case.ResolveNow(Spot() with { IsAsWanted = false }, Channel.Phone, Jo, Hours, Start));
        Refuses(null, @case => @case.ResolveNow(Spot(other: true), Channel.Phone, Jo, Hours, Start));
    }

    [Fact]
    public void It_needs_their_words_a_conversation_and_nobody_in_danger()
    {
        Refuses("words", @case => @case.ResolveNow(Spot() with { Words = " " }, Channel.Phone, Jo, Hours, Start));
        Refuses("via", @case => @case.ResolveNow(Spot(), Channel.Mail, Jo, Hours, Start));
        Refuses("not_allowed", @case => @case.ResolveNow(Spot(), Channel.Phone, Rita, Hours, Start));
        Refuses("danger", @case =>
        {
            @case.CheckSafety(true, Jo, Start);
            @case.ResolveNow(Spot(), Channel.Phone, Jo, Hours, Start);
        });
        Refuses("wrong_stage", @case =>
        {
            @case.ResolveNow(Spot(), Channel.Phone, Jo, Hours, Start);
            @case.ResolveNow(Spot(), Channel.Phone, Jo, Hours, Start);
        });
    }

    [Fact]
    public void Nobody_forgets_to_ask_whether_anybody_is_in_danger() =>
        Assert.Equal("listen_first", Assert.Throws<Refused>(() => Opened().ResolveNow(Spot(), Channel.Phone, Jo, Hours, Start)).Code);

    private static Case Asked()
    {
        var @case = Opened();
        @case.CheckSafety(false, Jo, Start);
        return @case;
    }

    private static void Refuses(string? code, Action<Case> settle)
    {
        var @case = Asked();
        var refused = Record.Exception(() => settle(@case)) as Refused;
        Assert.Equal(code, refused?.Code);
    }
}

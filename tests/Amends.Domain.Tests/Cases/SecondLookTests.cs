using Amends.Domain.Cases;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class SecondLookTests
{
    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.0499, true)]
    [InlineData(0.05, false)]
    [InlineData(0.99, false)]
    public void One_in_twenty_of_what_was_answered_plainly_is_drawn(double chance, bool drawn) => Assert.Equal(drawn, Answered(chance).State.SecondLook is not null);

    [Fact]
    public void A_week_in_which_none_was_drawn_gives_one_after_all()
    {
        (long, bool)[] week = [(7, false), (8, false), (9, false)];
        Assert.Equal([7, 8, 9], new[] { 0.0, 0.5, 0.999 }.Select(chance => SecondLook.OfWeek(week, chance)!.Value));
        Assert.Null(SecondLook.OfWeek([.. week, (10, true)], 0.5));
        Assert.Null(SecondLook.OfWeek([], 0.5));
    }

    [Fact]
    public void A_lead_who_finds_a_complaint_sends_it_on_its_way_with_a_promise()
    {
        var @case = Answered(0);
        Assert.Equal("not_a_lead", Assert.Throws<Refused>(() => @case.TakeSecondLook(true, Jo, Hours, Start.AddDays(1))).Code);
        @case.TakeSecondLook(true, Lea, Hours, Start.AddDays(1));

        Assert.Equal((CaseKind.Complaint, CaseStage.Listening, true), (@case.State.Kind, @case.State.Stage, @case.State.SecondLook!.Found));
        Assert.NotNull(@case.State.NextContact);
        Assert.Equal("second_look", Assert.Throws<Refused>(() => @case.TakeSecondLook(true, Lea, Hours, Start.AddDays(1))).Code);
    }

    [Fact]
    public void A_lead_who_finds_none_leaves_it_closed_and_it_is_not_drawn_twice()
    {
        var @case = Answered(0);
        var drawn = @case.News.Count;
        @case.DrawSecondLook(Start.AddHours(1));
        Assert.Equal(drawn, @case.News.Count);
        @case.TakeSecondLook(false, Lea, Hours, Start.AddDays(1));

        Assert.Equal((false, false), (@case.State.IsOpen, @case.State.SecondLook!.Found));
    }

    [Theory]
    [InlineData(CloseReason.Withdrawn)]
    [InlineData(CloseReason.Duplicate)]
    [InlineData(CloseReason.OutOfScope)]
    public void What_was_closed_without_being_put_right_is_drawn_too_and_goes_on_when_a_lead_says_so(CloseReason reason)
    {
        var (drawn, other) = (Opened(), Opened());
        other.Withdraw(reason, "They found it.", Told.Without("They said so themselves."), Jo, Start, 0.05, new OtherCase(1, Opened().State));
        Assert.Null(other.State.SecondLook);
        drawn.Withdraw(reason, "They found it.", Told.Without("They said so themselves."), Jo, Start, 0.049, new OtherCase(1, Opened().State));
        Assert.Equal(reason, drawn.State.SecondLook!.Reason);
        drawn.TakeSecondLook(true, Lea, Hours, Start.AddDays(1));

        Assert.Equal((true, CaseKind.Complaint, 1), (drawn.State.IsOpen, drawn.State.Kind, drawn.State.Reopened));
        Assert.NotNull(drawn.State.NextContact);
        Assert.Equal((true, reason), drawn.News.OfType<SecondLookTaken>().Select(look => (look.IsComplaint, look.Reason)).Single());
    }

    [Fact]
    public void What_the_customer_or_a_body_outside_ended_is_not_drawn()
    {
        var confirmed = AskedBack();
        confirmed.AnswerCheckBack(CheckBacks.CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(8));
        confirmed.DrawSecondLook(Start.AddDays(8));

        Assert.Null(confirmed.State.SecondLook);
        Assert.DoesNotContain(Enum.GetValues<CloseReason>().Where(each => SecondLook.IsSampled(each)), each => each is CloseReason.Confirmed or CloseReason.Unconfirmed or CloseReason.Deadlock or CloseReason.OutsideDecision);
    }

    [Fact]
    public void The_chance_of_a_thing_is_always_the_same_and_falls_evenly()
    {
        Assert.Equal(SecondLook.ChanceOf("case:4812:0"), SecondLook.ChanceOf("case:4812:0"));
        var chances = Enumerable.Range(1000, 20_000).Select(number => SecondLook.ChanceOf($"case:{number}:0")).ToList();

        Assert.All(chances, chance => Assert.InRange(chance, 0, 0.9999999999999999));
        Assert.InRange(chances.Count(SecondLook.IsDrawn), 880, 1120); // 1,000 expected, four standard deviations of 31
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(chances.Count(chance => (int)(chance * 10) == tenth), 1830, 2170));
    }

    private static Case Answered(double chance)
    {
        var @case = Opened();
        @case.ChangeKind(CaseKind.Question, Jo, Start);
        @case.Speak(1, Channel.Mail, Jo, Start);
        @case.CloseAsAnswered(chance, Jo, Start);
        return @case;
    }
}

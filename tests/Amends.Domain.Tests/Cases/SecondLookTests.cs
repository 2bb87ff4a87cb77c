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

    [Fact]
    public void Only_what_was_answered_plainly_is_drawn()
    {
        var withdrawn = Opened();
        withdrawn.Withdraw(CloseReason.Withdrawn, "They found it.", Jo, Start);
        withdrawn.DrawSecondLook(Start);

        Assert.Null(withdrawn.State.SecondLook);
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

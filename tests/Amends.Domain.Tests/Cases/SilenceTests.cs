using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.Offers;
using Amends.Domain.Outcomes;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>A customer who does not answer what we offered.</summary>
public sealed class SilenceTests
{
    private static readonly DateTimeOffset Passed = Start.AddDays(3);

    [Fact]
    public void When_the_time_to_answer_passes_the_owner_is_told_and_it_is_no_missed_promise_of_ours()
    {
        var @case = Offered();
        @case.Wake(Passed.AddHours(5)); // the clock stood still for a while

        Assert.Equal([new OfferUnanswered(Passed.AddHours(5), People.Actor.Amends, 1)], @case.News.OfType<OfferUnanswered>());
        Assert.DoesNotContain(@case.News, news => news is NextContactMissed or CaseEscalated or NextContactDueSoon);
        Assert.Equal(("that we ask you once more", NextAction.AskAgain, true), (@case.State.NextContact!.What, @case.State.NextAction, @case.State.NextContact.DueAt == Passed.AddHours(5) + Case.AskAgainWithin));

        @case.Wake(@case.State.NextContact.DueAt); // not to ask is ours
        Assert.Single(@case.News.OfType<NextContactMissed>());
        Assert.Single(@case.News.OfType<OfferUnanswered>());
    }

    [Fact]
    public void A_late_choice_before_the_clock_came_by_breaks_no_promise_either()
    {
        var @case = Offered();
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Passed.AddMinutes(2));
        Assert.DoesNotContain(@case.News, news => news is NextContactMissed or NextContactKept { InTime: false });
        Assert.Equal(CaseStage.Delivering, @case.State.Stage);
    }

    [Fact]
    public void Each_reminder_leaves_open_days_and_only_after_the_last_one_it_may_be_closed_for_now()
    {
        var (@case, rule) = (Offered(), new NoReplyRule(2, 5));
        Assert.Equal("answer_time", Assert.Throws<Refused>(() => @case.RemindOfOffer(1, rule, Channel.Mail, 9, Jo, Hours, Start.AddDays(1))).Code);
        Assert.Equal("no_reply_rule", Assert.Throws<Refused>(() => @case.RemindOfOffer(1, new(0, 5), Channel.Mail, 9, Jo, Hours, Passed)).Code);
        @case.Wake(Passed);
        Assert.Equal("remind_first", Assert.Throws<Refused>(() => @case.CloseUnanswered(Told.By(9), null, Jo, Passed)).Code);

        @case.RemindOfOffer(1, rule, Channel.Mail, 9, Jo, Hours, Passed); // a Saturday: the fifth open day after it is the Friday
        var first = Assert.Single(@case.State.SentOffer!.Reminders);
        Assert.Equal((1, 2, Passed.Date.AddDays(6).AddHours(17)), (first.Number, first.Of, first.WaitsUntil.UtcDateTime));
        Assert.Equal((null, first.WaitsUntil), (@case.State.SentOffer.UnansweredAt, @case.State.NextContact!.DueAt));
        @case.Wake(first.WaitsUntil);
        Assert.Equal("remind_first", Assert.Throws<Refused>(() => @case.CloseUnanswered(Told.By(9), null, Jo, first.WaitsUntil)).Code);
        @case.RemindOfOffer(1, rule, Channel.Phone, 10, Jo, Hours, first.WaitsUntil);
        var last = @case.State.SentOffer!.Reminders[^1];
        @case.Wake(last.WaitsUntil);
        Assert.Equal("how we go on, since we have not heard from you", @case.State.NextContact!.What);
        Assert.Equal("told", Assert.Throws<Refused>(() => @case.CloseUnanswered(Told.Without(" "), null, Jo, last.WaitsUntil)).Code);
        @case.CloseUnanswered(Told.By(11), "delivery", Jo, last.WaitsUntil);

        var closed = Assert.Single(@case.News.OfType<CaseClosed>());
        Assert.Equal((CloseReason.Unconfirmed, 1, "delivery", 11), (closed.Reason, closed.Unanswered, closed.Cause, closed.Letter));
        Assert.Equal((false, "delivery"), (@case.State.TakesCheckBackAnswer, @case.State.Cause));
        Assert.Empty(@case.News.OfType<NextContactMissed>());
        Assert.Equal(Ending.NoAnswer, @case.News.Select(Endings.Of).OfType<Ending>().Last()); // never as if they needed nothing

        @case.Hear(12, Channel.Mail, Amara, Hours, last.WaitsUntil.AddDays(9));
        Assert.Equal((CaseStage.Working, false), (@case.State.Stage, @case.State.EndedUnanswered));
    }

    [Fact]
    public void Whoever_wrote_since_is_answered_and_whoever_awaits_a_call_is_called()
    {
        var @case = Offered();
        @case.Speak(5, Channel.Mail, Jo, Start);
        @case.Wake(Passed);
        @case.Hear(6, Channel.Mail, Amara, Hours, Passed);
        Assert.Equal("answer_first", Assert.Throws<Refused>(() => @case.RemindOfOffer(1, NoReplyRule.Default, Channel.Mail, 9, Jo, Hours, Passed)).Code);

        var once = new NoReplyRule(1, 2);
        var called = Offered();
        called.Wake(Passed);
        called.RemindOfOffer(1, once, Channel.Mail, 9, Jo, Hours, Passed);
        var until = called.State.SentOffer!.WaitsUntil;
        called.BookCall("0113 496 0142", CallTimes.Offered(Hours, Calls, until).ElementAt(40), null, Calls, Amara, Hours, until);
        called.Wake(until);
        Assert.NotNull(called.State.SentOffer.UnansweredAt);
        Assert.Equal("call_agreed", Assert.Throws<Refused>(() => called.CloseUnanswered(Told.By(9), null, Jo, until)).Code);
    }

    [Fact]
    public void The_next_reminder_goes_another_way_unless_they_need_one()
    {
        var @case = Offered();
        Assert.Equal([Channel.Mail, Channel.Phone, Channel.Phone], [@case.State.ReminderWay(false, true), @case.State.ReminderWay(true, false), @case.State.ReminderWay(true, true)]);
        @case.Wake(Passed);
        @case.RemindOfOffer(1, NoReplyRule.Default, Channel.Phone, 9, Jo, Hours, Passed);
        Assert.Equal(Channel.Mail, @case.State.ReminderWay(true, true));
        @case.NoteSupportNeeds([SupportNeed.CallsOnly], null, Jo, Passed);
        Assert.Equal(Channel.Phone, @case.State.ReminderWay(true, true));
        @case.NoteSupportNeeds([SupportNeed.WritingOnly], null, Jo, Passed);
        Assert.Equal(Channel.Mail, @case.State.ReminderWay(true, true));
    }

    [Fact]
    public void A_corrected_summary_makes_the_promise_ours_again()
    {
        var @case = Offered();
        @case.CorrectSummary(1, Channel.Page, "It was the second kettle.", Amara, Start.AddHours(2));
        @case.Wake(Passed);
        Assert.Empty(@case.News.OfType<OfferUnanswered>());
        Assert.Single(@case.News.OfType<NextContactMissed>());
    }
}

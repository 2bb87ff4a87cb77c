using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Handling;

/// <summary>What is true of a case beside its stage, and how early it comes because of that.</summary>
public sealed class HandlingTests
{
    [Fact]
    public void A_case_rests_until_its_promise_at_the_latest()
    {
        var @case = Answered();
        var due = @case.State.NextContact!.DueAt;

        Assert.Equal("snooze", Assert.Throws<Refused>(() => @case.Snooze(due.AddMinutes(1), null, Jo, Start)).Code);
        Assert.Equal("snooze", Assert.Throws<Refused>(() => @case.Snooze(Start, null, Jo, Start)).Code);

        @case.Snooze(due, "the carrier looks for it", Jo, Start);
        Assert.Equal((due, Urgency.Resting), (@case.State.SnoozedUntil!.Value, @case.State.Urgency));
    }

    [Fact]
    public void It_wakes_at_its_time_and_its_owner_is_told()
    {
        var @case = Answered();
        @case.Snooze(Start.AddHours(1), null, Jo, Start);
        Assert.True(@case.WakeAt <= Start.AddHours(1));

        @case.Wake(Start.AddHours(1));
        Assert.Null(@case.State.SnoozedUntil);
        Assert.Equal(Jo.Id, Assert.Single(@case.News.OfType<CaseWoke>()).OwnerId);
    }

    [Fact]
    public void It_wakes_when_the_customer_writes_or_chooses_and_when_something_nearer_is_promised()
    {
        var wrote = Answered();
        wrote.Snooze(Start.AddHours(2), null, Jo, Start);
        wrote.Hear(5, Channel.Mail, Amara, Hours, Start.AddMinutes(5));
        Assert.Null(wrote.State.SnoozedUntil);

        var chose = Offered();
        chose.Speak(4, Channel.Mail, Jo, Start);
        chose.Snooze(Start.AddDays(1), null, Jo, Start);
        chose.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Null(chose.State.SnoozedUntil);

        var nearer = Answered();
        nearer.Snooze(Start.AddHours(2), null, Jo, Start);
        nearer.MovePromise(Start.AddHours(1), "sooner", Jo, Hours, Start);
        Assert.Null(nearer.State.SnoozedUntil);
    }

    [Fact]
    public void Nobody_who_waits_for_an_answer_is_put_aside()
    {
        var @case = Answered();
        @case.Hear(5, Channel.Mail, Amara, Hours, Start.AddMinutes(5));
        Assert.Contains("Answer first", Assert.Throws<Refused>(() => @case.Snooze(Start.AddHours(1), null, Jo, Start.AddMinutes(6))).Message);

        var late = Answered();
        Assert.Contains("overdue", Assert.Throws<Refused>(() => late.Snooze(Start.AddDays(9), null, Jo, Start.AddDays(8))).Message);
    }

    [Theory]
    [InlineData(Channel.Phone, 4)]
    [InlineData(Channel.Mail, 8)]
    [InlineData(Channel.Letter, 8)]
    [InlineData(Channel.InPerson, 4)]
    [InlineData(Channel.Sms, 4)]
    [InlineData(Channel.Social, 2)]
    [InlineData(Channel.ReviewSite, 2)]
    public void What_a_customer_says_is_answered_within_the_time_of_its_channel(Channel channel, int hours)
    {
        var @case = Answered();
        @case.Hear(5, channel, Amara, Hours, Start.AddMinutes(30));
        var due = Hours.After(Start.AddMinutes(30), TimeSpan.FromHours(hours));
        Assert.Equal(due, @case.State.ReplyDueAt);

        @case.Hear(6, channel, Amara, Hours, Start.AddMinutes(50));
        Assert.Equal(due, @case.State.ReplyDueAt); // who waits longest counts
        @case.Speak(7, Channel.Mail, Jo, Start.AddMinutes(55));
        Assert.Null(@case.State.ReplyDueAt);
    }

    [Fact]
    public void Words_that_go_with_a_choice_have_the_promise_of_the_choice_and_wait_for_no_reply()
    {
        var @case = Offered();
        @case.Speak(4, Channel.Mail, Jo, Start);
        @case.Choose(1, 1, Channel.Page, "Saturday, please.", Amara, Hours, Start.AddHours(1));
        @case.Hear(5, Channel.Page, Amara, Hours, Start.AddHours(1), isAnswer: true);
        Assert.Null(@case.State.ReplyDueAt);
        Assert.True(@case.State.WaitsForReply); // and yet nobody has looked at them
    }

    [Fact]
    public void An_answer_that_does_not_come_in_time_is_noted_once()
    {
        var @case = Answered();
        @case.Hear(5, Channel.Phone, Amara, Hours, Start.AddMinutes(1), new ReplyTimes(TimeSpan.FromMinutes(30), TimeSpan.FromHours(8), TimeSpan.FromHours(4), TimeSpan.FromHours(2)));
        @case.Wake(Start.AddMinutes(31));
        @case.Wake(Start.AddMinutes(32));
        Assert.Equal(Jo.Id, Assert.Single(@case.News.OfType<ReplyOverdue>()).OwnerId);
        Assert.NotNull(@case.State.ReplyOverdueAt);

        @case.Speak(7, Channel.Phone, Jo, Start.AddMinutes(40));
        Assert.Null(@case.State.ReplyOverdueAt);
    }

    [Fact]
    public void A_first_contact_comes_sooner_where_the_company_answers_sooner()
    {
        var quick = ReplyTimes.Proposed with { Mail = TimeSpan.FromHours(1) };
        var slow = ReplyTimes.Proposed with { Mail = TimeSpan.FromHours(40) };
        Assert.Equal(Start.AddHours(1), Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "s", "t", 7, "Amara"), Amara, Hours, Start, quick).State.NextContact!.DueAt);
        Assert.Equal(Start.AddHours(4), Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "s", "t", 7, "Amara"), Amara, Hours, Start, slow).State.NextContact!.DueAt);
    }

    [Fact]
    public void Danger_comes_first_then_who_has_most_to_bear_then_what_a_rule_asks_for_soon_then_who_is_worth_most()
    {
        var danger = Opened();
        danger.CheckSafety(true, Jo, Start);
        var needs = Opened();
        needs.NoteSupportNeeds([SupportNeed.MoreTime], "She reads slowly.", Jo, Start);
        var twice = Delivering();
        twice.FailRemedy(1, "The parcel came back.", Jo, Hours, Start.AddHours(2));
        var worth = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "s", "t", 7, "Amara", HighValue: true), Amara, Hours, Start);

        var soon = Opened();
        soon.FollowDuties(Deadlines.DutyBook.Book);
        soon.PutUnder("by-hand", Deadlines.DutyBook.Book, Jo, Start);
        Assert.Equal(Urgency.Usual, soon.State.Urgency); // there is time
        soon.Wake(soon.State.NextDuty!.RemindAt);

        Assert.Equal([Urgency.Danger, Urgency.Serious, Urgency.Serious, Urgency.Deadline, Urgency.MuchAtStake, Urgency.Usual],
            new[] { danger, needs, twice, soon, worth, Opened() }.Select(@case => @case.State.Urgency));
    }

    [Fact]
    public void Support_needs_say_what_to_do_and_contradict_nothing()
    {
        var @case = Opened();
        Assert.Equal("support_needs", Assert.Throws<Refused>(() => @case.NoteSupportNeeds([SupportNeed.CallsOnly, SupportNeed.WritingOnly], null, Jo, Start)).Code);
        Assert.Equal("support_needs", Assert.Throws<Refused>(() => @case.NoteSupportNeeds([(SupportNeed)99], null, Jo, Start)).Code);
        @case.NoteSupportNeeds([SupportNeed.LargePrint, SupportNeed.LargePrint], null, Jo, Start);
        @case.NoteSupportNeeds([SupportNeed.LargePrint], null, Jo, Start);
        Assert.Single(@case.News.OfType<SupportNeedsNoted>());
    }

    [Fact]
    public void Putting_right_has_a_date_of_its_own_until_what_is_chosen_has_one()
    {
        var @case = Understood();
        @case.PlanFix(Start.AddDays(3), Jo, Start);
        Assert.Equal(Start.AddDays(3), @case.State.FixDueAt);
        Assert.Equal("fix_in_the_past", Assert.Throws<Refused>(() => @case.PlanFix(Start, Jo, Start)).Code);

        @case.PrepareOffer(Draft(), Max, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Equal(Start.AddDays(2), @case.State.FixDueAt); // the remedy's
    }

    [Fact]
    public void In_the_second_stage_somebody_else_looks_and_whoever_handled_the_first_does_not_decide_again()
    {
        var @case = Decided();
        Assert.Equal("same_person", Assert.Throws<Refused>(() => @case.BeginReview(Jo, "I was told otherwise.", Lea, Hours, Start.AddHours(1))).Code);
        @case.BeginReview(Lea, "“I was told otherwise.”", Jo, Hours, Start.AddHours(1));

        Assert.Equal((Lea.Id, (long?)Jo.Id), (@case.State.OwnerId!.Value, @case.State.Review!.FirstHandlerId));
        Assert.Equal("same_person", Assert.Throws<Refused>(() => @case.Decide(1, Finding.Upheld, null, "A new one", null, Jo, Start.AddHours(2))).Code);
        @case.Decide(1, Finding.Upheld, null, "A new one", null, Lea, Start.AddHours(2));
        Assert.Equal("second_stage", Assert.Throws<Refused>(() => @case.BeginReview(Max, "again", Lea, Hours, Start.AddHours(2))).Code);
        Assert.Contains("second stage", @case.State.Hardness);
    }

    [Fact]
    public void Nothing_is_reviewed_before_anything_was_decided_or_declined() =>
        Assert.Equal("too_early", Assert.Throws<Refused>(() => Asked().BeginReview(Lea, "no", Jo, Hours, Start)).Code);

    [Fact]
    public void A_lead_holds_what_may_not_be_deleted_and_says_why()
    {
        var @case = Opened();
        Assert.Equal("not_a_lead", Assert.Throws<Refused>(() => @case.SetLegalHold(true, "A court asks.", Jo, Start)).Code);
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.SetLegalHold(true, " ", Lea, Start)).Code);
        @case.SetLegalHold(true, "A court asks.", Lea, Start);
        Assert.True(@case.State.LegalHold);
    }

    [Fact]
    public void A_case_waits_for_somebody_outside_and_the_promise_stays()
    {
        var @case = Opened();
        var promise = @case.State.NextContact;
        @case.WaitFor(WaitsFor.Carrier, "a search for the parcel", Jo, Start);
        Assert.Equal((WaitsFor.Carrier, "a search for the parcel"), (@case.State.WaitsFor, @case.State.WaitsForWhat));
        Assert.Equal(promise, @case.State.NextContact);
        @case.WaitFor(WaitsFor.Us, "forgotten", Jo, Start);
        Assert.Null(@case.State.WaitsForWhat);
    }

    /// <summary>The customer heard from Jo a moment ago.</summary>
    private static Case Answered()
    {
        var @case = Opened();
        @case.Speak(3, Channel.Mail, Jo, Start);
        return @case;
    }
}

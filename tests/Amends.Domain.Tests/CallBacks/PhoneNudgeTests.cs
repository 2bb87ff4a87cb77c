using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Handling;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.CallBacks;

public sealed class PhoneNudgeTests
{
    public static TheoryData<NudgeReason, Action<Case>> Rules => new()
    {
        { NudgeReason.AtRisk, @case => @case.CheckSafety(true, Jo, Start) },
        { NudgeReason.Serious, @case => @case.SetSeverity(Severity.High, Jo, Start) },
        { NudgeReason.PromiseMissed, @case => @case.Wake(Start.AddHours(5)) },
        { NudgeReason.Corrected, @case => { @case.SendSummary(Jo, Start); @case.CorrectSummary(1, Channel.Page, "Not quite.", Amara, Start); } },
        { NudgeReason.Declined, @case => { @case.PrepareOffer(Draft(), Max, Start); @case.SendOffer(1, Jo, Hours, Start); @case.Decline(1, Channel.Page, "None of it.", Amara, Hours, Start); } },
        { NudgeReason.Circles, @case => Write(@case, 2) },
        { NudgeReason.NeedsSupport, @case => @case.NoteSupportNeeds([SupportNeed.MoreTime], null, Jo, Start) },
        { NudgeReason.PrefersPhone, @case => { @case.PrepareOffer(Draft(), Max, Start); @case.SendOffer(1, Jo, Hours, Start); @case.AgreeCheckBack(Start.AddDays(9), CheckBackManner.Phone, Amara, Start); } },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_says_to_ring_and_falls_silent_once_we_have_spoken(NudgeReason reason, Action<Case> happened)
    {
        var @case = Understood();
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        happened(@case);
        Assert.Equal([reason], PhoneNudge.ReasonsFor(@case.State));
        @case.Speak(9, Channel.Phone, Jo, Start.AddHours(6));
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
    }

    [Fact]
    public void Writing_is_a_round_when_they_answer_us_and_progress_ends_the_count()
    {
        var @case = Understood();
        @case.Hear(1, Channel.Mail, Amara, Hours, Start); // more of the same letter is no round
        @case.Hear(2, Channel.Mail, Amara, Hours, Start);
        Write(@case, 1);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        @case.SendSummary(Jo, Start.AddHours(2));
        @case.ConfirmSummary(1, Channel.Page, null, Amara, Start.AddHours(2));
        Write(@case, 1);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        Write(@case, 1);
        Assert.Equal([NudgeReason.Circles], PhoneNudge.ReasonsFor(@case.State));
    }

    [Fact]
    public void Much_at_stake_says_to_ring_by_the_companys_mark_and_by_high_value_where_there_is_none()
    {
        static Case Opened(bool high, bool? rings) => Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Kettle", "It leaks.", Amara.Id, Amara.Name, HighValue: high, RingsForValue: rings), Amara, Hours, Start);
        Assert.Equal([NudgeReason.ValueAtRisk], PhoneNudge.ReasonsFor(Opened(false, true).State));
        Assert.Empty(PhoneNudge.ReasonsFor(Opened(true, false).State));
        var old = Opened(true, null);
        Assert.Equal([NudgeReason.ValueAtRisk], PhoneNudge.ReasonsFor(old.State));
        old.Speak(9, Channel.Phone, Jo, Start.AddHours(1));
        Assert.Empty(PhoneNudge.ReasonsFor(old.State));
    }

    [Fact]
    public void Nothing_is_said_while_a_call_is_agreed_nor_about_what_is_no_complaint()
    {
        var @case = Understood();
        @case.CheckSafety(true, Jo, Start);
        @case.BookCall("0113 496 0142", CallTimes.Offered(Hours, Calls, Start).First(), null, Calls, Amara, Hours, Start);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        var question = Case.Open(new Opening(Channel.Phone, CaseKind.Question, "Bulbs", "Which?", Amara.Id, Amara.Name), Amara, Hours, Start);
        Assert.Empty(PhoneNudge.ReasonsFor(question.State));
    }

    [Fact]
    public void Who_came_by_phone_and_is_answered_in_writing_would_rather_talk()
    {
        var @case = Case.Open(new Opening(Channel.Phone, CaseKind.Complaint, "Kettle", "It leaks.", Amara.Id, Amara.Name), Jo, Hours, Start);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State)); // we have just spoken
        Write(@case, 1);
        Assert.Equal([NudgeReason.PrefersPhone], PhoneNudge.ReasonsFor(@case.State));
    }

    [Fact]
    public void That_it_is_shown_is_written_down_once_and_again_after_a_call_when_there_is_a_new_reason()
    {
        var @case = Understood();
        @case.CheckSafety(true, Jo, Start);
        @case.Wake(Start.AddMinutes(1));
        @case.Wake(Start.AddMinutes(2));
        Assert.Equal([NudgeReason.AtRisk], Assert.Single(@case.News.OfType<PhoneNudged>()).Reasons);
        @case.Speak(9, Channel.Phone, Jo, Start.AddHours(1));
        @case.Wake(Start.AddHours(5)); // the promise is missed
        Assert.Equal(2, @case.News.OfType<PhoneNudged>().Count());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Set_aside_with_a_reason_it_is_silent_until_there_is_a_new_one(NudgeReason reason, Action<Case> happened)
    {
        var @case = Understood();
        Assert.Equal("nudge", Assert.Throws<Refused>(() => @case.SetNudgeAside("They write.", Jo, Start)).Code);
        happened(@case);
        var at = Start.AddHours(6);
        Assert.Equal("aside", Assert.Throws<Refused>(() => @case.SetNudgeAside(" ", Jo, at)).Code);
        @case.SetNudgeAside("They write at night.", Jo, at);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        Assert.Equal([reason], Assert.Single(@case.News.OfType<PhoneNudgeSetAside>()).Reasons);

        var (other, begins) = reason == NudgeReason.Serious ? (NudgeReason.AtRisk, (Action<Case>)(each => each.CheckSafety(true, Jo, at))) : (NudgeReason.Serious, each => each.SetSeverity(Severity.High, Jo, at));
        begins(@case);
        Assert.Equal([other], PhoneNudge.ReasonsFor(@case.State)); // the new one, and not the old
    }

    [Fact]
    public void What_was_set_aside_counts_again_when_it_happens_again()
    {
        var @case = Understood();
        Write(@case, 2);
        @case.SetNudgeAside("They asked for it in writing.", Jo, Start.AddHours(1));
        Write(@case, 1);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        Write(@case, 1);
        Assert.Equal([NudgeReason.Circles], PhoneNudge.ReasonsFor(@case.State)); // two more rounds
        @case.SetNudgeAside("It is about one number.", Jo, Start.AddHours(2));
        @case.Update(9, new([], ["We look."], false, null, "news", Start.AddHours(3.5)), Jo, Hours, Start.AddHours(3));
        @case.Wake(Start.AddHours(4));
        Assert.Contains(NudgeReason.PromiseMissed, PhoneNudge.ReasonsFor(@case.State));

        var risky = Understood();
        risky.CheckSafety(true, Jo, Start);
        risky.Wake(Start.AddMinutes(1));
        risky.SetNudgeAside("A neighbour is with them, and writes.", Jo, Start.AddMinutes(2));
        risky.CheckSafety(false, Jo, Start.AddMinutes(3));
        risky.CheckSafety(true, Jo, Start.AddMinutes(4));
        risky.Wake(Start.AddMinutes(5));
        Assert.Equal(2, risky.News.OfType<PhoneNudged>().Count()); // told again, once
    }

    [Fact]
    public void The_script_is_the_companys_with_what_we_know_filled_in_and_danger_is_asked_first()
    {
        IReadOnlyList<string> Say(string script, string? matters, params NudgeReason[] reasons) => PhoneScript.For(PhoneScript.Kept(script), "Amara", matters, "Northwind", reasons, false);
        Assert.Equal(["Hello Amara of {x", "Northwind: tea."], Say("Hello {name} of {x\r\n\r\n  {company}: {matters}. ", "tea."));
        Assert.Equal(["Hello"], Say("Hello\nAbout {matters}", null)); // what is not known is not said
        Assert.Equal(["{name} wins"], Say("{matters}", "{name} wins")); // their words are not filled in
        Assert.Equal(["Hello", "First: “Is anybody in danger right now?”", "Bye"], Say("Hello\nBye", null, NudgeReason.AtRisk));
        Assert.Contains(Say("", "tea", NudgeReason.PromiseMissed), line => line.Contains("We did not keep what we promised", StringComparison.Ordinal));
        Assert.Equal(6, Say("", "tea").Count);
        foreach (var wrong in new[] { "Hello {nmae}", string.Join('\n', Enumerable.Repeat("a", 13)), new string('a', 2001) })
            Assert.Equal("script", Assert.Throws<Refused>(() => PhoneScript.Kept(wrong)).Code);
    }

    private static void Write(Case @case, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            var at = (@case.State.LastCustomerAt ?? Start).AddMinutes(10);
            @case.Speak(100 + i, Channel.Mail, Jo, at);
            @case.Hear(200 + i, Channel.Mail, Amara, Hours, at.AddMinutes(5));
        }
    }
}

using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
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

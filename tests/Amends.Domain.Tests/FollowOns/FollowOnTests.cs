using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.FollowOns;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.Referrals;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.FollowOns;

/// <summary>A letter of thanks goes to those alone who said a satisfied yes, and never where it would use their trouble against them.</summary>
public sealed class FollowOnTests
{
    /// <summary>Each refusal, and a change to a case that ended well which brings it about alone.</summary>
    public static readonly TheoryData<FollowOnRefusal, Func<CaseState, CaseState>> Refusals = new()
    {
        { FollowOnRefusal.NoComplaint, state => state with { Kind = CaseKind.Question } },
        { FollowOnRefusal.Open, state => state with { Stage = CaseStage.Working } },
        { FollowOnRefusal.NotConfirmed, state => state with { CloseReason = CloseReason.Unconfirmed } },
        { FollowOnRefusal.NotConfirmed, state => state with { CheckBack = state.CheckBack! with { Answer = null } } },
        { FollowOnRefusal.NotSatisfied, state => state with { CheckBack = state.CheckBack! with { Score = 3 } } },
        { FollowOnRefusal.NotSatisfied, state => state with { CheckBack = state.CheckBack! with { Survey = new(Met: OutcomeMet.Missed) } } },
        { FollowOnRefusal.NotSatisfied, state => state with { CheckBack = state.CheckBack! with { Survey = new(Return: WouldReturn.No) } } },
        { FollowOnRefusal.NotSatisfied, state => state with { CheckBack = state.CheckBack! with { Survey = new(Heard: 2) } } },
        { FollowOnRefusal.SaidNoBefore, state => state with { NotPutRight = 1 } },
        { FollowOnRefusal.Safety, state => state with { AtRisk = true } },
        { FollowOnRefusal.Safety, state => state with { Severity = Severity.High } },
        { FollowOnRefusal.SupportNeeds, state => state with { SupportNeeds = [SupportNeed.LargePrint] } },
        { FollowOnRefusal.Deadlock, state => state with { Referral = new(ReferralStage.Signposted) } },
        { FollowOnRefusal.Rejected, state => state with { Issues = [new Issue(1, "It leaks", Start, "Amara") { Decisions = [new Decision(Finding.NotUpheld, "It was full.", null, null, Start, "Jo")] }] } },
        { FollowOnRefusal.SentAlready, state => state with { FollowOn = new(Start, 1, false, null) } },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void Each_reason_against_it_is_enough_and_is_told_in_a_sentence(FollowOnRefusal refusal, Func<CaseState, CaseState> change)
    {
        var state = change(EndedWell().State);
        Assert.Equal([refusal], FollowOnRule.Against(state, false));
        var refused = Assert.Throws<Refused>(() => Case.Load(state).SendFollowOn(9, true, null, false, Jo, Start.AddDays(9)));
        Assert.Equal(("follow_on", Case.Why(refusal)), (refused.Code, refused.Message));
    }

    [Fact]
    public void Every_reason_is_tried_here_and_one_more_is_the_customers_own_word()
    {
        Assert.Equal([FollowOnRefusal.WantsNone], FollowOnRule.Against(EndedWell().State, true));
        Assert.Equal(Enum.GetValues<FollowOnRefusal>().Order(), Refusals.Select(row => row.Data.Item1).Append(FollowOnRefusal.WantsNone).Distinct().Order());
        Assert.Contains(FollowOnRefusal.Deadlock, FollowOnRule.Against(EndedWell().State with { CloseReason = CloseReason.Deadlock }, false));
    }

    [Fact]
    public void After_a_satisfied_yes_one_of_us_sends_it_once_and_the_case_stays_closed()
    {
        var @case = EndedWell();
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.SendFollowOn(9, true, null, false, Rita, Start.AddDays(9))).Code);
        @case.SendFollowOn(9, true, "22222222", false, Jo, Start.AddDays(9));
        Assert.Equal((false, 9, true), (@case.State.IsOpen, @case.State.FollowOn!.MessageId, @case.State.FollowOn.AsksForReview));
        Assert.Throws<Refused>(() => @case.SendFollowOn(10, true, null, false, Jo, Start.AddDays(10)));
        Assert.Empty(FollowOnRule.Against(EndedWell(null).State, false)); // a yes without a score is a yes
    }

    [Theory]
    [InlineData("Please review us, and get 10 % off your next order.", "10 %")]
    [InlineData("Tell others! As thanks there is a voucher for you.", "voucher")]
    [InlineData("Five stars, and we send you €20.", "€20")]
    [InlineData("Wir freuen uns über eine Bewertung und schenken Ihnen einen Gutschein.", "Gutschein")]
    [InlineData("Whoever recommends us takes part in the prize draw.", "prize draw")]
    public void A_text_that_offers_anything_for_a_recommendation_is_refused(string text, string reward)
    {
        var refused = Assert.Throws<Refused>(() => FollowOnText.Checked(text, true));
        Assert.Equal(("text", true), (refused.Code, refused.Message.Contains($"“{reward}”")));
    }

    [Fact]
    public void A_reward_is_refused_also_where_only_the_text_asks_and_thanks_alone_may_name_what_was_paid_back()
    {
        Assert.Throws<Refused>(() => FollowOnText.Checked("A review would help us. You get a discount.", false));
        Assert.Equal("Thank you. The €20 are on their way.", FollowOnText.Checked(" Thank you. The €20 are on their way. ", false));
        Assert.Equal("Thank you for your patience.", FollowOnText.Checked("Thank you for your patience.", true));
        Assert.Throws<Refused>(() => FollowOnText.Checked(" ", false));
        Assert.Throws<Refused>(() => FollowOnText.Checked(new string('x', FollowOnText.Longest + 1), false));
    }

    [Fact]
    public void A_code_is_read_as_people_type_it_and_one_wrong_letter_or_a_swap_is_found()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var code = ReferralCode.Of([.. Enumerable.Range(0, 7).Select(_ => random.Next(31))]);
            Assert.Equal(code, ReferralCode.Read($" {code[..4].ToLowerInvariant()}-{code[4..]} "));
            var at = random.Next(8);
            var other = ReferralCode.Alphabet[(ReferralCode.Alphabet.IndexOf(code[at]) + 1 + random.Next(30)) % 31];
            Assert.Null(ReferralCode.Read(code[..at] + other + code[(at + 1)..]));
            at = random.Next(6);
            if (code[at] != code[at + 1])
                Assert.Null(ReferralCode.Read(code[..at] + code[at + 1] + code[at] + code[(at + 2)..]));
        }

        Assert.All(new[] { null, "", "SHORT", "0O1ILL00", "222222222" }, typed => Assert.Null(ReferralCode.Read(typed)));
    }

    private static Case EndedWell(int? score = 5)
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBackAnswer.Yes, score, Channel.Page, null, Amara, Hours, Start.AddDays(8));
        return @case;
    }
}

using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Handling;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>How often we ask, and in which ways.</summary>
public sealed class CheckBackPlanTests
{
    [Theory]
    [InlineData(3, 4, true)]
    [InlineData(2, 7, true)]
    [InlineData(5, 2, true)]
    [InlineData(2, 6, false)] // six days are a short holiday
    [InlineData(1, 14, false)]
    [InlineData(6, 4, false)]
    [InlineData(3, 1, false)]
    [InlineData(3, 15, false)]
    public void Attempts_span_a_week_at_least_and_are_no_burden(int attempts, int days, bool fits) => Assert.Equal(fits, CheckBackPlan.Wrong(attempts, days) is null);

    [Theory]
    // number, mail address, manner, wished, came by, need → ways
    [InlineData(true, true, CheckBackManner.Mail, false, Channel.Mail, null, "mpm")]
    [InlineData(false, true, CheckBackManner.Mail, false, Channel.Mail, null, "mmm")]
    [InlineData(true, false, CheckBackManner.Mail, false, Channel.Mail, null, "ppp")]
    [InlineData(false, false, CheckBackManner.Mail, false, Channel.Mail, null, "mmm")] // the owner is told that there is no address
    [InlineData(true, true, CheckBackManner.Mail, false, Channel.Phone, null, "pmm")]
    [InlineData(true, true, CheckBackManner.Phone, true, Channel.Mail, null, "ppm")]
    [InlineData(false, true, CheckBackManner.Phone, true, Channel.Mail, null, "ppm")]
    [InlineData(true, true, CheckBackManner.Mail, true, Channel.Mail, null, "mmm")] // they chose to be written to
    [InlineData(true, true, CheckBackManner.Mail, false, Channel.Phone, SupportNeed.WritingOnly, "mmm")]
    [InlineData(true, true, CheckBackManner.Mail, false, Channel.Mail, SupportNeed.CallsOnly, "ppm")]
    [InlineData(true, true, CheckBackManner.Phone, true, Channel.Mail, SupportNeed.WritingOnly, "ppm")] // their own choice is the newer word
    public void The_ways_follow_from_how_they_can_be_reached_and_what_they_wish(bool phone, bool mail, CheckBackManner manner, bool wished, Channel cameBy, SupportNeed? need, string ways) =>
        Assert.Equal(ways, string.Concat(new CheckBackPlan(3, 4, phone, mail).Ways(manner, wished, cameBy, need is { } one ? [one] : []).Select(way => way == CheckBackManner.Phone ? 'p' : 'm')));

    [Fact]
    public void What_they_wanted_stands_beside_what_was_offered_accepted_and_said()
    {
        var @case = AskedBack();
        Assert.Equal(("A kettle that holds water", "Option 1", false, (OutcomeMet?)null), Of(@case));
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(8), new Survey(Met: OutcomeMet.Exceeded));
        Assert.Equal(("A kettle that holds water", "Option 1", false, OutcomeMet.Exceeded), Of(@case));
        Assert.Equal(["Option 1", "Option 2"], OutcomeGap.Of(@case.State).Offered);
        Assert.Null(OutcomeGap.Of(Opened().State).Wanted);

        static (string?, string?, bool, OutcomeMet?) Of(Case @case) => OutcomeGap.Of(@case.State) is var gap ? (gap.Wanted, gap.Accepted, gap.AcceptedAsWanted, gap.Met) : default;
    }
}

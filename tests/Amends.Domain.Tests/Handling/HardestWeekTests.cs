using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Handling;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Handling;

public sealed class HardestWeekTests
{
    [Fact]
    public void The_hardest_that_ended_with_a_yes_is_told_with_who_stayed_and_nothing_of_the_customer()
    {
        var hard = Ended(failed: true);
        var told = HardestWeek.Of([(1, Ended()), (2, hard), (3, hard with { CloseReason = CloseReason.Unconfirmed, CheckBack = hard.CheckBack! with { Answer = null } }), (4, hard with { OwnerId = null })])!;
        Assert.Equal((2L, hard.OwnerId!.Value), (told.Number, told.OwnerId));
        Assert.StartsWith("The hardest case of last week that was put right: opened again", told.Words);
        Assert.Contains("Jo stayed with it for", told.Words);
        Assert.DoesNotContain("Amara", told.Words);
        Assert.Null(HardestWeek.Of([(1, Ended())]));
        Assert.Null(HardestWeek.Of([]));
    }

    private static CaseState Ended(bool failed = false)
    {
        var @case = AskedBack();
        @case.Assign(Jo, Lea, Start.AddDays(8));
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "Yes.", Amara, Hours, Start.AddDays(9));
        var state = @case.State;
        return failed ? state with { Reopened = 1 } : state;
    }
}

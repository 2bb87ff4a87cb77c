using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class StepTests
{
    [Fact]
    public void A_step_is_lit_by_what_happened_and_never_by_hand()
    {
        Assert.Equal(1, Opened().State.Step);

        var @case = Understood();
        Assert.Equal(2, @case.State.Step);
        @case.SendSummary(Jo, Start);
        Assert.Equal(2, @case.State.Step); // sent is not yet understood
        @case.ConfirmSummary(1, Channel.Page, null, Amara, Start.AddHours(1));
        Assert.Equal(3, @case.State.Step);

        Assert.Equal(3, Offered().State.Step);
        Assert.Equal(4, Delivering().State.Step);
        var asked = AskedBack();
        Assert.Equal(5, asked.State.Step);
        asked.AnswerCheckBack(CheckBackAnswer.No, 1, Channel.Page, "It leaks again.", Amara, Hours, Start.AddDays(8));
        Assert.NotEqual(6, asked.State.Step);
        asked = AskedBack();
        asked.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "Tea again!", Amara, Hours, Start.AddDays(8));
        Assert.Equal(6, asked.State.Step);
        Assert.Null(typeof(CaseState).GetProperty(nameof(CaseState.Step))!.SetMethod);
    }
}

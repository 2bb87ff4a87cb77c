using Amends.Domain.Cases;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>Taken back, a duplicate, or not ours.</summary>
public sealed class EndingTests
{
    private static readonly Told Known = Told.Without("They said so on the phone.");

    [Fact]
    public void Whoever_is_sent_away_is_told_or_it_is_said_why_not()
    {
        var @case = Opened();
        Assert.Equal("told", Assert.Throws<Refused>(() => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without(null), Jo, Start)).Code);
        @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.By(9), Jo, Start);
        Assert.Equal((9, Start), (Assert.Single(@case.News.OfType<CaseClosed>()).Letter, @case.State.LastContactAt));
        Assert.Single(@case.News.OfType<WeSpoke>(), spoke => spoke.MessageId == 9);
    }

    [Fact]
    public void A_complaint_that_ends_in_any_way_is_put_down_to_something_and_a_duplicate_is_counted_once()
    {
        var withdrawn = Opened();
        withdrawn.Withdraw(CloseReason.Withdrawn, "They took it back.", Known, Jo, Start);
        var ours = Opened();
        ours.Withdraw(CloseReason.OutOfScope, "Not ours.", Known, Jo, Start, cause: "no_fault");
        var duplicate = Opened();
        duplicate.Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start, 1, new(7, Opened().State), "supplier");
        Assert.Equal(("unknown", "no_fault", null), (withdrawn.State.Cause, ours.State.Cause, duplicate.State.Cause));
    }

    [Fact]
    public void What_we_owe_ends_only_when_the_customer_took_it_back()
    {
        var main = new OtherCase(7, Opened().State);
        Assert.Equal("remedies_open", Assert.Throws<Refused>(() => Delivering().Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start.AddHours(2), 1, main)).Code);
        Assert.Equal("remedies_open", Assert.Throws<Refused>(() => Delivering().Withdraw(CloseReason.OutOfScope, "Not ours.", Known, Jo, Start.AddHours(2))).Code);
        Delivering().Withdraw(CloseReason.Withdrawn, "They took it back.", Known, Jo, Start.AddHours(2));
    }

    [Fact]
    public void A_duplicate_goes_on_in_a_case_of_the_same_customer_that_goes_on_nowhere_else()
    {
        var @case = Opened();
        var mine = new OtherCase(7, Opened().State);
        Assert.Equal("goes_on_in", Assert.Throws<Refused>(() => @case.Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start)).Code);
        Assert.Equal("goes_on_in", Assert.Throws<Refused>(() => @case.Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start, 1, mine with { State = mine.State with { CustomerId = 8 } })).Code);
        Assert.Equal("goes_on_in", Assert.Throws<Refused>(() => @case.Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start, 1, mine with { State = mine.State with { GoesOnIn = 6 } })).Code);
        @case.Withdraw(CloseReason.Duplicate, "As before.", Known, Jo, Start, 1, mine);
        Assert.Equal(7, @case.State.GoesOnIn);
        @case.Reopen("It was another one.", Jo, Hours, Start.AddDays(1));
        Assert.Null(@case.State.GoesOnIn);
    }
}

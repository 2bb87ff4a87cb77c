using Amends.Domain.Cases;
using Amends.Domain.Safety;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Safety;

/// <summary>Somebody may be in danger, or the cause lies in how we work: what is looked into before the case ends.</summary>
public sealed class SafetyTests
{
    [Fact]
    public void A_case_in_which_somebody_may_be_in_danger_ends_only_after_a_lead_answered_and_somebody_counted()
    {
        var @case = Delivering();
        @case.CheckSafety(true, Jo, Start.AddHours(2));
        @case.CheckSafety(false, Jo, Start.AddHours(2));
        @case.CheckSafety(true, Jo, Start.AddHours(2));
        Assert.Single(@case.News.OfType<StopSaleAsked>()); // asked once
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        Assert.Equal("stop_sale", Complete(@case));
        Assert.Equal("stop_sale", Assert.Throws<Refused>(() => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("by phone"), Jo, Start.AddHours(2))).Code);

        Assert.Equal("not_a_lead", Assert.Throws<Refused>(() => @case.AnswerStopSale(true, "Off the shop", "Kettle", null, Jo, Start.AddHours(2))).Code);
        Assert.Equal("words", Assert.Throws<Refused>(() => @case.AnswerStopSale(false, " ", null, null, Lea, Start.AddHours(2))).Code);
        Assert.Equal("product", Assert.Throws<Refused>(() => @case.AnswerStopSale(true, "Off the shop", " ", null, Lea, Start.AddHours(2))).Code);
        @case.AnswerStopSale(true, "Off the shop", "Kettle", "L7", Lea, Start.AddHours(2));
        @case.AnswerStopSale(true, "Off the shop", "Kettle", "L7", Lea, Start.AddHours(3));
        Assert.Single(@case.News.OfType<StopSaleAnswered>()); // twice is once
        Assert.Equal("affected", Complete(@case));
        @case.CountAffected("Kettle", "L7", 12, 9, Jo, Start.AddHours(3));
        Assert.Null(Complete(@case));
        Assert.Equal((true, "L7", 12, 9), (@case.State.StopSale!.IsStopped, @case.State.StopSale.Lot, @case.State.StopSale.Affected!.Orders, @case.State.StopSale.Affected.Customers));
    }

    [Fact]
    public void What_turned_out_to_be_no_danger_and_what_is_a_duplicate_waits_for_nobody()
    {
        var harmless = Delivering();
        harmless.CheckSafety(true, Jo, Start.AddHours(2));
        harmless.CheckSafety(false, Jo, Start.AddHours(2));
        harmless.FinishRemedy(1, null, Jo, Start.AddHours(2));
        Assert.Null(Complete(harmless));

        var twice = Opened();
        twice.CheckSafety(true, Jo, Start);
        twice.Withdraw(CloseReason.Duplicate, "It goes on in the other one.", Told.Without("by phone"), Jo, Start, 1, new(77, Opened().State));
        Assert.Equal("stop_sale", Assert.Throws<Refused>(() => Opened().CountAffected("Kettle", null, 1, 1, Jo, Start)).Code); // nobody is in danger
    }

    [Fact]
    public void A_cause_in_how_we_work_has_two_whys_or_a_reason_for_none()
    {
        Case Done()
        {
            var @case = Delivering();
            @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
            return @case;
        }

        var asked = Done();
        Assert.Equal("whys", Complete(asked, new SystemicCause()));
        asked.AskWhy("The carton is too thin", null, "photo 3", false, Jo, Start.AddHours(2));
        Assert.Equal("whys", Complete(asked, new SystemicCause(" ")));
        asked.AskWhy("Nobody tests cartons", 1, null, true, Jo, Start.AddHours(2));
        Assert.Null(Complete(asked, new SystemicCause()));
        Assert.Equal(new SystemicCause(), asked.State.Systemic);

        var known = Done();
        Assert.Null(Complete(known, new SystemicCause(" It is known: improvement 4 is on its way. ")));
        Assert.Equal("It is known: improvement 4 is on its way.", known.State.Systemic!.WithoutLadder);
        Assert.Null(Complete(Done())); // a single slip needs no ladder
    }

    private static string? Complete(Case @case, SystemicCause? systemic = null)
    {
        try
        {
            @case.CompleteDelivery("product", null, Jo, Hours, Start.AddHours(3), systemic);
            return null;
        }
        catch (Refused no)
        {
            return no.Code;
        }
    }
}

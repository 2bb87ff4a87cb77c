using Amends.Domain.Advice;
using Amends.Domain.Remedies;

namespace Amends.Domain.Tests.Advice;

/// <summary>The margin check with figures that were worked out by hand.</summary>
public sealed class MarginTests
{
    [Theory]
    [InlineData(false, 14.00, 26.00)] // it replaces a sale at full price
    [InlineData(true, 8.40, 31.60)] // they would not have come without it
    public void A_voucher_of_20_that_seven_in_ten_use_costs_what_it_displaces(bool isExtra, double cost, double net)
    {
        var voucher = Margin.VoucherCost(20, 0.70m, 0.60m, isExtra);
        Assert.Equal((decimal)cost, voucher);
        Assert.Equal((decimal)net, new Margin(100, 60, voucher).Net);
    }

    [Theory]
    [InlineData(40, 0, 0, Signal.Green)] // nothing left, and nothing lost
    [InlineData(41, 100, 0.5, Signal.Amber)]
    [InlineData(50, 100, 0.5, Signal.Amber)] // it just comes back
    [InlineData(51, 100, 0.5, Signal.Red)]
    public void A_loss_that_the_customer_brings_back_is_amber_and_one_that_is_gone_is_red(int cost, int lifetime, double stays, Signal signal) =>
        Assert.Equal(signal, new Margin(100, 60, cost).Signal(lifetime, (decimal)stays));

    [Fact]
    public void What_something_costs_us_goes_before_any_estimate()
    {
        Assert.Equal(250, Margin.CostOf(RemedyKind.ValueAdd, 4000, 0.60m, 250));
        Assert.Equal(2400, Margin.CostOf(RemedyKind.ValueAdd, 4000, 0.60m));
    }

    [Theory]
    [InlineData(15000, 10000, false)]
    [InlineData(15001, 10000, true)]
    [InlineData(15001, 0, false)] // no price is known
    public void More_than_one_and_a_half_times_the_price_is_too_much(long remedies, long paid, bool tooMuch) => Assert.Equal(tooMuch, Margin.IsTooMuch(remedies, paid));
}

using Amends.Domain.Causes;

namespace Amends.Domain.Tests.Causes;

/// <summary>In what a complaint and an order count.</summary>
public sealed class TraitTests
{
    private static readonly OrderTraits Kettle = new("Kettle", "L-7", "Swift", "", "Leeds");
    private static readonly ComplaintTraits Leak = new(10, 12, null, "PRD.fails_early", "", "OTH", "PRD.fails_early", false, false, Kettle);

    [Fact]
    public void A_complaint_belongs_to_the_day_of_its_order_and_what_is_not_known_is_counted_as_such()
    {
        Assert.Equal(
        [
            new(Trait.Came, 12, "PRD.fails_early", "Kettle"), new(Trait.All, 10, "", ""), new(Trait.Category, 10, "", "PRD.fails_early"), new(Trait.Cause, 10, "", ""), new(Trait.FirstAndConfirmed, 10, "OTH", "PRD.fails_early"),
            new(Trait.Product, 10, "", "Kettle"), new(Trait.Lot, 10, "", "L-7"), new(Trait.Carrier, 10, "", "Swift"), new(Trait.Supplier, 10, "", ""), new(Trait.Place, 10, "", "Leeds"),
            new(Trait.CarrierGoods, 10, "Swift", Goods.Of("Kettle", "L-7")), new(Trait.CarrierCategory, 10, "Swift", "PRD.fails_early"),
        ], Leak.Marks());
        Assert.Contains(new TraitMark(Trait.EndedFor, 20, "", "supplier"), (Leak with { EndedOn = 20, Cause = "supplier" }).Marks());
        Assert.DoesNotContain((Leak with { EndedOn = 20 }).Marks(), mark => mark.Trait == Trait.EndedFor); // nobody said what it was put down to
        Assert.Equal([Trait.Product, Trait.Lot, Trait.Carrier, Trait.Supplier, Trait.Place], (Leak with { Order = OrderTraits.Unknown }).Marks().Where(mark => mark.Value.Length == 0 && mark.Trait is not (Trait.All or Trait.Cause or Trait.Came)).Select(mark => mark.Trait));
    }

    [Fact]
    public void A_duplicate_counts_in_the_case_in_which_it_goes_on_and_what_is_not_ours_makes_no_signal()
    {
        Assert.Equal([Trait.Came], (Leak with { GoesOn = true }).Marks().Select(mark => mark.Trait));
        Assert.Empty((Leak with { GoesOn = true, IsNone = true }).Marks());
        Assert.Equal(Leak.Marks().Skip(1), (Leak with { IsNone = true }).Marks());
    }

    [Fact]
    public void A_serious_complaint_weighs_three_and_pairs_are_not_weighed()
    {
        Assert.Equal((1, 3), (Leak.Weight, (Leak with { IsSerious = true }).Weight));
        Assert.Equal([Trait.Category, Trait.Cause, Trait.Product, Trait.Lot, Trait.Carrier, Trait.Supplier, Trait.Place], Leak.Weighed().Select(mark => mark.Trait));
        Assert.Empty((Leak with { GoesOn = true }).Weighed());
    }

    [Fact]
    public void An_order_counts_in_what_is_known_of_it()
    {
        Assert.Equal([new(Trait.All, 3, "", ""), new(Trait.Product, 3, "", "Kettle"), new(Trait.Lot, 3, "", "L-7"), new(Trait.Carrier, 3, "", "Swift"), new(Trait.Place, 3, "", "Leeds"), new(Trait.CarrierGoods, 3, "Swift", Goods.Of("Kettle", "L-7"))], Kettle.Marks(3));
        Assert.Equal([new(Trait.All, 3, "", "")], OrderTraits.Unknown.Marks(3));
        Assert.Equal([("Kettle", "L-7"), ("", ""), ("Kettle", "")], new[] { Goods.Of("Kettle", "L-7"), Goods.Of("", ""), "Kettle" }.Select(Goods.Parts));
    }
}

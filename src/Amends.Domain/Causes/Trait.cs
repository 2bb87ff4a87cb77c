namespace Amends.Domain.Causes;

/// <summary>What complaints and orders are counted by. The numbers are stored: they never change their meaning.</summary>
public enum Trait
{
    /// <summary>All of them, whatever they are of.</summary>
    All = 1,

    /// <summary>What it is about; empty without a category.</summary>
    Category = 2,

    /// <summary>What it was put down to; empty without a cause.</summary>
    Cause = 3,

    /// <summary>The product of the order; empty where it is not known, as in the four that follow.</summary>
    Product = 4,

    /// <summary>The lot of it.</summary>
    Lot = 5,

    /// <summary>Who brought it.</summary>
    Carrier = 6,

    /// <summary>Who supplied it.</summary>
    Supplier = 7,

    /// <summary>The shop, warehouse or works that it came from.</summary>
    Place = 8,

    /// <summary>Within the first impression: the confirmed category.</summary>
    FirstAndConfirmed = 9,

    /// <summary>Within a carrier: the category.</summary>
    CarrierCategory = 10,

    /// <summary>Within a supplier: the category.</summary>
    SupplierCategory = 11,

    /// <summary>Within a carrier: <see cref="Goods"/>.</summary>
    CarrierGoods = 12,

    /// <summary>Within a supplier: <see cref="Goods"/>.</summary>
    SupplierGoods = 13,

    /// <summary>Within a category: the product, on the day on which the complaint came, duplicates and what is not ours left out.</summary>
    Came = 14,

    /// <summary>What it was put down to, on the day on which it ended.</summary>
    EndedFor = 15,
}

/// <summary>A count of one.</summary>
/// <param name="Trait">By what.</param>
/// <param name="Day">On which day of the company, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Within">Of a pair the first; else empty.</param>
/// <param name="Value">Which.</param>
public readonly record struct TraitMark(Trait Trait, int Day, string Within, string Value);

/// <summary>A product and a lot as one value.</summary>
public static class Goods
{
    private const char Between = '\u001f'; // unit separator, ASCII

    /// <summary>Both as one.</summary>
    public static string Of(string product, string lot) => product + Between + lot;

    /// <summary>The two of one.</summary>
    public static (string Product, string Lot) Parts(string goods) => goods.IndexOf(Between, StringComparison.Ordinal) is >= 0 and var at ? (goods[..at], goods[(at + 1)..]) : (goods, "");
}

/// <summary>What an order is of, and how it came.</summary>
/// <param name="Product">Each of them is empty where it is not known.</param>
/// <param name="Lot">The lot.</param>
/// <param name="Carrier">Who brought it.</param>
/// <param name="Supplier">Who supplied it.</param>
/// <param name="Place">Where it came from.</param>
public sealed record OrderTraits(string Product, string Lot, string Carrier, string Supplier, string Place)
{
    /// <summary>Of a complaint whose order is not known.</summary>
    public static OrderTraits Unknown { get; } = new("", "", "", "", "");

    /// <summary>In what an order counts.</summary>
    /// <param name="day">Its day.</param>
    public IEnumerable<TraitMark> Marks(int day) => Own(day).Prepend(new(Trait.All, day, "", "")).Where(mark => mark.Trait == Trait.All || mark.Value.Length > 0);

    /// <summary>In what an order, or a complaint about it, counts; with an empty value for what is not known.</summary>
    internal IEnumerable<TraitMark> Own(int day)
    {
        yield return new(Trait.Product, day, "", Product);
        yield return new(Trait.Lot, day, "", Lot);
        yield return new(Trait.Carrier, day, "", Carrier);
        yield return new(Trait.Supplier, day, "", Supplier);
        yield return new(Trait.Place, day, "", Place);
        if (Carrier.Length > 0)
            yield return new(Trait.CarrierGoods, day, Carrier, Goods.Of(Product, Lot));
        if (Supplier.Length > 0)
            yield return new(Trait.SupplierGoods, day, Supplier, Goods.Of(Product, Lot));
    }
}

/// <summary>
/// What a complaint is counted by. It belongs to the day of its order, or to the day on which it came where the order is not known; a duplicate counts once, in the case in which it goes on.
/// </summary>
/// <param name="Day">The day of its order, else the one on which it came.</param>
/// <param name="CameOn">The day on which it came.</param>
/// <param name="EndedOn">The day of its end; <c>null</c> while it is open.</param>
/// <param name="Category">The code; empty without one, as in the three that follow.</param>
/// <param name="Cause">What it was put down to.</param>
/// <param name="First">What it was heard as first.</param>
/// <param name="Confirmed">What it was confirmed as.</param>
/// <param name="GoesOn">It goes on in another case.</param>
/// <param name="IsNone">It was closed as a duplicate or as not ours.</param>
/// <param name="Order">What its order is of.</param>
public sealed record ComplaintTraits(int Day, int CameOn, int? EndedOn, string Category, string Cause, string First, string Confirmed, bool GoesOn, bool IsNone, OrderTraits Order)
{
    /// <summary>As much as this many others weighs one that is serious, where complaints are weighed and not counted: a choice, not a measure.</summary>
    public const int WeightOfSerious = 3;

    /// <summary>It is serious.</summary>
    public bool IsSerious { get; init; }

    /// <summary>What its remedies cost by the books, less what was turned round, minor units of the company's currency.</summary>
    public long CostMinor { get; init; }

    /// <summary>What it weighs.</summary>
    public int Weight => IsSerious ? WeightOfSerious : 1;

    /// <summary>In what it is weighed, by severity and by cost: by one thing, not by pairs.</summary>
    public IEnumerable<TraitMark> Weighed() => Marks().Where(mark => mark.Trait is >= Trait.Category and <= Trait.Place);

    /// <summary>In what it counts.</summary>
    public IEnumerable<TraitMark> Marks()
    {
        if (!IsNone)
            yield return new(Trait.Came, CameOn, Category, Order.Product);
        if (GoesOn)
            yield break;
        yield return new(Trait.All, Day, "", "");
        yield return new(Trait.Category, Day, "", Category);
        yield return new(Trait.Cause, Day, "", Cause);
        if (First.Length > 0 && Confirmed.Length > 0)
            yield return new(Trait.FirstAndConfirmed, Day, First, Confirmed);
        foreach (var mark in Order.Own(Day))
            yield return mark;
        if (Order.Carrier.Length > 0)
            yield return new(Trait.CarrierCategory, Day, Order.Carrier, Category);
        if (Order.Supplier.Length > 0)
            yield return new(Trait.SupplierCategory, Day, Order.Supplier, Category);
        if (EndedOn is { } ended && Cause.Length > 0)
            yield return new(Trait.EndedFor, ended, "", Cause);
    }
}

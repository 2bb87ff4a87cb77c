using Amends.Domain.Remedies;

namespace Amends.Domain.Advice;

/// <summary>Whether a remedy costs more than the order brought. It advises; it never holds anything up.</summary>
public enum Signal
{
    /// <summary>Not a loss: the order still brings something.</summary>
    Green = 1,

    /// <summary>A loss on this order that the customer's further orders are expected to bring back.</summary>
    Amber,

    /// <summary>A loss that is not expected to come back.</summary>
    Red,
}

/// <summary>What a remedy does to the margin of an order, in minor units of one currency (domain rule: margin check; creative, not a profit loss).</summary>
/// <param name="Price">Paid for the order.</param>
/// <param name="Cost">What the remedy costs us, not what it would be sold for.</param>
/// <param name="OrderCost">What the goods of the order cost us.</param>
public sealed record Margin(decimal Price, decimal OrderCost, decimal Cost)
{
    /// <summary>Share of the price above which all remedies together are more than anybody lost, mostly.</summary>
    public const decimal TooMuch = 1.5m;

    /// <summary>Share of vouchers that are expected to be used, while the company's own is not known.</summary>
    public const decimal Redeemed = 0.70m;

    /// <summary>Share of customers who are expected to stay when they were put right: the low end of what is quoted (54 to 95 %), an assumption until the company's own is known.</summary>
    public const decimal Stays = 0.54m;

    /// <summary>What a remedy costs us: money as it is, a voucher as far as it is used, things and work at cost.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="worth">What it is worth to the customer.</param>
    /// <param name="costShare">Cost of goods in their price, 0 to 1.</param>
    /// <param name="known">What it costs us where somebody wrote that down, such as with something extra; it goes before any estimate.</param>
    public static decimal CostOf(RemedyKind kind, decimal worth, decimal costShare, decimal? known = null) => known ?? kind switch
    {
        RemedyKind.Voucher or RemedyKind.Credit => VoucherCost(worth, Redeemed, costShare, isExtra: false),
        _ => RemedyTypes.Of(kind).IsMoney ? worth : worth * costShare,
    };

    /// <summary>What the order brings after the remedy: price − cost of its goods − cost of the remedy.</summary>
    public decimal Net => Price - OrderCost - Cost;

    /// <summary>Green when the order still brings something; amber when the customer's further orders are expected to bring back the loss; else red.</summary>
    /// <param name="lifetime">Value of the customer's further orders (customer lifetime value).</param>
    /// <param name="stays">How likely they stay when this is put right so, 0 to 1.</param>
    public Signal Signal(decimal lifetime, decimal stays) => Net >= 0 ? Advice.Signal.Green : lifetime * stays - Cost >= 0 ? Advice.Signal.Amber : Advice.Signal.Red;

    /// <summary>What a voucher is expected to cost.</summary>
    /// <param name="face">What it says.</param>
    /// <param name="redemption">How likely it is used, 0 to 1.</param>
    /// <param name="costShare">Cost of goods in their price, 0 to 1.</param>
    /// <param name="isExtra">They would not have come without it: it costs the goods. Otherwise it stands in for money that they would have paid.</param>
    public static decimal VoucherCost(decimal face, decimal redemption, decimal costShare, bool isExtra) => face * redemption * (isExtra ? costShare : 1);

    /// <summary>Whether all remedies together are more than <see cref="TooMuch"/> times what was paid; never when nothing is known of the price.</summary>
    public static bool IsTooMuch(long remedies, long paid) => paid > 0 && remedies > TooMuch * paid;
}

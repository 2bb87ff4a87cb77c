using Amends.Domain.Statistics;

namespace Amends.Domain.Worth;

/// <summary>What a complaint puts at risk, as a range: at the low end every assumption is where it makes least, at the high end where it makes most. Putting it right is never taken to drive anybody away.</summary>
/// <param name="Before">What is expected to be lost if nothing is done, minor units.</param>
/// <param name="After">What is still expected to be lost when it is put right.</param>
public sealed record CaseRisk(LowMidHigh<long> Before, LowMidHigh<long> After)
{
    /// <summary>What putting it right is expected to keep: the value at risk.</summary>
    public LowMidHigh<long> AtRisk => Before.With(After, (before, after) => before - after);

    /// <summary>Counts, by <see cref="ValueAtRisk"/>. What others hear is lost only where it is not put right.</summary>
    /// <param name="lifetime">What the customer is still worth, minor units.</param>
    /// <param name="odds">The assumptions.</param>
    public static CaseRisk Of(LowMidHigh<long> lifetime, RiskOdds odds)
    {
        // where it makes least, as many leave as possible although it is put right, but no more than would leave otherwise
        var resolved = new LowMidHigh<double>(Math.Min(odds.LeavesResolved.High, odds.LeavesUnresolved.Low), Math.Min(odds.LeavesResolved.Mid, odds.LeavesUnresolved.Mid), Math.Min(odds.LeavesResolved.Low, odds.LeavesUnresolved.High));
        var told = odds.Told.With(odds.KeptAway, (heard, kept) => (Heard: heard, Kept: kept));
        var ends = odds.LeavesUnresolved.With(resolved, (unresolved, after) => (Unresolved: unresolved, After: after)).With(lifetime.With(odds.AcquisitionMinor, (worth, winning) => (Worth: worth, Winning: winning)), (leave, money) => (leave, money))
            .With(told, (ends, heard) => (ends.leave, ends.money, heard));
        return new(ends.To(end => new ValueAtRisk(end.leave.Unresolved, 0, end.money.Worth, end.money.Winning, end.heard.Heard, end.heard.Kept).Minor),
            ends.To(end => new ValueAtRisk(end.leave.After, 0, end.money.Worth, end.money.Winning, 0, 0).Minor));
    }

    /// <summary>Counts many complaints together: the value at risk goes up in step with what customers are worth and with how many they are, so that it equals the sum case by case but for less than a minor unit each.</summary>
    /// <param name="complaints">How many.</param>
    /// <param name="lifetime">What their customers are still worth together, minor units.</param>
    /// <param name="odds">The assumptions.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static CaseRisk OfMany(long complaints, LowMidHigh<long> lifetime, RiskOdds odds) => Of(lifetime, odds with { AcquisitionMinor = odds.AcquisitionMinor.To(each => checked(each * complaints)) });

    /// <summary>Two of them together.</summary>
    public static CaseRisk operator +(CaseRisk one, CaseRisk other) => new(one.Before.With(other.Before, Sum), one.After.With(other.After, Sum));

    /// <summary>Nothing.</summary>
    public static CaseRisk None { get; } = new(default, default);

    private static long Sum(long one, long other) => checked(one + other);
}

/// <summary>What a value at risk assumes.</summary>
/// <param name="LeavesUnresolved">The chance that they leave if nothing is done.</param>
/// <param name="LeavesResolved">The chance that they leave although it is put right.</param>
/// <param name="AcquisitionMinor">What it costs to win another, minor units; 0 while nobody knows.</param>
/// <param name="Told">How many others hear of it.</param>
/// <param name="KeptAway">The share of those who would have become customers and do not.</param>
public sealed record RiskOdds(LowMidHigh<double> LeavesUnresolved, LowMidHigh<double> LeavesResolved, LowMidHigh<long> AcquisitionMinor, LowMidHigh<double> Told, LowMidHigh<double> KeptAway);

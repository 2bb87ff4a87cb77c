namespace Amends.Domain.Statistics;

/// <summary>What a dissatisfied customer puts at risk, in minor units of one currency.</summary>
/// <param name="LeavesUnresolved">The chance that they leave if nothing is done, 0 to 1.</param>
/// <param name="LeavesResolved">The chance that they leave although it is put right, 0 to 1.</param>
/// <param name="LifetimeMinor">What they are still worth, minor units.</param>
/// <param name="AcquisitionMinor">What it costs to win another, minor units.</param>
/// <param name="Told">How many others hear of it.</param>
/// <param name="Kept">The share of those who would have become customers and do not, 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
public sealed record ValueAtRisk(double LeavesUnresolved, double LeavesResolved, long LifetimeMinor, long AcquisitionMinor, double Told, double Kept)
{
    /// <summary>The chance that they leave if nothing is done.</summary>
    public double LeavesUnresolved { get; } = Numbers.Share(LeavesUnresolved);

    /// <summary>The chance that they leave although it is put right.</summary>
    public double LeavesResolved { get; } = Numbers.Share(LeavesResolved);

    /// <summary>What they are still worth.</summary>
    public long LifetimeMinor { get; } = LifetimeMinor >= 0 ? LifetimeMinor : throw new ArgumentOutOfRangeException(nameof(LifetimeMinor));

    /// <summary>What it costs to win another.</summary>
    public long AcquisitionMinor { get; } = AcquisitionMinor >= 0 ? AcquisitionMinor : throw new ArgumentOutOfRangeException(nameof(AcquisitionMinor));

    /// <summary>How many others hear of it.</summary>
    public double Told { get; } = Numbers.NotNegative(Told);

    /// <summary>The share of those who would have become customers and do not.</summary>
    public double Kept { get; } = Numbers.Share(Kept);

    /// <summary>
    /// ΔP(leave) × (what they are worth + winning another) + others told × share that stays away × winning another, in minor units. Below zero only if putting it right is assumed to make them
    /// leave.
    /// </summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long Minor => Numbers.Minor((LeavesUnresolved - LeavesResolved) * ((double)LifetimeMinor + AcquisitionMinor) + Told * Kept * AcquisitionMinor);
}

/// <summary>What a complaint cost, in minor units of one currency.</summary>
/// <param name="Labour">The time of people.</param>
/// <param name="Remedy">What the customer got, at what it cost us.</param>
/// <param name="Shipping">Parcels there and back.</param>
/// <param name="WriteOff">Goods that are worth nothing any more.</param>
/// <param name="LostMargin">What would have been earned.</param>
public sealed record ComplaintCost(long Labour, long Remedy, long Shipping = 0, long WriteOff = 0, long LostMargin = 0)
{
    /// <summary>All of it.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long Total => checked(Labour + Remedy + Shipping + WriteOff + LostMargin);

    /// <summary>Two complaints together.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static ComplaintCost operator +(ComplaintCost one, ComplaintCost other) => checked(new(one.Labour + other.Labour, one.Remedy + other.Remedy,
        one.Shipping + other.Shipping, one.WriteOff + other.WriteOff, one.LostMargin + other.LostMargin));
}

/// <summary>What recovery brought and cost, in minor units of one currency.</summary>
/// <param name="AtRiskBefore">The value at risk before anything was done.</param>
/// <param name="AtRiskAfter">What of it is still at risk.</param>
/// <param name="Remedy">What customers got, at what it cost us; from 0 on.</param>
/// <param name="Labour">The time of people; from 0 on.</param>
public sealed record RecoveryReturn(long AtRiskBefore, long AtRiskAfter, long Remedy, long Labour)
{
    /// <summary>What it cost.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long Cost => checked(Remedy + Labour);

    /// <summary>What was gained beyond the cost.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long Gain => checked(AtRiskBefore - AtRiskAfter - Cost);

    /// <summary>The return on what was spent: (before − after − cost) ÷ cost, 1 for a doubling; <c>null</c> where nothing was spent.</summary>
    public double? Ratio => Cost <= 0 ? null : (double)Gain / Cost;

    /// <summary>With assumptions at their low end, in the middle and at their high end; before and after belong together at each.</summary>
    /// <param name="before">The value at risk before.</param>
    /// <param name="after">What of it is still at risk.</param>
    /// <param name="remedy">What customers got, at cost.</param>
    /// <param name="labour">The time of people.</param>
    public static LowMidHigh<RecoveryReturn> Of(LowMidHigh<long> before, LowMidHigh<long> after, long remedy, long labour) =>
        before.With(after, (was, still) => new RecoveryReturn(was, still, remedy, labour));
}

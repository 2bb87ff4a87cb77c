using Amends.Domain.Remedies;

namespace Amends.Domain.Reports;

/// <summary>What a case costs; the parts of <see cref="Measure.WorthSpent"/> and <see cref="Measure.Keeping"/>, beside remedies by kind.</summary>
public enum Spent
{
    /// <summary>Seconds of work that were seen.</summary>
    Work = 1,

    /// <summary>Seconds of work that were written down by hand.</summary>
    ByHand,

    /// <summary>Parcels there and back, minor units.</summary>
    Shipping,

    /// <summary>Goods that are worth nothing any more, minor units.</summary>
    WrittenOff,

    /// <summary>What would have been earned, minor units.</summary>
    LostMargin,

    /// <summary>Remedies of which somebody wrote down what they cost us, minor units.</summary>
    Known,
}

/// <summary>Of which sort a cost is; the parts of <see cref="Measure.WorthCostly"/>.</summary>
public enum CostSort
{
    /// <summary>Work, seen or written down.</summary>
    Work = 1,

    /// <summary>Remedies that are booked and were not turned round.</summary>
    Remedies,

    /// <summary>Shipping, goods written off, lost margin.</summary>
    Other,
}

/// <summary>Among whom it is counted who bought again; the parts of <see cref="Measure.WorthAgain"/>, beside kinds of remedy.</summary>
public enum AgainAmong
{
    /// <summary>The customer called it put right, and everything was done within two days.</summary>
    InTwoDays = 1,

    /// <summary>The same in three to seven days.</summary>
    InAWeek,

    /// <summary>The same in eight to fourteen days.</summary>
    InTwoWeeks,

    /// <summary>The same in 15 to 30 days.</summary>
    InAMonth,

    /// <summary>The same later.</summary>
    Later,

    /// <summary>They said that they would come back.</summary>
    WouldReturn,

    /// <summary>They said that they would perhaps or not.</summary>
    MayNotReturn,

    /// <summary>They confirmed our summary.</summary>
    Heard,

    /// <summary>They did not.</summary>
    NotHeard,

    /// <summary>They called it put right.</summary>
    PutRight,

    /// <summary>They did not, or there was no agreement.</summary>
    NotPutRight,
}

/// <summary>How soon after the end somebody ordered again; each includes nothing of the next.</summary>
public enum AgainWithin
{
    /// <summary>Not within 365 days.</summary>
    NotInAYear = 1,

    /// <summary>Within 365 days, and not within 180.</summary>
    Days365,

    /// <summary>Within 180 days, and not within 90.</summary>
    Days180,

    /// <summary>Within 90 days.</summary>
    Days90,
}

/// <summary>Parts of measures about worth that are kinds of remedy.</summary>
public static class WorthParts
{
    private const long Kinds = 100, Turned = 200;

    /// <summary>Of a kind: booked, or chosen.</summary>
    public static long Of(RemedyKind kind) => Kinds + (int)kind;

    /// <summary>Booked, and turned round.</summary>
    public static long Back(RemedyKind kind) => Turned + (int)kind;

    /// <summary>The least bucket of <see cref="Measure.WorthAgain"/> that is within so many days.</summary>
    /// <param name="days">90, 180 or 365.</param>
    public static AgainWithin Least(int days) => days <= 90 ? AgainWithin.Days90 : days <= 180 ? AgainWithin.Days180 : AgainWithin.Days365;
}

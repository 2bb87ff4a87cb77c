namespace Amends.Domain.Customers;

/// <summary>Customers who used to order, complained, and have not ordered since. Pure.</summary>
public static class Dormancy
{
    /// <summary>Orders that are needed to know how often somebody orders.</summary>
    public const int FewestOrders = 3;

    /// <summary>How many times the usual gap is out of the usual.</summary>
    public const int Times = 2;

    /// <summary>Nobody counts as gone before this.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(21);

    /// <summary>The usual time between two orders; <c>null</c> when there are too few to tell.</summary>
    /// <param name="orders">How many there were before the complaint.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last of them.</param>
    public static TimeSpan? UsualGap(long orders, DateTimeOffset first, DateTimeOffset last) => orders < FewestOrders || last <= first ? null : (last - first) / (orders - 1);

    /// <summary>Whether they went quiet: nothing since the complaint, and by now more than twice as long as usual.</summary>
    /// <param name="orders">How many there were before the complaint.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last order of all; after the complaint it says that they came back.</param>
    /// <param name="complainedAt">When they complained.</param>
    /// <param name="now">Now.</param>
    public static bool IsDormant(long orders, DateTimeOffset first, DateTimeOffset last, DateTimeOffset complainedAt, DateTimeOffset now) =>
        last <= complainedAt && UsualGap(orders, first, last) is { } gap && now - last > (gap * Times > Least ? gap * Times : Least) && now - complainedAt > (gap > Least ? gap : Least);
}

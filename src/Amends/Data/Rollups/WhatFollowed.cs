using Amends.Domain.Customers;
using Amends.Domain.Reports;

namespace Amends.Data.Rollups;

/// <summary>What is kept of a case because of its customer's orders. An order leaves a note, as a case does.</summary>
/// <param name="OrderedAt">The first order after it was closed, Unix milliseconds; <c>null</c> while there is none.</param>
/// <param name="Orders">Of the customer's last complaint, when all are closed and no order came since: how many came before, where that is enough to know how often they order.</param>
/// <param name="FirstAt">The first of them.</param>
/// <param name="LastAt">The last of them.</param>
internal readonly record struct WhatFollowed(long? OrderedAt, long? Orders, long? FirstAt, long? LastAt)
{
    /// <summary>The first order after it was closed; <c>null</c> while there is none.</summary>
    public DateTimeOffset? FirstOrder => OrderedAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>What followed each case of a customer.</summary>
    /// <param name="cases">All of them, by number.</param>
    /// <param name="placed">When they ordered, Unix milliseconds, oldest first.</param>
    public static IReadOnlyDictionary<long, WhatFollowed> Of(IReadOnlyCollection<(long Number, CaseFacts Facts)> cases, IReadOnlyList<long> placed)
    {
        var complaints = cases.Where(each => each.Facts.IsComplaint).OrderBy(each => each.Number).ToList();
        var last = complaints.Count > 0 && complaints.All(each => each.Facts.ClosedAt is not null) && placed.Count >= Dormancy.FewestOrders && placed[^1] <= complaints[^1].Facts.OpenedAt.ToUnixTimeMilliseconds() ? complaints[^1].Number : (long?)null;
        return cases.ToDictionary(each => each.Number, each => new WhatFollowed(each.Facts is { IsComplaint: true, ClosedAt: { } closed } ? First(placed, closed.ToUnixTimeMilliseconds()) : null,
            each.Number == last ? placed.Count : null, each.Number == last ? placed[0] : null, each.Number == last ? placed[^1] : null));
    }

    private static long? First(IReadOnlyList<long> placed, long after)
    {
        var (low, high) = (0, placed.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (placed[middle] > after)
                high = middle;
            else
                low = middle + 1;
        }

        return low < placed.Count ? placed[low] : null;
    }
}

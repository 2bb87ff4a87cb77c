namespace Amends.Domain.Signals;

/// <summary>Money that one of us gave.</summary>
/// <param name="PersonId">Who gave it.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="Number">In which case.</param>
/// <param name="At">When.</param>
/// <param name="Minor">How much, minor units.</param>
/// <param name="Limit">The most that they may give unaided in one case; <c>null</c> for any amount.</param>
/// <param name="InOpenHours">While the desk was open.</param>
/// <param name="IsTheirOwn">The customer has an address of one of us.</param>
public sealed record Gift(long PersonId, long CustomerId, long Number, DateTimeOffset At, long Minor, long? Limit, bool InOpenHours, bool IsTheirOwn = false)
{
    /// <summary>A law gave it: no limit held it up.</summary>
    public bool ByLaw { get; init; }
}

/// <summary>What a manager may want to look at.</summary>
public enum GiverSignalKind
{
    /// <summary>The customer is one of us.</summary>
    OwnCase = 1,

    /// <summary>The same of us gives to the same customer again and again.</summary>
    SamePair,

    /// <summary>Mostly just under the limit.</summary>
    JustUnderLimit,

    /// <summary>Mostly while the desk is closed.</summary>
    OutsideHours,

    /// <summary>Above their limit, because a law gives it.</summary>
    ByLaw,
}

/// <summary>Something to look at, with a person and not about a person: there may be a good reason.</summary>
/// <param name="Kind">What.</param>
/// <param name="PersonId">Whose gifts.</param>
/// <param name="CustomerId">To whom, where it is about one customer.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Cases">In which cases, the newest first.</param>
public sealed record GiverSignal(GiverSignalKind Kind, long PersonId, long? CustomerId, int Count, int Of, IReadOnlyList<long> Cases);

/// <summary>Looks at what was given for patterns that a made-up complaint would leave, too.</summary>
public static class GiverSignals
{
    private const int FewestOfPair = 3, FewestGifts = 10, FewestByLaw = 3;

    /// <summary>What there is to look at.</summary>
    /// <param name="gifts">What was given in the time that is looked at.</param>
    public static IReadOnlyList<GiverSignal> Of(IReadOnlyCollection<Gift> gifts)
    {
        var found = new List<GiverSignal>();
        foreach (var by in gifts.GroupBy(gift => gift.PersonId))
        {
            if (by.Where(gift => gift.ByLaw && gift.Minor > gift.Limit).ToList() is { Count: >= FewestByLaw } above)
                found.Add(new(GiverSignalKind.ByLaw, by.Key, null, above.Count, by.Count(), Cases(above)));
        }

        gifts = [.. gifts.Where(gift => !gift.ByLaw || gift.IsTheirOwn)]; // what a law gives fits no other pattern; to one of us it is looked at all the same
        foreach (var own in gifts.Where(gift => gift.IsTheirOwn).GroupBy(gift => (gift.PersonId, gift.CustomerId)))
            found.Add(new(GiverSignalKind.OwnCase, own.Key.PersonId, own.Key.CustomerId, own.Count(), own.Count(), Cases(own)));
        foreach (var to in gifts.GroupBy(gift => gift.CustomerId))
        {
            var all = to.Select(gift => gift.Number).Distinct().Count();
            foreach (var pair in to.GroupBy(gift => gift.PersonId).Where(pair => Cases(pair) is { Count: >= FewestOfPair } cases && cases.Count * 2 >= all))
                found.Add(new(GiverSignalKind.SamePair, pair.Key, to.Key, Cases(pair).Count, all, Cases(pair)));
        }

        foreach (var by in gifts.GroupBy(gift => gift.PersonId))
        {
            Mostly(GiverSignalKind.JustUnderLimit, by.Key, [.. by.Where(gift => gift.Limit > 0)], gift => gift.Minor * 10 >= gift.Limit * 9 && gift.Minor <= gift.Limit);
            Mostly(GiverSignalKind.OutsideHours, by.Key, [.. by], gift => !gift.InOpenHours);
        }

        return found;

        void Mostly(GiverSignalKind kind, long person, List<Gift> of, Func<Gift, bool> which)
        {
            var hits = of.Where(which).ToList();
            if (of.Count >= FewestGifts && hits.Count * 2 >= of.Count)
                found.Add(new(kind, person, null, hits.Count, of.Count, Cases(hits)));
        }
    }

    private static List<long> Cases(IEnumerable<Gift> gifts) => [.. gifts.OrderByDescending(gift => gift.At).Select(gift => gift.Number).Distinct()];
}

namespace Amends.Domain.Statistics;

/// <summary>So many of so many, with how sure one can be of the share.</summary>
/// <param name="Hits">How many did.</param>
/// <param name="Of">How many could have.</param>
/// <exception cref="ArgumentOutOfRangeException">Fewer than none, or more hits than there could be.</exception>
public readonly record struct Proportion(int Hits, int Of)
{
    /// <summary>How many did.</summary>
    public int Hits { get; } = Hits >= 0 && Hits <= Of ? Hits : throw new ArgumentOutOfRangeException(nameof(Hits), Hits, $"{Hits} of {Of} is no share.");

    /// <summary>How many could have.</summary>
    public int Of { get; } = Of;

    /// <summary>Below this many a share says little, and is shown with that warning.</summary>
    public const int Few = 10;

    /// <summary>The normal quantile that leaves 2.5 % above it.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>From 0 to 1; <c>null</c> of nothing.</summary>
    public double? Share => Of == 0 ? null : (double)Hits / Of;

    /// <summary>Too few to lean on.</summary>
    public bool IsFew => Of < Few;

    /// <summary>The 95 % score interval of Wilson (1927), clipped to 0 and 1, where rounding can leave it; <c>null</c> of nothing.</summary>
    public Interval? Interval
    {
        get
        {
            if (Of == 0)
                return null;
            double n = Of, share = Hits / n, z2 = Z * Z;
            var centre = (share + z2 / (2 * n)) / (1 + z2 / n);
            var half = Z * Math.Sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
            return new Interval(Hits == 0 ? 0 : Math.Max(0, centre - half), Hits == Of ? 1 : Math.Min(1, centre + half));
        }
    }

    /// <summary>
    /// How much this share is above another, with Newcombe's hybrid score interval (1998, method 10); <c>null</c> when one
    /// of them is of nothing.
    /// </summary>
    public Difference? Minus(Proportion other)
    {
        if (Interval is not { } mine || other.Interval is not { } theirs)
            return null;
        var (share, before) = (Share!.Value, other.Share!.Value);
        var by = share - before;
        return new Difference(by, new Interval(by - Root(share - mine.Low, theirs.High - before), by + Root(mine.High - share, before - theirs.Low)));

        static double Root(double one, double two) => Math.Sqrt(one * one + two * two);
    }
}

/// <summary>From where to where.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>A difference of two shares.</summary>
/// <param name="By">The difference.</param>
/// <param name="Within">Its 95 % interval.</param>
public readonly record struct Difference(double By, Interval Within)
{
    /// <summary>Whether the interval leaves out zero; otherwise the difference may be chance and is not coloured.</summary>
    public bool IsClear => Within.Low > 0 || Within.High < 0;
}

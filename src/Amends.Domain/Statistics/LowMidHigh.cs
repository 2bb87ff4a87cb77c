namespace Amends.Domain.Statistics;

/// <summary>What rests on assumptions: each figure with every assumption at its low end, in the middle, and at its high end. Such a figure is shown as a range, never as its middle alone.</summary>
/// <typeparam name="T">The figure.</typeparam>
/// <param name="Low">All at the low end.</param>
/// <param name="Mid">All in the middle.</param>
/// <param name="High">All at the high end.</param>
public readonly record struct LowMidHigh<T>(T Low, T Mid, T High)
{
    /// <summary>Computes another figure at each of the three.</summary>
    /// <typeparam name="TOther">The other figure.</typeparam>
    public LowMidHigh<TOther> To<TOther>(Func<T, TOther> compute) => new(compute(Low), compute(Mid), compute(High));

    /// <summary>Computes a figure of this and another one at each of the three.</summary>
    /// <typeparam name="TWith">The figure beside.</typeparam>
    /// <typeparam name="TOther">The figure that comes of both.</typeparam>
    public LowMidHigh<TOther> With<TWith, TOther>(LowMidHigh<TWith> with, Func<T, TWith, TOther> compute) => new(compute(Low, with.Low), compute(Mid, with.Mid), compute(High, with.High));
}

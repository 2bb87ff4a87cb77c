using System.Globalization;
using Amends.Domain.Causes;
using Amends.Domain.Statistics;

namespace Amends.Domain.Improvements;

/// <summary>
/// What was counted before a change and after it, and what that shows: the exact conditional test of the two counts (<see cref="BeforeAfter"/>). "Shown" only when the whole
/// 95 % interval of after ÷ before lies below one. Pure.
/// </summary>
/// <param name="By">What is counted.</param>
/// <param name="CountBefore">Complaints before, or promises missed.</param>
/// <param name="ExposureBefore">Of so many orders, or promises.</param>
/// <param name="CountAfter">The same after.</param>
/// <param name="ExposureAfter">The same after.</param>
public sealed record Effect(Dimension By, long CountBefore, long ExposureBefore, long CountAfter, long ExposureAfter)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    private readonly BeforeAfter? _test = ExposureBefore > 0 && ExposureAfter > 0 ? new(CountBefore, ExposureBefore, CountAfter, ExposureAfter) : null;

    /// <summary>Whether both sides have something to count in.</summary>
    public bool IsComparable => _test is not null;

    /// <summary>The rate after by the rate before; <c>null</c> when nothing was counted before, or the two cannot be compared.</summary>
    public double? Ratio => _test is null || CountBefore == 0 ? null : _test.After.Rate / _test.Before.Rate;

    /// <summary>The 95 % interval of it; its upper end is <c>null</c> where there is no limit.</summary>
    public OpenInterval? Within => _test?.ChangeWithin;

    /// <summary>Whether it is shown that it helped.</summary>
    public bool IsShown => _test?.IsShown == true;

    /// <summary>How much more is to be counted after the change until it is shown, if it goes on as it does; <c>null</c> when no amount would show it.</summary>
    public double? Needed => _test?.ExposureNeeded();

    /// <summary>One of what is counted in.</summary>
    public string Unit => By == Dimension.Promises ? "promise" : "order";

    /// <summary>What it shows, plainly, in a few sentences.</summary>
    public string Words()
    {
        if (_test is not { } test)
            return ExposureBefore == 0 ? $"Not yet shown: there is nothing to compare with. Before the change, without the days that made us look, no {Unit}s are known." : $"Not yet shown: no {Unit}s are counted since the change.";
        var counts = $"Before: {CountBefore.ToString("N0", English)} of {ExposureBefore.ToString("N0", English)} {Unit}s ({Rate(test.Before.Rate)}). After: {CountAfter.ToString("N0", English)} of {ExposureAfter.ToString("N0", English)} ({Rate(test.After.Rate)}).";
        var ratio = Ratio is { } times ? $" The rate after is {times.ToString("0.00", English)} times the rate before (95 % interval {test.ChangeWithin.Low.ToString("0.00", English)} to {test.ChangeWithin.High?.ToString("0.00", English) ?? "no limit"})." : "";
        return counts + ratio + (IsShown ? " Shown: it helped."
            : Needed is { } more ? $" Not yet shown: need {more.ToString("N0", English)} more {Unit}{(more == 1 ? "" : "s")} if it goes on like this."
            : test.After.Rate < test.Before.Rate ? $" Not shown: too little was counted before, so no number of further {Unit}s would show it if it goes on like this."
            : $" Not shown: it is not better than before, so no number of further {Unit}s would show it if it goes on like this.");
    }

    private static string Rate(double rate) => $"{(rate * 1000).ToString("0.#", English)} per 1,000";
}

/// <summary>Which days are compared: as many as there were since the change, at least half a year, before it, without those that made us look. Pure.</summary>
/// <param name="BeforeFrom">The first moment of "before".</param>
/// <param name="BeforeUntil">Its end: the change.</param>
/// <param name="WithoutFrom">What is left out of it begins here.</param>
/// <param name="WithoutUntil">And ends here.</param>
/// <param name="AfterFrom">The first moment of "after": the change.</param>
/// <param name="AfterUntil">Its end: so long ago that a complaint would have come.</param>
public sealed record CountedDays(DateTimeOffset BeforeFrom, DateTimeOffset BeforeUntil, DateTimeOffset WithoutFrom, DateTimeOffset WithoutUntil, DateTimeOffset AfterFrom, DateTimeOffset AfterUntil)
{
    private const int FewestDays = 180, MostDays = 730;

    /// <summary>The days to compare; <c>null</c> before it holds.</summary>
    /// <param name="plan">What is measured, and which days are left out.</param>
    /// <param name="holdsFrom">When the change came.</param>
    /// <param name="now">Now.</param>
    /// <param name="begins">The first moment of a day at the desk.</param>
    public static CountedDays? Of(ImprovementPlan plan, DateTimeOffset? holdsFrom, DateTimeOffset now, Func<DateOnly, DateTimeOffset> begins)
    {
        if (holdsFrom is not { } change)
            return null;
        var until = plan.By == Dimension.Promises ? now : now.AddDays(-plan.SettleDays);
        var days = Math.Clamp((now - change).TotalDays, FewestDays, MostDays);
        var (from, to) = plan is { TriggerFrom: { } first, TriggerUntil: { } last } ? (begins(first), begins(last.AddDays(1))) : (change, change);
        return new(change.AddDays(-days), change, from, to, change, until < change ? change : until);
    }
}

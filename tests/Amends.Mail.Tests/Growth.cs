using System.Diagnostics;

namespace Amends.Mail.Tests;

/// <summary>
/// That work grows with its input and not with its square. The work is compared with itself on an eighth of the input,
/// the best of many each, so that neither a slow machine nor a busy one makes a test fail.
/// </summary>
internal static class Growth
{
    private const int Eighth = 8;

    /// <summary>How often it is tried. A machine that compiles meanwhile is busy for seconds, so the later tries wait for it.</summary>
    private const int Tries = 20, WithoutWaiting = 5;

    /// <summary>How much more than eight times as long the whole may take; the square would be eight times that.</summary>
    private const double Slack = 4;

    /// <summary>Below this a time says nothing: one collection of garbage takes as long.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Does the work on an eighth of a text and on the whole.</summary>
    /// <param name="piece">What the text repeats.</param>
    /// <param name="times">How often the whole text does.</param>
    /// <param name="work">The work on a text.</param>
    public static void IsLinear(string piece, int times, Action<string> work)
    {
        var (small, whole) = (string.Concat(Enumerable.Repeat(piece, Math.Max(1, times / Eighth))), string.Concat(Enumerable.Repeat(piece, times)));
        work(small); // compiled by now
        var (few, all) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var tries = 0; tries < Tries; tries++)
        {
            if (tries >= WithoutWaiting)
                Thread.Sleep(500);
            few = Min(few, Time(small));
            all = Min(all, Time(whole));
            if (all <= Max(few, Least) * Eighth * Slack)
                return;
        }

        Assert.Fail($"{times / Eighth:N0} times took {few.TotalMilliseconds:N1} ms, {times:N0} times {all.TotalMilliseconds:N0} ms.");

        TimeSpan Time(string text)
        {
            var watch = Stopwatch.StartNew();
            work(text);
            return watch.Elapsed;
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

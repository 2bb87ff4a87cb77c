using Amends.Domain.Calendars;

namespace Amends.Domain.Visits;

/// <summary>A window in which somebody comes.</summary>
public readonly record struct VisitTime(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether the two share a moment.</summary>
    public bool Meets(VisitTime other) => From < other.To && other.From < To;
}

/// <summary>How visits are agreed.</summary>
/// <param name="Length">How long a window is.</param>
/// <param name="AtOnce">How many people can go out at the same time.</param>
public sealed record VisitRules(TimeSpan Length, int AtOnce)
{
    /// <summary>Open time between offering a window and the window.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(4);

    /// <summary>How many open days ahead can be offered.</summary>
    public const int DaysAhead = 15;

    /// <summary>The fewest windows that a customer chooses from.</summary>
    public const int Fewest = 2;
}

/// <summary>Which windows there are: inside the open hours, one after the other.</summary>
public static class VisitTimes
{
    /// <summary>All windows that may be offered now, taken or not.</summary>
    public static IEnumerable<VisitTime> All(Calendar calendar, VisitRules rules, DateTimeOffset now) =>
        rules.AtOnce < 1 || rules.Length <= TimeSpan.Zero ? []
        : calendar.Spans(now, calendar.After(calendar.NextOpen(now), VisitRules.Notice), rules.Length, VisitRules.DaysAhead).Select(span => new VisitTime(span.From, span.To));

    /// <summary>The windows for which somebody is still free.</summary>
    /// <param name="calendar">The open hours.</param>
    /// <param name="rules">Length, and how many at once.</param>
    /// <param name="taken">What is booked or held for others.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<VisitTime> Free(Calendar calendar, VisitRules rules, IReadOnlyCollection<VisitTime> taken, DateTimeOffset now) =>
        [.. All(calendar, rules, now).Where(time => taken.Count(other => other.Meets(time)) < rules.AtOnce)];
}

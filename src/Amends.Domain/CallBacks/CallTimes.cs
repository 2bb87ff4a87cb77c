using Amends.Domain.Calendars;

namespace Amends.Domain.CallBacks;

/// <summary>One time at which we can call: from, and until when at the latest we have rung.</summary>
public readonly record struct CallTime(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether the two share a moment.</summary>
    public bool Meets(CallTime other) => From < other.To && other.From < To;
}

/// <summary>A day of the reader's, and the times on it.</summary>
/// <param name="Date">In the reader's zone.</param>
/// <param name="Times">In order.</param>
public sealed record CallDay(DateOnly Date, IReadOnlyList<CallClock> Times);

/// <summary>A time as the reader's clock shows it.</summary>
/// <param name="Time">The time.</param>
/// <param name="Clock">Hour and minute.</param>
/// <param name="Offset">From UTC, where the clock shows this hour twice on that day; otherwise <c>null</c>.</param>
public readonly record struct CallClock(CallTime Time, TimeOnly Clock, TimeSpan? Offset);

/// <summary>Which times there are for calls. They lie inside the open hours, one after the other.</summary>
public static class CallTimes
{
    /// <summary>All times that may be booked now, taken or not.</summary>
    public static IEnumerable<CallTime> Offered(Calendar calendar, CallRules rules, DateTimeOffset now) =>
        !rules.IsOn || rules.AtOnce < 1 || rules.Length <= TimeSpan.Zero ? []
        : calendar.Spans(now, calendar.After(now, CallRules.Notice), rules.Length, CallRules.DaysAhead).Select(span => new CallTime(span.From, span.To));

    /// <summary>The times at which somebody is still free to call.</summary>
    /// <param name="calendar">The open hours.</param>
    /// <param name="rules">Length, and how many at once.</param>
    /// <param name="taken">What others have booked, in any order; of another length, too, after the length was changed.</param>
    /// <param name="now">Now.</param>
    /// <param name="crew">Who is there to call; all that the rules say without it.</param>
    public static IReadOnlyList<CallTime> Free(Calendar calendar, CallRules rules, IReadOnlyCollection<CallTime> taken, DateTimeOffset now, CallCrew? crew = null) =>
        [.. Offered(calendar, rules, now).Where(time => taken.Count(other => other.Meets(time)) < (crew?.AtOnce(rules.AtOnce, time) ?? rules.AtOnce))];

    /// <summary>The times by the days of a reader's zone.</summary>
    public static IReadOnlyList<CallDay> Days(IEnumerable<CallTime> times, TimeZoneInfo zone) =>
        [.. times.Select(time => (Time: time, Local: TimeZoneInfo.ConvertTime(time.From, zone)))
            .GroupBy(each => DateOnly.FromDateTime(each.Local.DateTime))
            .Select(day => new CallDay(day.Key, [.. day.Select(each =>
                new CallClock(each.Time, TimeOnly.FromDateTime(each.Local.DateTime), zone.IsAmbiguousTime(each.Local.DateTime) ? each.Local.Offset : null))]))];

    /// <summary>
    /// When to ring again after nobody answered: on the next open day, in the other half of it, so that three attempts
    /// meet somebody who works and somebody who sleeps late. Without a free time it is a full open day later.
    /// </summary>
    /// <param name="free">The free times.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="rules">The length.</param>
    /// <param name="tried">When nobody answered.</param>
    public static (CallTime Time, bool IsFree) Again(IReadOnlyList<CallTime> free, Calendar calendar, CallRules rules, DateTimeOffset tried)
    {
        var days = calendar.OpenDays(tried).Take(CallRules.DaysAhead).ToList();
        var today = days.FirstOrDefault(day => day.From <= tried && tried < day.To);
        var wasLate = today != default && tried - today.From > (today.To - today.From) / 2;
        foreach (var (opens, closes) in days.Where(day => day.From > tried))
        {
            var there = free.Where(time => opens <= time.From && time.To <= closes).ToList();
            var half = opens + (closes - opens) / 2;
            if (there.Count > 0)
                return ((wasLate ? there : there.Where(time => time.From >= half)).Append(there[^1]).First(), true);
        }

        var from = calendar.After(calendar.NextOpen(tried), TimeSpan.FromHours(8));
        return (new CallTime(from, from + rules.Length), false);
    }
}

/// <summary>Who is there to make calls, where colleagues stand in for one another: nobody makes two calls at a time.</summary>
/// <param name="People">How many people handle cases.</param>
/// <param name="Away">The hours of those for whom a colleague stands in, each for themselves.</param>
public sealed record CallCrew(int People, IReadOnlyCollection<CallTime> Away)
{
    /// <summary>How many can call at this time: as the rules say, unless so many are away that fewer are left; never none.</summary>
    public int AtOnce(int wanted, CallTime time) => AtOnce(wanted, People, Away.Count(hours => hours.Meets(time)));

    /// <summary>The same, of counted people.</summary>
    public static int AtOnce(int wanted, int people, int away) => away == 0 ? wanted : Math.Max(1, Math.Min(wanted, people - away));
}

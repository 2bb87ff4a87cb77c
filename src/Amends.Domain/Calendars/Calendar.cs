namespace Amends.Domain.Calendars;

/// <summary>
/// The hours we are open: spans of local time a weekday, in one time zone, less the holidays. Promises fall inside them
/// and waiting is measured in them.
/// </summary>
public sealed class Calendar
{
    /// <summary>The longest silence until a company says otherwise.</summary>
    public static readonly TimeSpan UsualSilence = TimeSpan.FromDays(7);

    private static readonly TimeSpan DayOfWork = TimeSpan.FromHours(8);
    private const int Horizon = 400; // days: a calendar that never opens ends the search here

    private readonly TimeZoneInfo _zone;
    private readonly IReadOnlyDictionary<DayOfWeek, OpenHours> _week;
    private readonly IReadOnlySet<DateOnly> _holidays;

    /// <param name="zone">Where the desk stands.</param>
    /// <param name="week">Open hours a weekday; a day that is missing is closed.</param>
    /// <param name="holidays">Local dates on which nobody is there.</param>
    public Calendar(TimeZoneInfo zone, IReadOnlyDictionary<DayOfWeek, OpenHours> week, IReadOnlySet<DateOnly>? holidays = null)
    {
        _zone = zone;
        _week = week;
        _holidays = holidays ?? new HashSet<DateOnly>();
    }

    /// <summary>Monday to Friday, nine to five.</summary>
    public static Calendar NineToFive(TimeZoneInfo zone) => new(zone, Enum.GetValues<DayOfWeek>()
        .Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        .ToDictionary(day => day, _ => new OpenHours(new TimeOnly(9, 0), new TimeOnly(17, 0))));

    /// <summary>The zone that the hours are read in.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>The longest that a customer is left without a word from us, in days of the calendar.</summary>
    public TimeSpan LongestSilence { get; init; } = UsualSilence;

    /// <summary>The last moment by which somebody who is spoken with now hears from us again: when the longest silence ends, and a day of work at least, so that a weekend leaves time for a word.</summary>
    public DateTimeOffset LatestWord(DateTimeOffset at)
    {
        var (silent, worked) = (at + LongestSilence, After(NextOpen(at), DayOfWork));
        return silent > worked ? silent : worked;
    }

    /// <summary>Who had no word since this moment, or earlier, waits too long by now; the other side of <see cref="LatestWord"/>.</summary>
    public DateTimeOffset SilentBefore(DateTimeOffset now)
    {
        var (silent, worked) = (now - LongestSilence, Before(now, DayOfWork));
        return silent < worked ? silent : worked;
    }

    /// <summary>Whether somebody is there at this moment.</summary>
    public bool IsOpen(DateTimeOffset at) => SpanOf(DateOf(at)) is { } day && day.From <= at && at < day.To;

    /// <summary>This moment when we are open, otherwise the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at) => Days(DateOf(at), +1)
        .Where(day => at < day.To)
        .Select(day => at > day.From ? at : day.From)
        .DefaultIfEmpty(at)
        .First();

    /// <summary>The moment when <paramref name="open"/> of open time has passed since <paramref name="from"/>.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan open)
    {
        var left = open;
        foreach (var day in Days(DateOf(from), +1).Where(day => from < day.To))
        {
            var start = from > day.From ? from : day.From;
            if (day.To - start >= left)
                return start + left;
            left -= day.To - start;
        }

        return from + open;
    }

    /// <summary>The moment that lies <paramref name="open"/> of open time before <paramref name="due"/>.</summary>
    public DateTimeOffset Before(DateTimeOffset due, TimeSpan open)
    {
        var left = open;
        foreach (var day in Days(DateOf(due), -1).Where(day => day.From < due))
        {
            var end = due < day.To ? due : day.To;
            if (end - day.From >= left)
                return end - left;
            left -= end - day.From;
        }

        return due - open;
    }

    /// <summary>Open time between two moments; zero when <paramref name="to"/> is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        foreach (var day in Days(DateOf(from), +1).TakeWhile(day => day.From < to).Where(day => from < day.To))
            sum += (to < day.To ? to : day.To) - (from > day.From ? from : day.From);
        return sum;
    }

    /// <summary>The open days from the one on, on which a moment lies or which follows it: when each opens and closes. An end that has passed is left out.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> OpenDays(DateTimeOffset from) => Days(DateOf(from), +1).Where(day => from < day.To);

    /// <summary>Spans of one length, one after the other from each opening on, that end within the same open day. They follow the clock of no zone: a day with a clock change has as many as it has open time.</summary>
    /// <param name="now">Now: days before are left out.</param>
    /// <param name="first">No span begins earlier.</param>
    /// <param name="length">Of each.</param>
    /// <param name="days">How many open days, the present one among them while it lasts.</param>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset now, DateTimeOffset first, TimeSpan length, int days)
    {
        foreach (var (opens, closes) in OpenDays(now).Take(days))
        {
            for (var from = opens; from + length <= closes; from += length)
            {
                if (from >= first)
                    yield return (from, from + length);
            }
        }
    }

    private DateOnly DateOf(DateTimeOffset at) => LocalDay.Of(at, _zone);

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Days(DateOnly first, int step)
    {
        for (var i = 0; i < Horizon; i++)
        {
            if (SpanOf(first.AddDays(i * step)) is { } day)
                yield return day;
        }
    }

    private (DateTimeOffset From, DateTimeOffset To)? SpanOf(DateOnly date) =>
        !_holidays.Contains(date) && _week.TryGetValue(date.DayOfWeek, out var hours) && hours.From < hours.To
            ? (LocalDay.At(date, hours.From, _zone), LocalDay.At(date, hours.To, _zone))
            : null;
}

/// <summary>One open span of a weekday, local time.</summary>
public readonly record struct OpenHours(TimeOnly From, TimeOnly To);

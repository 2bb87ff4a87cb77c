using Amends.Domain.Calendars;
using Amends.Domain.Statistics;
using CultureInfo = System.Globalization.CultureInfo;
using DateTimeStyles = System.Globalization.DateTimeStyles;

namespace Amends.Domain.Staffing;

/// <summary>A half hour of the week, by the clock of the desk.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Number">From 0 at midnight to 47.</param>
public readonly record struct HalfHour(DayOfWeek Day, int Number)
{
    /// <summary>When it begins.</summary>
    public TimeOnly From => new(Number / 2, Number % 2 * 30);

    /// <summary>For addresses, such as <c>mon-1030</c>.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{Day.ToString()[..3].ToLowerInvariant()}-{From:HHmm}");

    /// <summary>From Monday on.</summary>
    public int Place => ((int)Day + 6) % 7 * 48 + Number;

    /// <summary>Reads <see cref="Code"/>; <c>null</c> for anything else.</summary>
    public static HalfHour? Parse(string? code)
    {
        if (code?.Split('-') is not [{ Length: 3 } name, var clock] || !TimeOnly.TryParseExact(clock, "HHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from) || from.Minute % 30 != 0)
            return null;
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (day.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return new(day, from.Hour * 2 + from.Minute / 30);
        }

        return null;
    }
}

/// <summary>How many contacts came in one half hour of the week.</summary>
/// <param name="At">Which.</param>
/// <param name="Contacts">How many in all.</param>
/// <param name="Days">On how many days that were open then.</param>
/// <param name="Variance">How far the single days lie apart (sample variance); <c>null</c> of one day.</param>
public sealed record ContactCell(HalfHour At, long Contacts, int Days, double? Variance)
{
    /// <summary>Below this many contacts the mean says little.</summary>
    public const int Few = 10;

    /// <summary>The mean of a day.</summary>
    public double Mean => Days == 0 ? 0 : (double)Contacts / Days;

    /// <summary>As a rate.</summary>
    public double PerHour => Mean * 2;

    /// <summary>The 95 % interval of the mean (Garwood 1936), if they come by chance.</summary>
    public Interval Within => Days == 0 ? default : new PoissonRate(Contacts, Days).Interval;

    /// <summary>Too few contacts to lean on.</summary>
    public bool IsFew => Contacts < Few;
}

/// <summary>Contacts by half hour of the week, over the days on which the desk was open.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="DaysOpen">How many of them were open.</param>
/// <param name="Cells">The half hours that were open, from Monday on.</param>
/// <param name="OutsideHours">Contacts that came while the desk was closed.</param>
public sealed record ContactProfile(DateOnly From, DateOnly To, int DaysOpen, IReadOnlyList<ContactCell> Cells, long OutsideHours)
{
    /// <summary>Fewer contacts than this say little about a week.</summary>
    public const int Few = 100;

    /// <summary>Single days lie further apart than chance does from here on: more than half as much again.</summary>
    public const double Bursts = 1.5;

    /// <summary>Nothing at all.</summary>
    public static ContactProfile Empty(DateOnly day) => new(day, day, 0, [], 0);

    /// <summary>All contacts, in open hours and outside.</summary>
    public long Contacts => Cells.Sum(cell => cell.Contacts) + OutsideHours;

    /// <summary>Those that came while the desk was closed, of all.</summary>
    public double OutsideShare => Contacts == 0 ? 0 : (double)OutsideHours / Contacts;

    /// <summary>The mean of an open day, with what came while the desk was closed: it has to be worked off, too.</summary>
    public double PerDay => DaysOpen == 0 ? 0 : (double)Contacts / DaysOpen;

    /// <summary>Too few contacts to lean on.</summary>
    public bool IsFew => Contacts < Few;

    /// <summary>
    /// The index of dispersion: the sum of the variances of all half hours by the sum of their means. About 1 where contacts come by chance (Fisher 1925); <c>null</c> while there are few.
    /// </summary>
    public double? Dispersion
    {
        get
        {
            var known = Cells.Where(cell => cell.Variance is not null && cell.Days >= 4).ToList();
            var mean = known.Sum(cell => cell.Mean);
            return IsFew || mean == 0 ? null : known.Sum(cell => cell.Variance!.Value) / mean;
        }
    }

    /// <summary>The busiest half hour; <c>null</c> when there is none.</summary>
    public ContactCell? Busiest => Cells.Count == 0 ? null : Cells.MaxBy(cell => cell.Mean);

    /// <summary>Counts contacts.</summary>
    /// <param name="contacts">How many came at about which moment; those outside of the days are left out.</param>
    /// <param name="calendar">When the desk is open.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, not before the first.</param>
    public static ContactProfile Of(IEnumerable<(DateTimeOffset At, int Count)> contacts, Calendar calendar, DateOnly from, DateOnly to)
    {
        var (begins, ends) = (LocalDay.Begins(from, calendar.Zone), LocalDay.Begins(to.AddDays(1), calendar.Zone));
        var open = calendar.OpenDays(begins).TakeWhile(day => day.From < ends).Select(day => (Local(day.From), Local(day.To))).ToDictionary(day => DateOnly.FromDateTime(day.Item1));
        var counts = new Dictionary<(DateOnly Day, int HalfHour), int>();
        long outside = 0;
        foreach (var (at, count) in contacts.Where(each => each.At >= begins && each.At < ends))
        {
            var local = Local(at);
            var day = DateOnly.FromDateTime(local);
            if (!open.TryGetValue(day, out var hours) || local < hours.Item1 || local >= hours.Item2)
            {
                outside += count;
                continue;
            }

            var key = (day, local.Hour * 2 + local.Minute / 30);
            counts[key] = counts.GetValueOrDefault(key) + count;
        }

        var cells = open.SelectMany(day => Enumerable.Range(0, 48).Where(number => Overlaps(day.Value, number)).Select(number => (At: new HalfHour(day.Key.DayOfWeek, number), Count: counts.GetValueOrDefault((day.Key, number)))))
            .GroupBy(each => each.At, each => each.Count).OrderBy(cell => cell.Key.Place).Select(cell => Cell(cell.Key, [.. cell]));
        return new(from, to, open.Count, [.. cells], outside);

        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime;

        static bool Overlaps((DateTime From, DateTime To) hours, int number) =>
            hours.From.Date.AddMinutes(number * 30) is var start && start < hours.To && start.AddMinutes(30) > hours.From;
    }

    /// <summary>When a half hour of the week was, on the days on which the desk was open then; the newest first.</summary>
    /// <param name="at">Which half hour.</param>
    /// <param name="calendar">When the desk is open.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <returns>From and to, of which the end does not count.</returns>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Times(HalfHour at, Calendar calendar, DateOnly from, DateOnly to)
    {
        var (begins, ends) = (LocalDay.Begins(from, calendar.Zone), LocalDay.Begins(to.AddDays(1), calendar.Zone));
        return [.. calendar.OpenDays(begins).TakeWhile(open => open.From < ends).Select(open => (open.From, open.To, Day: LocalDay.Of(open.From, calendar.Zone))).Where(open => open.Day.DayOfWeek == at.Day)
            .Select(open => (Open: open, Start: LocalDay.At(open.Day, at.From, calendar.Zone)))
            .Select(each => (From: each.Start > each.Open.From ? each.Start : each.Open.From, To: each.Start.AddMinutes(30) < each.Open.To ? each.Start.AddMinutes(30) : each.Open.To))
            .Where(each => each.From < each.To).Reverse()];
    }

    private static ContactCell Cell(HalfHour at, IReadOnlyList<int> days)
    {
        var mean = days.Average();
        return new(at, days.Sum(count => (long)count), days.Count, days.Count < 2 ? null : days.Sum(count => (count - mean) * (count - mean)) / (days.Count - 1));
    }
}

using Amends.Domain.Calendars;

namespace Amends.Domain.Reports;

/// <summary>How <see cref="Measure.BoughtAgain"/> parts complaints: by how fast everything was put right, and by whether promises were kept.</summary>
public static class OrderedAgain
{
    /// <summary>So many days after the end an order counts, and so long ago a complaint must have ended.</summary>
    public const int Days = 90;

    private const long Day = 24 * 60 * 60 * 1000L;

    /// <summary>The speeds: words, and within how many days, the last without an end.</summary>
    public static readonly IReadOnlyList<(string Words, int Most)> Speeds = [("Within a day", 1), ("Within three days", 3), ("Within a week", 7), ("Within two weeks", 14), ("Later", int.MaxValue)];

    /// <summary>The part of a complaint.</summary>
    /// <param name="case">The complaint.</param>
    public static long PartOf(CaseFacts @case)
    {
        // To the millisecond, as it is kept: what is read back must give the same part.
        var took = @case.PutRightAt is { } right ? right.ToUnixTimeMilliseconds() - @case.OpenedAt.ToUnixTimeMilliseconds() : (long?)null;
        var speed = took is null ? -1 : Speeds.TakeWhile(each => each.Most != int.MaxValue && took >= each.Most * Day).Count();
        return PartOf(speed, @case.BrokePromise);
    }

    /// <summary>The part of a speed, -1 where nothing was chosen, and of whether a promise was broken.</summary>
    public static long PartOf(int speed, bool broke) => (speed + 1) * 2 + (broke ? 1 : 0);

    /// <summary>Which of <see cref="Speeds"/> a part is, -1 where nothing was chosen or it is not done; and whether a promise was broken.</summary>
    public static (int Speed, bool Broke) Of(long part) => ((int)(part / 2) - 1, part % 2 == 1);

    /// <summary>The mark of a complaint that is closed; nothing of any other case. A later order changes it.</summary>
    /// <param name="case">The case.</param>
    /// <param name="ordered">The customer's first order after it was closed; <c>null</c> while there is none.</param>
    /// <param name="zone">The zone of the company's days.</param>
    public static IReadOnlyDictionary<Mark, long> MarksOf(CaseFacts @case, DateTimeOffset? ordered, TimeZoneInfo zone)
    {
        if (@case is not { IsComplaint: true, ClosedAt: { } closed })
            return new Dictionary<Mark, long>();
        var isSoon = ordered is { } came && came.ToUnixTimeMilliseconds() <= closed.ToUnixTimeMilliseconds() + Days * Day;
        return new Dictionary<Mark, long> { [new(Measure.BoughtAgain, LocalDay.Of(closed, zone).DayNumber, PartOf(@case), isSoon ? 1 : 0)] = 1 };
    }
}

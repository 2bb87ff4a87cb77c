using System.Globalization;
using System.Text;

namespace Amends.Domain.Statistics;

/// <summary>
/// Durations counted by the minute, in few enough buckets to keep one for every day: up to two days each minute is a bucket of its own (0 to 2,879), then each hour up to thirty days, then each day
/// up to four hundred, and one bucket for what is longer. Counts, means of counts and merges are exact; a median is exact to the minute, beyond two days to the hour that it lies in, beyond thirty to the day.
/// Seconds are dropped: 59 seconds are minute 0.
/// </summary>
public sealed class MinuteHistogram
{
    private const int Hour = 60, Day = 24 * Hour;
    private const int Minutes = 2 * Day, Hours = (30 * Day - Minutes) / Hour, Days = 400 - 30;

    private readonly SortedDictionary<int, long> _counts = [];

    /// <summary>The number of the last bucket, for everything beyond four hundred days.</summary>
    public const int LastBucket = Minutes + Hours + Days;

    /// <summary>How many are in it.</summary>
    public long Count { get; private set; }

    /// <summary>The buckets that hold any, shortest first.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets => _counts.Select(each => (each.Key, each.Value));

    /// <summary>The middle one, in minutes: the lower of the two middle ones where they are even; <c>null</c> of nothing.</summary>
    public long? Median => Percentile(50);

    /// <summary>Nine of ten are no longer, in minutes; <c>null</c> of nothing.</summary>
    public long? P90 => Percentile(90);

    /// <summary>The bucket that a duration falls into, so that a database can count by it.</summary>
    /// <param name="minutes">Whole minutes, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public static int BucketOf(long minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        return minutes switch
        {
            < Minutes => (int)minutes,
            < 30 * Day => Minutes + (int)((minutes - Minutes) / Hour),
            < 400 * Day => Minutes + Hours + (int)((minutes - 30 * Day) / Day),
            _ => LastBucket,
        };
    }

    /// <summary>The shortest duration that falls into a bucket.</summary>
    /// <param name="bucket">From 0 to <see cref="LastBucket"/>.</param>
    /// <returns>Minutes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such bucket.</exception>
    public static long MinutesOf(int bucket)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bucket, LastBucket);
        return bucket < Minutes ? bucket : bucket < Minutes + Hours ? Minutes + (bucket - Minutes) * Hour : 30 * Day + (bucket - Minutes - Hours) * Day;
    }

    /// <summary>Counts one.</summary>
    /// <param name="duration">From zero on.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public void Add(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        AddTo(BucketOf((long)duration.TotalMinutes));
    }

    /// <summary>Counts into a bucket, or takes out again what was counted before.</summary>
    /// <param name="bucket">From 0 to <see cref="LastBucket"/>.</param>
    /// <param name="count">How many; below zero to take out.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such bucket, or it does not hold so many.</exception>
    /// <exception cref="OverflowException">More than can be counted.</exception>
    public void AddTo(int bucket, long count = 1)
    {
        MinutesOf(bucket);
        var there = checked(_counts.GetValueOrDefault(bucket) + count);
        ArgumentOutOfRangeException.ThrowIfNegative(there, nameof(count));
        Count = checked(Count + count);
        if (there == 0)
            _counts.Remove(bucket);
        else
            _counts[bucket] = there;
    }

    /// <summary>Adds all that another one holds.</summary>
    /// <exception cref="OverflowException">More than can be counted.</exception>
    public void Merge(MinuteHistogram other)
    {
        foreach (var (bucket, count) in other.Buckets.ToList())
            AddTo(bucket, count);
    }

    /// <summary>A percentile by nearest rank: the smallest duration that at least this many of a hundred do not exceed.</summary>
    /// <param name="percent">From 1 to 100.</param>
    /// <returns>Minutes (of an hour or a day: its start); <c>null</c> of nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside.</exception>
    public long? Percentile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var rank = ((Int128)Count * percent + 99) / 100;
        foreach (var (bucket, count) in _counts)
        {
            rank -= count;
            if (rank <= 0)
                return MinutesOf(bucket);
        }

        return null;
    }

    /// <summary>How many took no longer than this.</summary>
    /// <param name="minutes">Whole minutes, from 0 on; beyond two days, a whole hour or day is counted as its start.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public long AtMost(long minutes)
    {
        var last = BucketOf(minutes);
        return _counts.TakeWhile(each => each.Key <= last).Sum(each => each.Value);
    }

    /// <summary>As text to be stored, such as <c>5:2 90:1</c>; empty of nothing.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (bucket, count) in _counts)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : " ")}{bucket}:{count}");
        return text.ToString();
    }

    /// <summary>From the text that <see cref="ToString"/> gives.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static MinuteHistogram Parse(string text)
    {
        var read = new MinuteHistogram();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var bucket, var count]
                || !int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > LastBucket
                || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var many))
                throw new FormatException($"'{part}' is not a bucket and its count.");
            read.AddTo(at, many);
        }

        return read;
    }
}

using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

public sealed class MinuteHistogramTests
{
    private static MinuteHistogram Of(params long[] minutes)
    {
        var histogram = new MinuteHistogram();
        foreach (var each in minutes)
            histogram.Add(TimeSpan.FromMinutes(each));
        return histogram;
    }

    [Fact]
    public void The_middle_and_the_ninetieth_of_a_hundred_are_by_nearest_rank()
    {
        var ten = Of(15, 20, 35, 40, 50, 1, 2, 3, 4, 100);
        Assert.Equal((10, 15, 50), (ten.Count, ten.Median, ten.P90)); // fifth and ninth
        Assert.Equal(20, Of(15, 20, 35, 40, 50).Percentile(40)); // ⌈0.4 × 5⌉ is the second
        Assert.Equal((1, 100), (ten.Percentile(1), ten.Percentile(100)));
        Assert.Equal(7, Of(7).P90);
        Assert.Null(new MinuteHistogram().Median);
        Assert.Equal((0, 3, 10), (ten.AtMost(0), ten.AtMost(3), ten.AtMost(100)));
    }

    [Fact]
    public void Minutes_are_exact_for_two_days_then_hours_then_days()
    {
        foreach (var minutes in (long[])[0, 1, 2879, 2880, 2940, 30 * 1440 - 60, 30 * 1440, 399 * 1440, 400 * 1440])
        {
            Assert.Equal(minutes, MinuteHistogram.MinutesOf(MinuteHistogram.BucketOf(minutes)));
            if (minutes > 0)
                Assert.Equal(MinuteHistogram.BucketOf(minutes) - 1, MinuteHistogram.BucketOf(minutes - 1)); // no gap and no overlap
        }

        Assert.Equal(2880, Of(2939).Median);
        Assert.Equal(MinuteHistogram.LastBucket, MinuteHistogram.BucketOf(long.MaxValue));
        Assert.Equal(0, MinuteHistogram.BucketOf(0));
        var seconds = new MinuteHistogram();
        seconds.Add(TimeSpan.FromSeconds(59.9));
        Assert.Equal(0, seconds.Median);
        Assert.Throws<ArgumentOutOfRangeException>(() => seconds.Add(TimeSpan.FromSeconds(-1)));
    }

    /// <summary>What is merged day by day says the same as what is counted at once.</summary>
    [Fact]
    public void Merging_days_counts_as_one_and_text_brings_it_back()
    {
        var chance = new SeededChance(7);
        var (whole, merged, all) = (new MinuteHistogram(), new MinuteHistogram(), new List<long>());
        for (var day = 0; day < 30; day++)
        {
            var one = new MinuteHistogram();
            for (var i = 0; i < 50; i++)
            {
                var minutes = (long)chance.Exponential(400);
                all.Add(minutes);
                one.Add(TimeSpan.FromMinutes(minutes));
                whole.Add(TimeSpan.FromMinutes(minutes));
            }

            merged.Merge(MinuteHistogram.Parse(one.ToString()));
        }

        all.Sort();
        Assert.Equal(whole.ToString(), merged.ToString());
        Assert.Equal(all[749], merged.Median);
        Assert.Equal(MinuteHistogram.MinutesOf(MinuteHistogram.BucketOf(all[1349])), merged.P90);
        var before = merged.ToString();
        merged.AddTo(5, 3);
        merged.AddTo(5, -3);
        Assert.Equal(before, merged.ToString());
        var twice = Of(1, 2);
        twice.Merge(twice);
        Assert.Equal("1:2 2:2", twice.ToString());
    }

    [Fact]
    public void Nothing_is_taken_out_that_is_not_there_and_no_other_text_is_read()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(1).AddTo(1, -2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(1).AddTo(MinuteHistogram.LastBucket + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(1).Percentile(0));
        Assert.Equal("", MinuteHistogram.Parse("").ToString());
        foreach (var text in (string[])["1", "a:1", "1:-1", "99999:1", "1:1:1", "1:99999999999999999999"])
            Assert.Throws<FormatException>(() => MinuteHistogram.Parse(text));
        var full = Of();
        full.AddTo(3, long.MaxValue);
        Assert.Equal(3, full.P90);
        Assert.Throws<OverflowException>(() => full.AddTo(4));
    }
}

using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>Published and recomputed values: Newcombe 1998, and R's binom package as statsmodels quotes it.</summary>
public sealed class ProportionTests
{
    [Theory]
    [InlineData(81, 263, 0.2552885, 0.3662096)]
    [InlineData(15, 148, 0.0623864, 0.1604872)]
    [InlineData(0, 20, 0, 0.1611252)]
    [InlineData(1, 29, 0.0061132, 0.1717552)]
    [InlineData(18, 20, 0.6989663548, 0.9721335188)]
    [InlineData(4, 20, 0.0806576626, 0.4160174323)]
    [InlineData(4, 200, 0.0078044264, 0.0502870869)]
    [InlineData(190, 200, 0.9104218519, 0.9726173544)]
    [InlineData(19, 38, 0.3484992836, 0.6515007164)]
    [InlineData(0, 10, 0, 0.2775328)]
    [InlineData(10, 10, 0.7224672, 1)]
    [InlineData(1, 1, 0.2065493, 1)]
    [InlineData(3, 10, 0.1077913, 0.6032219)]
    [InlineData(7, 8, 0.5291118, 0.9775825)]
    public void The_interval_of_a_share_is_Wilsons(int hits, int of, double low, double high)
    {
        var interval = new Proportion(hits, of).Interval!.Value;
        Assert.Equal(low, interval.Low, 1e-7);
        Assert.Equal(high, interval.High, 1e-7);
        Assert.InRange(interval.Low, 0, interval.High);
        Assert.InRange(interval.High, interval.Low, 1);
    }

    [Fact]
    public void Nothing_has_no_share_and_few_are_called_few()
    {
        Assert.Null(default(Proportion).Share);
        Assert.Null(default(Proportion).Interval);
        Assert.Null(new Proportion(1, 2).Minus(default));
        Assert.True(new Proportion(9, 9).IsFew);
        Assert.False(new Proportion(9, 10).IsFew);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.2, 0.0524315, 0.3338727, true)]
    [InlineData(9, 10, 3, 10, 0.6, 0.1705227, 0.8090180, true)]
    [InlineData(5, 10, 5, 10, 0, -0.3848, 0.3848, false)]
    public void The_difference_of_two_shares_has_Newcombes_interval(int hits, int of, int hitsBefore, int ofBefore, double by, double low, double high, bool clear)
    {
        var difference = new Proportion(hits, of).Minus(new Proportion(hitsBefore, ofBefore))!.Value;
        Assert.Equal(by, difference.By, 1e-9);
        Assert.Equal(low, difference.Within.Low, clear ? 1e-7 : 0.05);
        Assert.Equal(high, difference.Within.High, clear ? 1e-7 : 0.05);
        Assert.Equal(clear, difference.IsClear);
    }
}

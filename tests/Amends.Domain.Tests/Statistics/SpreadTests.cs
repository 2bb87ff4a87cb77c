using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

public sealed class SpreadTests
{
    [Fact]
    public void The_middle_and_the_quartiles_lie_where_definition_7_has_them()
    {
        Assert.Null(Spread.Of(Array.Empty<long>()));
        Assert.Equal(new Spread(1, 7, 7, 7), Spread.Of([7]));
        Assert.Equal(new Spread(4, 1.75, 2.5, 3.25), Spread.Of([4, 1, 3, 2]));
        Assert.Equal(new Spread(5, 20, 30, 40), Spread.Of([10, 20, 30, 40, 50]));
    }

    [Fact]
    public void What_lies_beyond_the_fences_stands_out_and_of_few_nothing_does()
    {
        var spread = Spread.Of([10, 20, 30, 40, 50])!; // fences at -10 and 70
        Assert.False(spread.IsOutlier(70));
        Assert.True(spread.IsOutlier(71));
        Assert.True(spread.IsOutlier(-11));
        Assert.False(Spread.Of([10, 20, 30, 4000])!.IsOutlier(4000));
    }
}

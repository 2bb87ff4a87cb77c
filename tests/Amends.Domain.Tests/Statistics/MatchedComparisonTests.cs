using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

public sealed class MatchedComparisonTests
{
    [Fact]
    public void One_group_is_compared_as_Newcombe_does()
    {
        var (with, without) = (new Proportion(56, 70), new Proportion(48, 80));
        var compared = MatchedComparison.Of([new(with, without)])!;
        Assert.Equal(with.Minus(without)!.Value.Within.Low, compared.Difference.Within.Low, 1e-12);
        Assert.Equal(0.0524315, compared.Difference.Within.Low, 5e-8);
        Assert.Equal(0.3338727, compared.Difference.Within.High, 5e-8);
        Assert.True(compared.Difference.IsClear);
    }

    /// <summary>Those who complain order more often anyway; among those alike there is no difference, though the plain shares are far apart.</summary>
    [Fact]
    public void Alike_are_compared_with_alike()
    {
        var frequent = new MatchedGroup(new(72, 90), new(80, 100));
        var rare = new MatchedGroup(new(2, 10), new(180, 900));
        var compared = MatchedComparison.Of([frequent, rare, new(new(1, 3), default)])!;
        Assert.Equal(0, compared.Difference.By, 1e-12);
        Assert.Equal(0.74, compared.Expected, 1e-12);
        Assert.False(compared.Difference.IsClear);
        Assert.Equal((new Proportion(74, 100), 3), (compared.With, compared.Unmatched));
        Assert.True(new Proportion(74, 100).Minus(new Proportion(260, 1000))!.Value.IsClear);
    }

    [Fact]
    public void Without_anybody_alike_there_is_no_comparison()
    {
        Assert.Null(MatchedComparison.Of([]));
        Assert.Null(MatchedComparison.Of([new(new(1, 3), default), new(default, new(1, 3))]));
        Assert.True(MatchedComparison.Of([new(new(1, 3), new(2, 90))])!.IsFew);
    }

    [Fact]
    public void Hits_above_what_could_be_are_no_share()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(-1, 1));
        Assert.InRange(new Proportion(int.MaxValue, int.MaxValue).Interval!.Value.Low, 0.999999, 1);
    }

    /// <summary>The generator is the published one: SplitMix64's first number of 1234567 and the run of xoshiro256++ from 1, 2, 3, 4.</summary>
    [Fact]
    public void Seeded_chance_is_the_published_generator_and_even()
    {
        var known = new SeededChance(1, 2, 3, 4);
        Assert.Equal([41943041UL, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205], Enumerable.Range(0, 5).Select(_ => known.Next()));
        Assert.Equal(6457827717110365317UL, SeededChance.FirstOfSplitMix(1234567));
        var chance = new SeededChance(42);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => chance.Exponential(3)).ToList();
        Assert.Equal(3, drawn.Average(), 0.05);
        Assert.Equal(Math.Exp(-1), drawn.Count(each => each > 3) / 100_000.0, 0.01);
        Assert.Equal(new SeededChance(5).Next(), new SeededChance(5).Next());
        Assert.NotEqual(new SeededChance(5).Next(), new SeededChance(6).Next());
    }
}

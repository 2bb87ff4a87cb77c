using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

/// <summary>The signed-rank test, against a published example and against all signs written out.</summary>
public sealed class SignedRankTests
{
    [Fact]
    public void The_signed_rank_test_gives_the_published_chance_of_nine_patients_before_and_after()
    {
        // Hollander and Wolfe (1973), table 3.1, Hamilton depression scale: T+ = 40, one-sided P = 0.0195; in thousandths
        var test = SignedRank.Of([952, -147, 1022, 430, 620, 590, 490, -80, 10]);
        Assert.Equal((7, 2, 0, 40.0), (test.Up, test.Down, test.Same, test.Sum));
        Assert.Equal(0.0390625, test.Chance, 12);
        Assert.True(test.IsFew);
        Assert.False(test.IsClear); // nine pairs are too few to call it
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1 }, 0.25)]
    [InlineData(new long[] { 1, -1, 2 }, 0.75)]
    [InlineData(new long[] { 0, 0, 0 }, 1)]
    [InlineData(new long[] { }, 1)]
    [InlineData(new long[] { 3, 2, 2, 1, -1, 4, 0, 3, 1, 2, 2 }, 0.0078125)]
    public void With_ties_the_chance_is_that_of_all_signs_written_out(long[] differences, double chance)
    {
        var test = SignedRank.Of(differences);
        Assert.Equal(chance, test.Chance, 12);
        Assert.Equal(AllSigns(differences), test.Chance, 12);
        Assert.Equal(test.Chance, SignedRank.Of(differences.Select(each => -each)).Chance, 12); // up and down are alike
    }

    [Fact]
    public void Beyond_three_hundred_the_normal_chance_is_close_to_the_exact_one()
    {
        var mixed = Enumerable.Range(1, SignedRank.MostExact).Select(i => (long)(i % 5 + 1) * (i % 9 < 5 ? 1 : -1)).ToList();
        var (exact, normal) = (SignedRank.Of(mixed), SignedRank.Of([.. mixed, 3, -3]));
        Assert.InRange(exact.Chance, 0.001, 0.5);
        Assert.Equal(exact.Chance, normal.Chance, 0.01);
    }

    private static double AllSigns(long[] differences)
    {
        var sizes = differences.Where(each => each != 0).Select(Math.Abs).ToArray();
        if (sizes.Length == 0)
            return 1;
        var ranks = sizes.Select(size => sizes.Count(other => other < size) + (sizes.Count(other => other == size) + 1) / 2.0).ToArray();
        var (middle, moved) = (ranks.Sum() / 2, differences.Where(each => each != 0).ToArray());
        var far = Math.Abs(ranks.Where((_, i) => moved[i] > 0).Sum() - middle);
        var all = Enumerable.Range(0, 1 << ranks.Length).ToList();
        return all.Count(signs => Math.Abs(ranks.Where((_, i) => (signs >> i & 1) == 1).Sum() - middle) >= far - 1e-9) / (double)all.Count;
    }
}

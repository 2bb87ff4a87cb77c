using System.Numerics;
using Amends.Domain.Signals;

namespace Amends.Domain.Tests.Signals;

public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20, 19)] // one wrong among twenty: 19 miss it in one case of twenty
    [InlineData(100, 45)] // 5 of 100, the usual figure of auditors' tables
    [InlineData(100_000, 59)] // as many as from an endless number: ln 0.05 / ln 0.95
    public void It_is_the_smallest_that_holds_a_wrong_one_in_95_of_100(int population, int sample) => Assert.Equal(sample, SampleSize.For(population));

    [Fact]
    public void It_agrees_with_whole_numbers_for_every_population_up_to_300()
    {
        for (var population = 2; population <= 300; population++)
        {
            var wrong = (population + 19) / 20;
            var sample = SampleSize.For(population);
            Assert.True(Missed(population, wrong, sample), $"{population}: {sample} is too few");
            Assert.False(Missed(population, wrong, sample - 1), $"{population}: {sample} is too many");
        }

        // 20 · C(N − D, n) ≤ C(N, n)
        static bool Missed(int population, int wrong, int sample) => 20 * Choose(population - wrong, sample) <= Choose(population, sample);
    }

    private static BigInteger Choose(int of, int take)
    {
        if (take < 0 || take > of)
            return 0;
        var ways = BigInteger.One;
        for (var i = 1; i <= take; i++)
            ways = ways * (of - take + i) / i;
        return ways;
    }
}

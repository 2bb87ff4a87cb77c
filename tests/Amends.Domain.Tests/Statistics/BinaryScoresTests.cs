using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Statistics;

public sealed class BinaryScoresTests
{
    /// <summary>Four pairs of a positive and a negative, three in the right order: 3/4.</summary>
    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order_and_ties_count_half()
    {
        Assert.Equal(0.75, BinaryScores.AreaUnderCurve([(0.1, false), (0.4, false), (0.35, true), (0.8, true)]), 12);
        Assert.Equal(0.5, BinaryScores.AreaUnderCurve([(1, false), (1, true)]), 12);
        Assert.Equal(0, BinaryScores.AreaUnderCurve([(1, true)]));
    }

    [Fact]
    public void Average_precision_is_the_mean_of_precision_at_each_hit() =>
        Assert.Equal((1 + 2.0 / 3) / 2, BinaryScores.AveragePrecision([(0.1, false), (0.4, false), (0.35, true), (0.8, true)]), 12);

    [Fact]
    public void Equal_values_share_their_mean_rank() => Assert.Equal([1, 2.5, 2.5, 4], BinaryScores.Ranks([1, 2, 2, 9]));

    [Fact]
    public void Correlation_of_a_line_is_one_and_of_its_reverse_minus_one()
    {
        Assert.Equal(1, BinaryScores.Correlation([1, 2, 3], [10, 20, 30]), 12);
        Assert.Equal(-1, BinaryScores.Correlation([1, 2, 3], [3, 2, 1]), 12);
        Assert.Equal(0, BinaryScores.Correlation([1, 1], [3, 2]));
    }

    [Fact]
    public void Precision_recall_and_their_means_come_from_the_four_counts()
    {
        var confusion = Confusion.Of([(true, true), (true, false), (false, true), (true, true), (false, false)]);
        Assert.Equal((2.0 / 3, 2.0 / 3, 0.6, 2.0 / 3), (confusion.Precision, confusion.Recall, confusion.Accuracy, confusion.F1));
        Assert.Equal((2.0 / 3 + 0.5) / 2, confusion.MacroF1, 12);
    }
}

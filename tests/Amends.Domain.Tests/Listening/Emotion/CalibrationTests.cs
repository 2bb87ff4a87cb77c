using Amends.Domain.Listening.Emotion;
using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Listening.Emotion;

/// <summary>Figures of how well it hears, against counts by hand.</summary>
public sealed class CalibrationTests
{
    private static readonly DateOnly March = new(2026, 3, 1), April = new(2026, 4, 1);

    [Fact]
    public void The_figures_are_those_that_one_counts_by_hand()
    {
        var of = Calibration.Of(
        [
            Read(UpsetLevel.Calm, 100, UpsetLevel.Calm), Read(UpsetLevel.Calm, 199, UpsetLevel.Calm, "de"), Read(UpsetLevel.Calm, 200, UpsetLevel.Annoyed), Read(UpsetLevel.Calm, 50, UpsetLevel.Upset),
            Read(UpsetLevel.Annoyed, 400, UpsetLevel.Annoyed), Read(UpsetLevel.Annoyed, 500, UpsetLevel.Calm, month: April), Read(UpsetLevel.Annoyed, 310, UpsetLevel.VeryUpset),
            Read(UpsetLevel.Upset, 600, UpsetLevel.Upset), Read(UpsetLevel.Upset, 799, UpsetLevel.VeryUpset), Read(UpsetLevel.VeryUpset, 1000, UpsetLevel.Calm, month: April), Read(UpsetLevel.VeryUpset, 800, UpsetLevel.VeryUpset, "de"),
        ]);
        Assert.Equal(new Proportion(5, 11), of.Same);
        Assert.Equal(new Proportion(8, 11), of.WithinOne);
        Assert.Equal(new Proportion(4, 11), of.TooCalm);
        Assert.Equal(new Proportion(2, 11), of.TooUpset);
        Assert.Equal(new Proportion(3, 5), of.UpsetFound);
        Assert.Equal(new Proportion(3, 4), of.UpsetRight);
        Assert.Equal((2, 1, 1, 0), (of.At(UpsetLevel.Calm, UpsetLevel.Calm), of.At(UpsetLevel.Calm, UpsetLevel.Annoyed), of.At(UpsetLevel.Calm, UpsetLevel.Upset), of.At(UpsetLevel.Calm, UpsetLevel.VeryUpset)));
        Assert.Equal([(0, 199), (200, 399), (400, 599), (600, 799), (800, 1000)], of.Bands.Select(band => (band.From, band.To)));
        Assert.Equal([new(1, 3), new(2, 2), new(1, 2), new(2, 2), new(1, 2)], of.Bands.Select(band => band.Annoyed));
        Assert.Equal([new(1, 3), new(1, 2), new(0, 2), new(2, 2), new(1, 2)], of.Bands.Select(band => band.Upset));
        Assert.Equal([(100 + 199 + 50) / 3.0, 255, 450, 699.5, 900], of.Bands.Select(band => band.Mean!.Value));
        Assert.Equal([("en", 9), ("de", 2)], of.ByLanguage.Select(each => (each.Language, each.Of.Messages.Count)));
        Assert.Equal([(March, new Proportion(5, 9)), (April, new Proportion(0, 2))], of.ByMonth.Select(each => (each.Month, each.Of.Same)));
    }

    [Fact]
    public void Of_nothing_there_is_no_share()
    {
        var none = Calibration.Of([]);
        Assert.Equal((null, null), (none.Same.Share, none.UpsetFound.Share));
        Assert.All(none.Bands, band => Assert.Equal((null, 0), (band.Mean, band.Annoyed.Of)));
    }

    private static ReadMessage Read(UpsetLevel heard, int score, UpsetLevel level, string language = "en", DateOnly? month = null) => new(heard, score, level, language, month ?? March);
}

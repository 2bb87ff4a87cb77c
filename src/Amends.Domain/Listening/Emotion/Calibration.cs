using Amends.Domain.Statistics;

namespace Amends.Domain.Listening.Emotion;

/// <summary>A message that a person has read beside what was heard.</summary>
/// <param name="Heard">What it was heard as.</param>
/// <param name="Score">The score then, 0 to 1000.</param>
/// <param name="Level">What the person says that it is.</param>
/// <param name="Language">Its language, two letters; empty when that is not known.</param>
/// <param name="Month">The first day of the month in which it was said.</param>
public sealed record ReadMessage(UpsetLevel Heard, int Score, UpsetLevel Level, string Language, DateOnly Month);

/// <summary>How well what was heard agrees with what people read. Pure counts; whether the messages are a fair sample is for whoever shows them to say.</summary>
public sealed class Calibration
{
    /// <summary>How wide a band of scores is.</summary>
    public const int BandWidth = 200;

    private const int Levels = 4;
    private readonly int[,] counts = new int[Levels, Levels];

    private Calibration(IReadOnlyList<ReadMessage> messages)
    {
        Messages = messages;
        foreach (var message in messages)
            counts[(int)message.Heard, (int)message.Level]++;
        Bands = [.. Enumerable.Range(0, 1000 / BandWidth).Select(band => BandOf(band, messages))];
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<ReadMessage> Messages { get; }

    /// <summary>Heard and read as the same level.</summary>
    public Proportion Same => Where(Agreement.Same);

    /// <summary>Heard as the same level or one beside it.</summary>
    public Proportion WithinOne => Where(Agreement.WithinOne);

    /// <summary>Heard as calmer than it is.</summary>
    public Proportion TooCalm => Where(Agreement.TooCalm);

    /// <summary>Heard as more upset than it is.</summary>
    public Proportion TooUpset => Where(Agreement.TooUpset);

    /// <summary>Of what people read as upset or worse, what was heard so (recall).</summary>
    public Proportion UpsetFound => new(Count(Agreement.BothUpset), Count((_, read) => read >= UpsetLevel.Upset));

    /// <summary>Of what was heard as upset or worse, what people read so (precision).</summary>
    public Proportion UpsetRight => new(Count(Agreement.BothUpset), Count((heard, _) => heard >= UpsetLevel.Upset));

    /// <summary>Bands of scores, the lowest first: what people read in each.</summary>
    public IReadOnlyList<ScoreBand> Bands { get; }

    /// <summary>How often something that was heard as one level was read as another.</summary>
    public int At(UpsetLevel heard, UpsetLevel read) => counts[(int)heard, (int)read];

    /// <summary>Counts messages.</summary>
    public static Calibration Of(IEnumerable<ReadMessage> messages) => new([.. messages]);

    /// <summary>The same for each language, the most frequent first.</summary>
    public IReadOnlyList<(string Language, Calibration Of)> ByLanguage => [.. Messages.GroupBy(message => message.Language).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Of(group)))];

    /// <summary>The same for each month, the earliest first.</summary>
    public IReadOnlyList<(DateOnly Month, Calibration Of)> ByMonth => [.. Messages.GroupBy(message => message.Month).OrderBy(group => group.Key).Select(group => (group.Key, Of(group)))];

    /// <summary>The lowest score of the band in which a score lies.</summary>
    public static int BandOf(int score) => Math.Min(score / BandWidth, (1000 / BandWidth) - 1) * BandWidth;

    private static ScoreBand BandOf(int band, IReadOnlyList<ReadMessage> messages)
    {
        var (from, to) = (band * BandWidth, band == (1000 / BandWidth) - 1 ? 1000 : ((band + 1) * BandWidth) - 1);
        var inside = messages.Where(message => message.Score >= from && message.Score <= to).ToList();
        return new ScoreBand(from, to, inside.Count == 0 ? null : inside.Average(message => (double)message.Score),
            new Proportion(inside.Count(message => message.Level >= UpsetLevel.Annoyed), inside.Count), new Proportion(inside.Count(message => message.Level >= UpsetLevel.Upset), inside.Count));
    }

    private Proportion Where(Agreement how) => new(Count(how), Messages.Count);

    private int Count(Agreement how) => Count((heard, read) => how.Holds(heard, read));

    private int Count(Func<UpsetLevel, UpsetLevel, bool> which)
    {
        var sum = 0;
        for (var heard = 0; heard < Levels; heard++)
        {
            for (var read = 0; read < Levels; read++)
                sum += which((UpsetLevel)heard, (UpsetLevel)read) ? counts[heard, read] : 0;
        }

        return sum;
    }
}

/// <summary>Messages whose scores lie together.</summary>
/// <param name="From">The lowest score.</param>
/// <param name="To">The highest.</param>
/// <param name="Mean">The mean of their scores; <c>null</c> without any.</param>
/// <param name="Annoyed">How many people read as annoyed or worse.</param>
/// <param name="Upset">How many people read as upset or worse.</param>
public sealed record ScoreBand(int From, int To, double? Mean, Proportion Annoyed, Proportion Upset);

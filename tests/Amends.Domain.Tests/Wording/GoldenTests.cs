using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>
/// Sentences of our own with the rules that must hint at them, half of them innocent look-alikes. The rules were tuned on
/// en-tuned.jsonl alone; en-held.jsonl was written before the first run and never looked at while tuning. A pair of sentence and
/// rule is what is counted: precision is the share of given hints that are right, recall the share of right ones that are given.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string[] Halves = ["en-tuned.jsonl", "en-held.jsonl"];

    [Fact]
    public void Hints_are_right_and_few_are_missed()
    {
        var all = Halves.Select(file => (File: file, Tally: Tally.Of(Packs.Lines<Sample>(file), Packs.English))).ToList();
        var total = all.Select(half => half.Tally).Aggregate((one, two) => one + two);
        Console.WriteLine(string.Join(Environment.NewLine, all.Select(half => $"{half.File}: {half.Tally}")) + Environment.NewLine + $"together: {total}");

        Assert.True(total.Sentences >= 640, total.ToString());
        Assert.True(total.Innocent >= 320, total.ToString());
        Assert.All(all, half => Assert.True(half.Tally is { Precision: >= 0.95, Recall: >= 0.90 }, half.Tally + string.Concat(half.Tally.Errors)));
    }

    [Fact]
    public void Every_rule_and_every_check_on_words_has_a_sentence_in_each_half()
    {
        var halves = Halves.Select(file => Packs.Lines<Sample>(file).SelectMany(sample => sample.Rules).ToHashSet()).ToList();

        Assert.All(Packs.English.Rules, rule => Assert.All(halves, half => Assert.Contains(rule.Id, half)));
    }

    [Fact]
    public void No_sentence_is_there_twice()
    {
        var texts = Halves.SelectMany(file => Packs.Lines<Sample>(file)).Select(sample => sample.Text).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
    }
}

/// <summary>What came of a set of sentences.</summary>
internal sealed record Tally(int Sentences, int Innocent, int Right, int Wrong, int Missed, int InnocentHinted, IReadOnlyList<string> Errors)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    public static Tally operator +(Tally one, Tally two) =>
        new(one.Sentences + two.Sentences, one.Innocent + two.Innocent, one.Right + two.Right, one.Wrong + two.Wrong, one.Missed + two.Missed, one.InnocentHinted + two.InnocentHinted, [.. one.Errors, .. two.Errors]);

    public static Tally Of(List<Sample> samples, PhrasePack pack)
    {
        var tally = new Tally(0, 0, 0, 0, 0, 0, []);
        foreach (var sample in samples)
        {
            var hinted = sample.Hinted(pack);
            var wrong = hinted.Except(sample.Rules).ToList();
            var missed = sample.Rules.Except(hinted).ToList();
            var errors = wrong.Count + missed.Count == 0 ? [] : (string[])[$"{Environment.NewLine}{sample.Text}  wrong: {string.Join(' ', wrong)}; missed: {string.Join(' ', missed)}"];
            tally += new Tally(1, sample.Rules.Length == 0 ? 1 : 0, hinted.Count - wrong.Count, wrong.Count, missed.Count, sample.Rules.Length == 0 && wrong.Count > 0 ? 1 : 0, errors);
        }

        return tally;
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Sentences} sentences ({Innocent} innocent), precision {Precision:P1}, recall {Recall:P1}, innocent ones hinted at {InnocentHinted}");
}

using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Tests.Listening.Emotion;

/// <summary>Trained on a handful of sentences: that learning learns, and does so the same way each time. How well the shipped model hears is measured by <c>amends listening evaluate</c>.</summary>
public sealed class UpsetTrainingTests
{
    private static readonly WordList List = WordList.Read("[anger]\nfurious rude\n[praise]\nlovely kind\n[negation]\nnot");
    private static readonly string[] Angry = ["I am furious about the parcel", "How rude your driver was", "The lamp broke and nobody answered me", "You ruined my weekend again", "Furious and tired of waiting", "Nobody answered again, how rude"];
    private static readonly string[] Calm = ["Could you tell me when you open", "The lamp is lovely, thank you", "Please change my address", "What a kind driver you have", "When does the parcel come", "I would like to order a lamp"];

    private static List<UpsetExample> Examples =>
    [
        .. Enumerable.Repeat(Angry, 4).SelectMany(each => each).Select((text, i) => new UpsetExample(text, true, true, true, 1, i % 2 == 0 ? UpsetLevel.Upset : UpsetLevel.VeryUpset, 1)),
        .. Enumerable.Repeat(Calm, 4).SelectMany(each => each).Select((text, i) => new UpsetExample(text, false, false, false, 1, i % 3 == 0 ? UpsetLevel.Annoyed : UpsetLevel.Calm, 1)),
    ];

    [Fact]
    public void It_learns_what_it_was_shown()
    {
        var model = UpsetTraining.Train(Examples, List);
        Assert.All(Angry, text => Assert.True(Hear(model, text).Level >= UpsetLevel.Upset, text));
        Assert.All(Calm, text => Assert.True(Hear(model, text).Level < UpsetLevel.Upset, text));
        Assert.True(Hear(model, "so rude").Score > Hear(model, "so kind").Score);
    }

    [Fact]
    public void The_same_examples_make_the_same_bytes_and_a_file_reads_back_as_it_was_written()
    {
        var file = UpsetTraining.Train(Examples, List).Write();
        Assert.Equal(file, UpsetTraining.Train(Examples, List).Write());
        var read = UpsetModel.Read(file);
        Assert.Equal(file, read.Write());
        Assert.Equal(Hear(UpsetTraining.Train(Examples, List), Angry[0]), Hear(read, Angry[0]));
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        var file = UpsetTraining.Train(Examples, List).Write();
        Assert.Equal("upset_model", Assert.Throws<Refused>(() => UpsetModel.Read(file.AsSpan(0, file.Length - 1))).Code);
        file[0]++;
        Assert.Equal("upset_model", Assert.Throws<Refused>(() => UpsetModel.Read(file)).Code);
    }

    [Fact]
    public void The_words_that_led_to_it_are_named_where_they_stand()
    {
        var model = UpsetTraining.Train(Examples, List);
        const string Text = "Hello. I am furious about it.";
        var features = new TextFeatures(List);
        features.Read(Text);
        var named = Explanation.Of(model, features).Select(phrase => Text.Substring(phrase.Start, phrase.Length)).ToList();
        Assert.Contains(named, phrase => phrase.Contains("furious", StringComparison.Ordinal));
        Assert.DoesNotContain(named, phrase => phrase.Contains("Hello", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_text_gets_a_score_between_0_and_1()
    {
        var model = UpsetTraining.Train(Examples, List);
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : char.MaxValue + 1))]);
            var heard = Hear(model, text);
            Assert.InRange(heard.Score, 0, 1);
            Assert.InRange(heard.Angry, 0, 1);
        }
    }

    private static UpsetScore Hear(UpsetModel model, string text)
    {
        var features = new TextFeatures(List);
        features.Read(text);
        return model.Score(features);
    }
}

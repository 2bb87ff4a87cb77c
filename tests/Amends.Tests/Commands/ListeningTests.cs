using System.Text.Json;
using Amends.Commands;
using Amends.Data;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Statistics;
using Microsoft.Extensions.Configuration;

namespace Amends.Tests.Commands;

/// <summary>The model that ships, on texts of our own that it never learnt from; and the commands that make and measure one.</summary>
public sealed class ListeningTests
{
    private static readonly string Own = Path.Combine(Checkout.Root, "listening");

    [Theory]
    [InlineData("complaint-mails.jsonl", 0.85)]
    [InlineData("short-texts.jsonl", 0.85)]
    public void The_shipped_model_tells_upset_words_from_others_in_texts_that_it_never_saw(string file, double least)
    {
        var scored = Lines(file).Where(line => line.GetProperty("part").GetString() == "held")
            .Select(line => ((double)Ear.Shipped.HearEnglish(line.GetProperty("text").GetString()!).Score, UpsetLevels.Of(line.GetProperty("level").GetString()) >= UpsetLevel.Upset)).ToList();
        var area = BinaryScores.AreaUnderCurve(scored);
        TestContext.Current.SendDiagnosticMessage($"{file}: {scored.Count} held texts, AUC {area:0.000}");
        Assert.True(area >= least, $"{file}: AUC {area:0.000}");
    }

    [Fact]
    public async Task A_file_of_texts_is_scored_line_by_line()
    {
        var folder = Directory.CreateTempSubdirectory("amends-listening-").FullName;
        var (from, to) = (Path.Combine(folder, "in.jsonl"), Path.Combine(folder, "out.jsonl"));
        await File.WriteAllLinesAsync(from, ["""{"id":"a","text":"You useless idiots, I am furious. Never again!"}""", "", """{"id":2,"text":"When do you open on Sunday?"}""", """{"id":"c","text":""}"""]);
        Assert.Equal(0, await Run("listening", "score", "--in", from, "--out", to));
        var said = (await File.ReadAllLinesAsync(to)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["a", "2", "c"], said.Select(each => each.GetProperty("id").ToString()));
        Assert.Equal((1, 0), (said[0].GetProperty("upset").GetInt32(), said[1].GetProperty("upset").GetInt32()));
        Assert.True(said[0].GetProperty("score").GetDouble() > 0.5 && said[0].GetProperty("angry").GetDouble() > 0.5);
        Assert.Equal("calm", said[1].GetProperty("level").GetString());
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Data_that_cannot_be_read_names_the_file_and_the_line()
    {
        var folder = Directory.CreateTempSubdirectory("amends-listening-").FullName;
        Assert.Contains("goemotions.jsonl is missing", await Fails("listening", "train", "--data", folder, "--out", Path.Combine(folder, "m")));
        await File.WriteAllTextAsync(Path.Combine(folder, "goemotions.jsonl"), "{\"id\":\"1\",\"text\":\"x\",\"labels\":[],\"angry\":0,\"upset\":0}\n{broken\n");
        Assert.Contains("goemotions.jsonl, line 2", await Fails("listening", "evaluate", "--data", folder));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void Our_own_texts_are_labelled_whole_and_their_halves_are_alike()
    {
        foreach (var file in (string[])["complaint-mails.jsonl", "short-texts.jsonl"])
        {
            var lines = Lines(file).ToList();
            Assert.True(lines.Count >= 400, file);
            Assert.Equal(lines.Count, lines.Select(line => line.GetProperty("text").GetString()).Distinct().Count());
            Assert.Equal(lines.Count / 2, lines.Count(line => line.GetProperty("part").GetString() == "held"));
            Assert.All(lines, line => Assert.NotNull(UpsetLevels.Of(line.GetProperty("level").GetString())));
        }
    }

    private static IEnumerable<JsonElement> Lines(string file) => File.ReadLines(Path.Combine(Own, file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static Task<int> Run(params string[] args) => AllCommands.Run(args, new ConfigurationBuilder());

    private static async Task<string> Fails(params string[] args)
    {
        using var errors = new StringWriter();
        Assert.Equal(CommandLine.Failed, await AllCommands.Run(args, new ConfigurationBuilder(), errors));
        return errors.ToString();
    }
}

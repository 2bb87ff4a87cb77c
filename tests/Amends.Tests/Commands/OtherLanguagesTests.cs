using System.Text.Json;
using Amends.Data;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Listening.Signs;
using Amends.Domain.Statistics;

namespace Amends.Tests.Commands;

/// <summary>What lists of words and phrases hear in other languages than English, on texts of ours that were not looked at for them; the floors lie below what was reached.</summary>
public sealed class OtherLanguagesTests
{
    private static readonly string[] Languages = ["de", "fr", "es", "it", "nl", "pt"];

    [Theory]
    [InlineData("de", 0.82, 0.8)]
    [InlineData("fr", 0.82, 0.85)]
    [InlineData("es", 0.88, 0.8)]
    [InlineData("it", 0.85, 0.8)]
    [InlineData("nl", 0.8, 0.75)]
    [InlineData("pt", 0.8, 0.75)]
    public void Lists_of_words_tell_upset_mails_from_others_in_mails_that_nobody_looked_at(string language, double least, double near)
    {
        var heard = Held("other-languages.jsonl").Where(line => line.GetProperty("lang").GetString() == language)
            .Select(line => (Heard: Ear.Shipped.Hear(Text(line)), Was: LevelOf(line))).Where(each => each.Heard.Language == language).ToList();
        var area = BinaryScores.AreaUnderCurve([.. heard.Select(each => ((double)each.Heard.Score, each.Was >= UpsetLevel.Upset))]);
        var share = heard.Average(each => Math.Abs((int)each.Heard.Level - (int)each.Was) <= 1 ? 1.0 : 0);
        TestContext.Current.SendDiagnosticMessage($"{language}: {heard.Count} held mails, AUC {area:0.000}, within one level {share:P0}");
        Assert.All(heard, each => Assert.True(each.Heard.IsFallback));
        Assert.True(heard.Count >= 9 && area >= least && share >= near, $"{language}: {heard.Count} held mails, AUC {area:0.000}, within one level {share:P0}");
    }

    [Fact]
    public void Calm_mails_are_rarely_taken_for_upset_and_each_is_told_by_its_own_language()
    {
        var heard = Held("other-languages.jsonl").Select(line => (Heard: Ear.Shipped.Hear(Text(line)), Was: LevelOf(line), Language: line.GetProperty("lang").GetString())).ToList();
        var calm = heard.Where(each => each.Was == UpsetLevel.Calm).ToList();
        Assert.True(calm.Count >= 20);
        Assert.InRange(calm.Count(each => each.Heard.Level >= UpsetLevel.Upset), 0, calm.Count / 10);
        Assert.InRange(heard.Count(each => each.Heard.Language != each.Language), 0, heard.Count / 30);
        Assert.Equal(Languages.Order(), heard.Select(each => each.Language!).Distinct().Order());
    }

    [Theory]
    [InlineData("de", 0.65, 0.7)]
    [InlineData("fr", 0.8, 0.8)]
    [InlineData("es", 0.8, 0.75)]
    public void Signs_are_found_in_sentences_that_nobody_looked_at(string language, double precision, double recall)
    {
        var held = Held("signs-other.jsonl").Where(line => line.GetProperty("lang").GetString() == language).SelectMany(line =>
        {
            var found = Ear.SignsIn(Text(line), language).Select(sign => sign.Kind).ToHashSet();
            var there = SignsOf(line);
            return SignKinds.All.Select(kind => (found.Contains(kind), there.Contains(kind)));
        }).ToList();
        var all = Confusion.Of(held);
        TestContext.Current.SendDiagnosticMessage($"{language}: signs there {held.Count(each => each.Item2)}, precision {all.Precision:0.00}, recall {all.Recall:0.00}");
        Assert.True(all.Precision >= precision && all.Recall >= recall, $"{language}: precision {all.Precision:0.00}, recall {all.Recall:0.00}");
    }

    [Theory]
    [InlineData("de", "Ich bin so enttaeuscht und wuetend.", "enttaeuscht wuetend")]
    [InlineData("fr", "Je suis tres decue, c'est l'arnaque !", "decue l'arnaque")]
    [InlineData("es", "Estoy muy enojado y harto de esta verguenza.", "enojado harto verguenza")]
    public void Words_are_known_without_accents_and_behind_an_elision(string language, string text, string known)
    {
        var heard = Ear.Shipped.Hear(text);
        Assert.Equal((language, true), (heard.Language, heard.IsFallback));
        var words = string.Join(' ', heard.Phrases.Select(phrase => text.Substring(phrase.Start, phrase.Length)));
        Assert.All(known.Split(' '), word => Assert.Contains(word, words));
    }

    [Fact]
    public void A_language_without_a_list_is_calm_and_says_that_it_was_not_heard()
    {
        var heard = Ear.Shipped.Hear("Jag är mycket arg och besviken och vill att ni svarar på en gång, det är en skandal!");
        Assert.Equal(("sv", true, UpsetLevel.Calm), (heard.Language, heard.IsFallback, heard.Level));
        Assert.False(Ear.Shipped.Hear("I am very angry and disappointed, this is a scandal.").IsFallback);
    }

    [Fact]
    public void The_tone_of_a_case_in_another_language_keeps_its_signs_and_that_it_is_a_fallback()
    {
        var tone = Ear.Shipped.ToneOf("Aus der Steckdose kam Rauch, und ich bin sehr wütend. Ich kündige meinen Vertrag und gehe zu meinem Anwalt.");
        Assert.True(tone!.IsFallback);
        Assert.Equal(["churn", "outside_route", "safety"], tone.Signs.Order());
    }

    [Fact]
    public void The_texts_are_labelled_whole_and_their_halves_are_alike()
    {
        var mails = Lines("other-languages.jsonl").ToList();
        Assert.Equal(mails.Count, mails.Select(Text).Distinct().Count());
        Assert.Equal(mails.Count / 2, mails.Count(line => line.GetProperty("part").GetString() == "held"));
        Assert.All(Languages, language => Assert.True(mails.Count(line => line.GetProperty("lang").GetString() == language) >= (language is "de" or "fr" or "es" ? 40 : 20)));
        var sentences = Lines("signs-other.jsonl").ToList();
        Assert.Equal(sentences.Count, sentences.Select(Text).Distinct().Count());
        Assert.All(sentences.GroupBy(line => line.GetProperty("lang").GetString()), of => Assert.True(of.Count() >= 60 && of.Count(line => SignsOf(line).Count == 0) * 5 >= of.Count() * 2));
    }

    private static IEnumerable<JsonElement> Held(string file) => Lines(file).Where(line => line.GetProperty("part").GetString() == "held");

    private static IEnumerable<JsonElement> Lines(string file) => File.ReadLines(Path.Combine(Checkout.Root, "listening", file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Text(JsonElement line) => line.GetProperty("text").GetString()!;

    private static UpsetLevel LevelOf(JsonElement line) => UpsetLevels.Of(line.GetProperty("level").GetString())!.Value;

    private static HashSet<SignKind> SignsOf(JsonElement line) => [.. line.GetProperty("signs").EnumerateArray().Select(code => SignKinds.Of(code.GetString())!.Value)];
}

using System.Text.Json.Nodes;
using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

public sealed class PackTests
{
    private const string Small = """
        {
          "language": "en", "name": "English", "version": 1, "source": "Ours.",
          "endings": "s es ed d ing",
          "contractions": { "can't": "can not", "*n't": "* not" },
          "numbers": { "two": 2 },
          "lists": { "drink": "tea|black coffee" },
          "rules": [
            { "id": "one", "category": "Test", "severity": 2, "reason": "Because.", "better": "Other.",
              "phrases": ["PHRASE"],
              "except": ["EXCEPT"] }
          ]
        }
        """;

    [Theory]
    [InlineData("en", 28)]
    [InlineData("de", 12)]
    [InlineData("fr", 12)]
    [InlineData("es", 12)]
    public void A_shipped_pack_is_read_and_finds_nothing_in_its_innocent_sentences(string language, int rules)
    {
        var pack = Packs.Of(language);

        Assert.Equal(language, pack.Language);
        Assert.True(pack.Rules.Count >= rules, $"{pack.Rules.Count} rules");
        Assert.True(pack.Innocent.Count >= 12);
        Assert.All(pack.Rules, rule => Assert.True(rule.Better.Length > 10 && rule.Reason.Length > 10, rule.Id));
        Assert.Equal([], pack.WronglyHinted().Select(wrong => $"{wrong.Hint.Rule}: {wrong.Sentence}"));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    public void Another_language_hints_rightly_and_never_at_its_look_alikes(string language)
    {
        var tally = Tally.Of(Packs.Lines<Sample>(language + ".jsonl"), Packs.Of(language));
        Console.WriteLine($"{language}: {tally}");

        Assert.True(tally is { InnocentHinted: 0, Precision: >= 0.95, Recall: >= 0.9 } && tally.Innocent >= 30, tally + string.Concat(tally.Errors));
    }

    [Theory]
    [InlineData("calm down", "Please Calm  down.", "Calm  down")]
    [InlineData("calm down", "Please calm. Down there it is nice.", null)]
    [InlineData("calm+", "It calmed us.", "calmed")]
    [InlineData("apologise+", "We were apologising.", "apologising")]
    [InlineData("carry+", "He carries it.", "carries")]
    [InlineData("ship+", "It shipped.", "shipped")]
    [InlineData("frustrat*", "Your frustrations", "frustrations")]
    [InlineData("(red|dark blue) car", "the dark blue car", "dark blue car")]
    [InlineData("so [very|quite] late", "so quite late", "so quite late")]
    [InlineData("so [very|quite] late", "so late", "so late")]
    [InlineData("not ... late", "not at all too late", "not at all too late")]
    [InlineData("not ... late", "not at all a bit late", null)]
    [InlineData("not ...5 late", "not at all a bit late", "not at all a bit late")]
    [InlineData("within # days", "within two days", "within two days")]
    [InlineData("within # days", "within 14 days", "within 14 days")]
    [InlineData("^no ,", "No, never. And no, again.", "No,")]
    [InlineData("sorry but", "sorry, but", "sorry, but")]
    [InlineData("drink {drink}", "drink black coffee", "drink black coffee")]
    [InlineData("can not", "We can’t", "can’t")]
    [InlineData("don't", "we do not", "do not")]
    [InlineData("only", "only two left", null, "only two left")]
    [InlineData("only", "only here, and only two left", "only", "only two left")]
    public void Phrases_are_written_without_signs_of_a_programmer(string phrase, string text, string? found, string except = "xyzzy")
    {
        var pack = PhrasePack.Read(Small.Replace("PHRASE", phrase, StringComparison.Ordinal).Replace("EXCEPT", except, StringComparison.Ordinal));

        var hint = Lint.Read(text, DraftContext.Nothing, pack).Hints.FirstOrDefault(hint => hint.Rule == "one");

        Assert.Equal(found, hint is null ? null : text.Substring(hint.Start, hint.Length));
    }

    [Theory]
    [InlineData("(calm down", "Line 9, “one”: the phrase “(calm down” has a bracket that is not closed with “)”. Put it right and try again.")]
    [InlineData("calm] down", "Line 9, “one”: the phrase “calm] down” has a “]” that nothing opened. Put it right and try again.")]
    [InlineData("[calm]", "Line 9, “one”: the phrase “[calm]” needs a word that must be there. Put it right and try again.")]
    [InlineData("calm ...", "Line 9, “one”: the phrase “calm ...” must not end with a gap. Put it right and try again.")]
    [InlineData("a ...99 b", "Line 9, “one”: the phrase “a ...99 b” has a gap that is not of 1 to 8 words. Put it right and try again.")]
    [InlineData("{food} now", "Line 9, “one”: the phrase “{food} now” names the list “food”, which the pack does not have. Put it right and try again.")]
    [InlineData("a ? b", "Line 9, “one”: the phrase “a ? b” has “?”, which holds no word. Put it right and try again.")]
    public void A_bad_phrase_is_refused_with_its_line_and_its_rule(string phrase, string why) => Assert.Equal(why, Refusal(Small.Replace("PHRASE", phrase, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"severity\": 2", "\"severity\": 4", "Line 8, “one”: “severity” must be a whole number from 1 to 3. Put it right and try again.")]
    [InlineData("\"id\": \"one\", ", "", "Line 8: “id” is missing. Put it right and try again.")]
    [InlineData("\"phrases\"", "\"phrase\"", "Line 9, “one”: “phrase” is not a part of a rule; known are id, category, severity, bare, when, reason, better, phrases, except. Put it right and try again.")]
    [InlineData("\"severity\": 2", "\"severity\": 2, \"when\": \"often\"", "Line 8, “one”: “when” knows always, opener_or_twice, without_can, without_commitment, before_resolved, outside_template, twice, not “often”. Put it right and try again.")]
    [InlineData("\"two\": 2", "\"two\": \"many\"", "Line 5: “two” cannot be “many”. Put it right and try again.")]
    [InlineData("\"language\": \"en\"", "\"language\": \"English\"", "Line 2: “language” must be two or three small letters, such as en. Put it right and try again.")]
    [InlineData("\"version\": 1", "\"version\": 0", "Line 2: “version” must be a whole number from 1. Put it right and try again.")]
    public void A_bad_part_is_refused_with_its_line(string part, string worse, string why) => Assert.Equal(why, Refusal(Small.Replace(part, worse, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{ \"language\": \"en\" }")]
    [InlineData("{ \"language\": \"\\ud800\" }")]
    public void What_is_no_pack_is_refused_in_a_sentence(string json) => Assert.Matches("^Line \\d+: .+ Put it right and try again\\.$", Refusal(json));

    [Fact]
    public void A_phrase_that_stands_for_too_much_is_refused_and_does_not_fill_the_memory()
    {
        var refusal = Refusal(Small.Replace("PHRASE", string.Concat(Enumerable.Repeat("(a b|c d|e f) ", 12)), StringComparison.Ordinal));

        Assert.Contains("stands for too many or too long rows of words", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_goes_too_far_shows_in_the_packs_own_innocent_sentences()
    {
        var json = JsonNode.Parse(Small.Replace("PHRASE", "only", StringComparison.Ordinal))!;
        json["innocent"] = new JsonArray("There are only two left.", "All is well.");

        var (sentence, hint) = Assert.Single(PhrasePack.Read(json.ToJsonString()).WronglyHinted());

        Assert.Equal(("There are only two left.", "one"), (sentence, hint.Rule));
    }

    [Fact]
    public void A_damaged_pack_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(20260504);
        var whole = Packs.Text("es");
        for (var round = 0; round < 60; round++)
        {
            var damaged = whole.ToCharArray();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
                damaged[random.Next(damaged.Length)] = "{}[]()|\",:^*+#.x\ud800"[random.Next(17)];
            try
            {
                PhrasePack.Read(new string(damaged));
            }
            catch (Refused refused)
            {
                Assert.StartsWith("Line ", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Refusal(string json) => Assert.Throws<Refused>(() => PhrasePack.Read(json)).Message;
}

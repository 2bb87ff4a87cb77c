using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>The formulas on published counts, exactly; the syllable counter on words, with tolerance.</summary>
public sealed class ReadabilityTests
{
    [Theory]
    [InlineData(6, 1, 6, 116.145, -1.45)]
    [InlineData(5, 1, 7, 83.32, 2.88)]
    [InlineData(16, 1, 24, 63.695, 8.35)]
    [InlineData(16, 1, 23, 68.9825, null)]
    public void Ease_and_grade_are_as_published(int words, int sentences, int syllables, double ease, double? grade)
    {
        var readability = new Readability(words, sentences, syllables, 0);

        Assert.Equal(ease, readability.Ease, 4);
        if (grade is { } expected)
            Assert.Equal(expected, readability.Grade, 4);
    }

    [Fact]
    public void Fog_and_smog_are_as_published()
    {
        var readability = new Readability(5, 1, 7, 1);

        Assert.Equal(10.0, readability.Fog, 6);
        Assert.Equal(8.842, readability.Smog, 3);
    }

    [Theory]
    [InlineData("de", 10, 2, 15, 87.25)]
    [InlineData("fr", 10, 2, 15, 91.525)]
    [InlineData("es", 10, 2, 20, 81.74)]
    public void Other_languages_have_their_own_ease(string language, int words, int sentences, int syllables, double ease) => Assert.Equal(ease, new Readability(words, sentences, syllables, 0, language).Ease, 4);

    [Fact]
    public void An_empty_text_is_zero()
    {
        Assert.All(
            [Readability.None, new(0, 3, 0, 0), new(3, 0, 3, 0), Lint.Read("", DraftContext.Nothing, Packs.English).Readability, Lint.Read(" \n > quoted\n… !", DraftContext.Nothing, Packs.English).Readability],
            empty => Assert.Equal((0, 0, 0, 0, 0), (empty.Ease, empty.Grade, empty.Fog, empty.Smog, empty.MeanSentence)));
    }

    [Fact]
    public void A_contraction_is_one_word_and_a_greeting_is_no_sentence()
    {
        var readability = Lint.Read("Dear Anna,\n\nI can't wait. It's here at 9.30 a.m. on Friday!", DraftContext.Nothing, Packs.English).Readability;

        Assert.Equal((11, 2), (readability.Words, readability.Sentences));
    }

    [Fact]
    public void Syllables_of_common_words_are_counted_right_for_nineteen_in_twenty()
    {
        var wrong = Counted.Where(pair => Syllables.OfEnglish(pair.Word) != pair.Count).Select(pair => $"{pair.Word} {Syllables.OfEnglish(pair.Word)}").ToList();

        Assert.True(Counted.Length >= 150 && wrong.Count * 20 <= Counted.Length, $"{wrong.Count} of {Counted.Length}: {string.Join(", ", wrong)}");
        Assert.All(Counted, pair => Assert.InRange(Syllables.OfEnglish(pair.Word), pair.Count - 1, pair.Count + 1));
    }

    private static readonly (string Word, int Count)[] Counted =
        [.. (
            "1 a box time late light phone sent cost bought through wrong paid right queue door screw dwelled walked called charged moved shipped stopped thanks weeks made sold please voice years days clothes " +
            "2 order parcel broken after lamp-post table little bottle wanted needed waited hinges boxes courier refund return voucher music money driver window contact station cancel promise answer email language because before again about mistake painted houses prices changes noises kitchen ladder hasty weekend picture fixed-up open unread replace receive repaired action bigger notice asking cities lion being science ideal giant " +
            "3 delivered delivery apologise customer company damaged-up replacement invoices beginning family-run correction deposit technician- colleague-ship telephone recommend understand together addresses idea video radio however important manager following yesterday tomorrow amazement government banana cinema museum library condition history direction create-it properly remember reminder holiday assemble internal employer unhappy afternoon another explanations- " +
            "4 apology January February experience information responsible available material identical television definitely community repairable operation temporary necessary understanding unhelpfully " +
            "5 investigation responsibility- communication electricity immediately unacceptable representative- satisfaction- organisation opportunity").Split(' ').Aggregate(
                (Count: 0, Words: new List<(string, int)>()),
                (read, word) =>
                {
                    if (int.TryParse(word, out var count))
                        return (count, read.Words);
                    if (word.All(char.IsLetter))
                        read.Words.Add((word, read.Count));
                    return read;
                }).Words];
}

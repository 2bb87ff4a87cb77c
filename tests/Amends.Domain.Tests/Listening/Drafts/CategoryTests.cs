using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>What a complaint may be about.</summary>
public sealed class CategoryTests
{
    /// <summary>A little below what was measured; the guide says the figures, and what they are worth.</summary>
    [Theory]
    [InlineData("train")]
    [InlineData("held")]
    public void The_category_is_right_for_nearly_all_of_our_short_complaints(string part)
    {
        var all = Shipped.Complaints(part);
        Assert.True(all.Count >= 60);
        var (first, _, group, likely) = Measured(all);
        Assert.True(first >= 0.92 && group >= 0.92 && likely.Right >= 0.95 * likely.Of && likely.Of >= 30, $"first {first:P0}, group {group:P0}, likely {likely}");
    }

    /// <summary>Mails of all trades, of which many fit no shop's categories well, labelled after the words were written: words alone seldom find it, and then say that they are not sure.</summary>
    [Fact]
    public void Of_mails_that_no_word_was_written_for_few_are_found_and_guesses_that_are_called_likely_are_right()
    {
        var all = Shipped.Mails("held");
        Assert.True(all.Count >= 50);
        var (first, three, group, likely) = Measured(all);
        var said = $"first {first:P0}, among three {three:P0}, group {group:P0}, likely {likely}";
        Assert.True(first >= 0.13 && three >= 0.22 && group >= 0.28, said);
        Assert.True(likely.Of <= 6 && likely.Right * 3 >= likely.Of * 2, said);
        Assert.True(all.Average(each => Shipped.Categories.Guess(each.Text).FirstOrDefault()?.Confidence ?? 0) <= first + 0.15, said); // no surer than it may be
    }

    private static (double First, double Three, double Group, (int Of, int Right) Likely) Measured(List<Labelled> all)
    {
        var read = all.Select(each => (each.Category, Guesses: Shipped.Categories.Guess(each.Text))).ToList();
        double Share(Func<(string Category, IReadOnlyList<CategoryGuess> Guesses), bool> right) => read.Count(right) / (double)read.Count;
        var likely = read.Where(each => each.Guesses is [{ Strength: GuessStrength.Likely }, ..]).ToList();
        return (Share(each => each.Guesses is [{ } one, ..] && one.Code == each.Category), Share(each => each.Guesses.Any(guess => guess.Code == each.Category)),
            Share(each => each.Guesses is [{ } one, ..] && one.Code[..3] == each.Category[..3]), (likely.Count, likely.Count(each => each.Guesses[0].Code == each.Category)));
    }

    [Fact]
    public void A_guess_says_by_which_words_and_how_sure_it_is_and_nothing_speaks_for_nothing()
    {
        var guess = Shipped.Categories.Guess("My parcel was left behind the bins in the rain.")[0];
        Assert.Equal("DEL.wrong_place", guess.Code);
        Assert.Contains("left behind the bins in the rain", guess.Words);
        Assert.InRange(guess.Confidence, 0.4, 1);
        Assert.Empty(Shipped.Categories.Guess("Hm."));
        Assert.True(Shipped.Categories.Guess("A box.").All(each => each.Strength == GuessStrength.Faint));
        Assert.All(Shipped.Complaints("held"), each => Assert.InRange(Shipped.Categories.Guess(each.Text, null, 99).Sum(one => one.Confidence), 0, 1.0001));
    }

    [Fact]
    public void Confirmed_cases_of_ones_own_have_a_say_when_there_are_enough_and_they_do_better()
    {
        // A company that sells beds calls a creaking slat PRD.quality; no shipped word knows a slat.
        List<(string, string)> cases = [];
        for (var at = 0; at < 60; at++)
        {
            cases.Add(("PRD.quality", $"The slats creak at night, bed {at}."));
            cases.Add(("VIS.work", $"The headboard was mounted askew by your team, room {at}."));
        }

        Assert.Empty(Shipped.Categories.Guess("The slats creak."));
        var few = OwnCategories.Learn(cases[..40], Shipped.Categories, Shipped.Words);
        Assert.Equal((40, false, 0), (few.Cases, few.Counts, few.Share));
        Assert.Empty(Shipped.Categories.Guess("The slats creak.", few));
        var own = OwnCategories.Learn(cases, Shipped.Categories, Shipped.Words);
        Assert.True(own.Counts && own.Held is { Of: 30, Together: > 25, Shipped: < 10 }, $"{own.Held}");
        Assert.Equal("PRD.quality", Shipped.Categories.Guess("The slats creak.", own)[0].Code);
        Assert.Contains("slats", Shipped.Categories.Guess("The slats creak.", own)[0].Words);

        // Labels by chance teach nothing, and get no say.
        var random = new Random(7);
        List<(string, string)> noise = [.. Enumerable.Range(0, 200).Select(_ => (random.Next(2) == 0 ? "SRV.rude" : "OTH", "My parcel was left behind the bins in the rain."))];
        noise.AddRange(Enumerable.Range(0, 100).Select(_ => ("DEL.wrong_place", "My parcel was left behind the bins in the rain.")));
        var told = OwnCategories.Learn([.. noise.OrderBy(_ => random.Next())], Shipped.Categories, Shipped.Words);
        Assert.True(told.Held is { } held && held.Together <= held.Of && (told.Counts == (held.Together >= held.Shipped)), $"{told.Held}");
    }
}

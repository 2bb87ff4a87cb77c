using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>What a complaint may be about.</summary>
public sealed class CategoryTests
{
    /// <summary>Measured on our labelled complaints; the guide says the figures.</summary>
    [Theory]
    [InlineData("held", 0.75, 0.88)]
    [InlineData("train", 0.75, 0.88)]
    public void The_category_is_right_for_most_of_our_labelled_complaints_and_its_group_for_more(string part, double exact, double group)
    {
        var all = Shipped.Complaints(part).Select(each => (each, guesses: Shipped.Categories.Guess(each.Text))).ToList();
        Assert.True(all.Count >= 60);
        double Share(Func<Labelled, IReadOnlyList<CategoryGuess>, bool> right) => all.Count(each => right(each.each, each.guesses)) / (double)all.Count;
        var (first, three, groups) = (Share((each, guesses) => guesses is [{ } one, ..] && one.Code == each.Category), Share((each, guesses) => guesses.Any(guess => guess.Code == each.Category)), Share((each, guesses) => guesses is [{ } one, ..] && one.Code[..3] == each.Category[..3]));
        var sure = all.Where(each => each.guesses is [{ Strength: GuessStrength.Likely }, ..]).ToList();
        var said = $"{part}: first {first:P0}, among three {three:P0}, group {groups:P0}; of {sure.Count} likely ones {sure.Count(each => each.guesses[0].Code == each.each.Category) / (double)Math.Max(1, sure.Count):P0}. "
            + string.Join("; ", all.Where(each => each.guesses is not [{ } one, ..] || one.Code != each.each.Category).Select(each => $"{each.each.Id} {each.each.Category} as {each.guesses.FirstOrDefault()?.Code}"));
        Assert.True(first >= exact && groups >= group, said);
        Assert.True(sure.Count(each => each.guesses[0].Code == each.each.Category) >= 0.8 * sure.Count, said);
    }

    [Fact]
    public void A_guess_says_by_which_words_and_how_sure_it_is_and_nothing_speaks_for_nothing()
    {
        var guess = Shipped.Categories.Guess("My parcel was left behind the bins in the rain.")[0];
        Assert.Equal("DEL.wrong_place", guess.Code);
        Assert.Contains("behind the bins", guess.Words);
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

using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

public sealed class EmpathyTests
{
    private const string Fridge = "My fridge stopped on Friday night. All the food for my daughter's birthday went bad and I called you three times over the weekend.";
    private const string Train = "I stood on platform 4 in Leeds for two hours in the rain. Nobody said a word about the cancelled train and I missed my sister's wedding rehearsal.";
    private const string Bill = "Since March you have charged me twice a month. I have written four letters about the double charge and my account is overdrawn because of it.";

    [Theory]
    [InlineData(Fridge, "We understand your frustration and apologise for the inconvenience.", "Your fridge stopped on a Friday, the birthday food went bad, and you called us three times over the weekend.")]
    [InlineData(Train, "I can imagine how you must feel. Your experience matters to us.", "Two hours on a wet platform without a word, and then the rehearsal for your sister's wedding missed: that is hard.")]
    [InlineData(Bill, "Thank you for reaching out. We take this very seriously.", "You were charged twice each month since March, and four letters about it changed nothing; your account is overdrawn.")]
    public void Naming_the_customers_own_story_scores_high_and_a_formula_low(string story, string formula, string particular)
    {
        var (low, high) = (Of(story, formula), Of(story, particular));

        Assert.Equal(EmpathyLevel.Generic, low.Level);
        Assert.Equal(EmpathyLevel.Particular, high.Level);
        Assert.True(high.Score >= low.Score + 0.4, $"{low.Score} {high.Score}");
        Assert.All(high.Reflected, word => Assert.InRange(word.Length, 3, 20));
    }

    [Theory]
    [InlineData("Your food has gone bad.", "All the foods were bad")]
    [InlineData("You waited nine days.", "I am waiting 9 days")]
    [InlineData("The deliveries were cancelled.", "You cancelled my delivery")]
    public void Words_are_compared_without_their_endings(string reply, string story) => Assert.True(Of(story, reply).Reflected.Count >= 2);

    [Fact]
    public void Quoting_a_whole_mail_back_is_no_empathy() => Assert.Equal(EmpathyLevel.Generic, Of(Fridge, "> " + Fridge + "\n\nWe will look into it.").Level);

    [Fact]
    public void Without_a_story_it_is_not_judged() => Assert.Equal(EmpathyLevel.Unknown, Of("", "Your fridge stopped on Friday.").Level);

    [Fact]
    public void A_letter_that_would_fit_anybody_is_pointed_out()
    {
        const string Letter = "Hello Ms Berg, thank you for your letter. We have read it with care and a colleague is looking at it now. We will let you know what we found as soon as the check is done and thank you for bearing with us.";

        Assert.Contains(Hints(Fridge, Letter), hint => hint.Rule == "empathy-generic");
        Assert.DoesNotContain(Hints(Fridge, Letter + " Your fridge stopped on Friday and the birthday food went bad."), hint => hint.Rule == "empathy-generic");
    }

    [Fact]
    public void An_empty_formula_weighs_less_beside_something_particular()
    {
        Assert.Equal(2, Severity(Fridge, "I completely understand."));
        Assert.Equal(1, Severity(Fridge, "I completely understand. Your fridge stopped on Friday, and the birthday food went bad."));
        Assert.Equal(1, Severity("", "I completely understand. You called 3 times."));
    }

    private static int Severity(string story, string reply) => Hints(story, reply).Single(hint => hint.Rule == "empty-empathy").Severity;

    private static Empathy Of(string story, string reply) => Lint.Read(reply, new() { CustomerWords = story }, Packs.English).Empathy;

    private static IReadOnlyList<Hint> Hints(string story, string reply) => Lint.Read(reply, new() { CustomerWords = story }, Packs.English).Hints;
}

using Amends.Domain.Contents;
using Amends.Domain.Deadlines;
using Amends.Domain.Hiring;
using Amends.Domain.People;

namespace Amends.Domain.Tests.Contents;

/// <summary>What holds on a day, what a text must have, and who may agree to one.</summary>
public sealed class ContentTests
{
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly ContentItem Rule = new("policy.returns", ContentKind.Policy, "Returns") { Edition = 1, Text = "Thirty days.", Why = "Nobody knows before.", Beyond = "They were ill." };
    private static readonly ContentItem Bank = new("questions.any", ContentKind.Questions, "For all") { Edition = 1, Categories = ["ANY"], Questions = [new("ANY.begin", "How did it begin?")] };
    private static readonly ContentItem Late = new("questions.del", ContentKind.Questions, "Delivery") { Edition = 1, Categories = ["DEL"], Questions = [new("DEL.needed", "What was it for?")] };
    private static readonly ContentItem Letter = new("letter.final", ContentKind.Letter, "Final") { Edition = 1, Letter = LetterKind.Final, Text = "{story} {findings} {agreed}" };

    [Fact]
    public void The_companys_newest_version_that_has_begun_takes_the_place_of_what_ships_until_it_ends()
    {
        ContentItem[] own = [Rule with { Version = 1, Text = "Forty.", EffectiveFrom = Today }, Rule with { Version = 2, Text = "Sixty.", EffectiveFrom = Today.AddDays(2), EffectiveUntil = Today.AddDays(3) }];
        string? On(int days) => ContentInForce.On([Rule, Rule with { Edition = 2, Text = "Shipped anew." }], own, Today.AddDays(days)).Items.FirstOrDefault()?.Text;
        Assert.Equal(["Shipped anew.", "Forty.", "Forty.", "Sixty.", "Sixty.", null], new[] { -1, 0, 1, 2, 3, 4 }.Select(On)); // an end is an end; what ships does not come back
    }

    [Fact]
    public void Questions_come_for_all_first_and_one_that_is_asked_no_more_is_still_known()
    {
        var now = ContentInForce.On([Late, Bank], [Late with { Version = 1, Questions = [new("DEL.where", "Where were you?")] }], Today);
        Assert.Equal(["How did it begin?", "Where were you?"], now.Questions("DEL.late").Select(each => each.Words));
        Assert.Equal(["How did it begin?"], now.Questions(null).Select(each => each.Words));
        Assert.Equal(["How did it begin?"], now.Questions("OTH").Select(each => each.Words));
        Assert.Equal(("What was it for?", null), (now.QuestionOf("DEL.needed"), now.QuestionOf("DEL.never")));
    }

    [Fact]
    public void A_policy_without_categories_is_for_every_case_and_one_with_them_for_those()
    {
        var now = ContentInForce.On([Rule, Rule with { Key = "policy.late", Title = "Late", Categories = ["DEL.late", "VIS"] }], [], Today);
        string On(string? category) => string.Join(',', now.Policies(category).Select(policy => policy.Title));
        Assert.Equal(("Late,Returns", "Returns", "Late,Returns", "Returns"), (On("DEL.late"), On("DEL.lost"), On("VIS.no_show"), On(null)));
    }

    [Fact]
    public void A_letter_that_has_no_version_in_force_goes_out_as_it_ships()
    {
        Assert.Equal("{story} {findings} {agreed}", ContentInForce.On([Letter], [Letter with { Version = 1, Text = "Old.", EffectiveFrom = Today.AddDays(-9), EffectiveUntil = Today.AddDays(-1) }], Today).Letter(LetterKind.Final));
        Assert.Throws<InvalidOperationException>(() => ContentInForce.On([Rule], [], Today).Letter(LetterKind.Final));
    }

    [Theory]
    [InlineData(LetterKind.Final, "You told us {story}. {agreed}", "This letter must say what we found on each thing, and why. Put {findings} where it belongs.")]
    [InlineData(LetterKind.NotUpheld, "{findings} {agreed}", "Put {story} where it belongs.")]
    [InlineData(LetterKind.SummaryResolution, "{story}", "Put {agreed} where it belongs.")]
    [InlineData(LetterKind.Update, "{done}", "Put {next} where it belongs.")]
    [InlineData(LetterKind.Holding, "It takes longer, {customer}.", "There is nothing that “{customer}” stands for. This letter knows {company}, {number}, {person}.")]
    [InlineData(LetterKind.Acknowledgement, "We have your complaint.", "Keep the thanks in it")]
    public void A_template_that_loses_what_its_letter_must_say_is_refused_with_a_sentence(LetterKind kind, string text, string words)
    {
        var no = Assert.Throws<Refused>(() => (Letter with { Letter = kind, Text = text }).MustBeWhole());
        Assert.Equal("text", no.Code);
        Assert.Contains(words, no.Message);
    }

    [Fact]
    public void A_template_is_filled_in_one_pass_and_a_paragraph_for_which_there_is_nothing_is_left_out()
    {
        var says = new Dictionary<string, string?> { ["story"] = "It said {findings} on the box.\n", ["findings"] = "You are right.", ["agreed"] = null };
        Assert.Equal("Thanks.\n\nYou told us:\nIt said {findings} on the box.\n\nYou are right.", LetterTemplate.Fill("Thanks.\r\n\r\nYou told us:\r\n{story}\r\n\r\n\r\n{findings}\r\n\r\nWe agreed: {agreed}", says));
        Assert.Equal("An {unknown place} stays", LetterTemplate.Fill("An {unknown place} stays", says));
        Assert.Equal("Half a { brace", LetterTemplate.Fill("Half a { brace", says));
    }

    [Fact]
    public void What_is_missing_in_a_text_is_named()
    {
        Refusal(Rule with { Title = " " }, "title");
        Refusal(Rule with { Why = "" }, "policy_why");
        Refusal(Rule with { Beyond = "" }, "beyond");
        Refusal(Rule with { Text = new string('x', 2001) }, "text");
        Refusal(Bank with { Questions = [] }, "questions");
        Refusal(Bank with { Questions = [new("ANY.a", "Tell me.")] }, "questions");
        Refusal(Bank with { Questions = [new("ANY.a", "Why?"), new("ANY.b", "why?")] }, "questions");
        Refusal(Letter with { EffectiveUntil = Today }, "effective_until");
        Refusal(new("extra.tea", ContentKind.Extra, "Tea") { CostMinor = -1, WorthMinor = 1 }, "cost");
        Refusal(new("extra.tea", ContentKind.Extra, "Tea") { WorthMinor = 0 }, "worth");
        var situation = new HiringQuestion("The quiet one", "A mail of one line.", "What do you ask?", ["They ask"], ["one", "two", "three", "four"]);
        Refusal(new("hiring.kit", ContentKind.Hiring, "Kit") { Situations = [situation with { Guide = ["one"] }] }, "situations");
        Refusal(new("hiring.kit", ContentKind.Hiring, "Kit") { Situations = [situation with { Listen = [] }] }, "situations");
        Assert.All((ContentItem[])[Rule, Bank, Letter, new("extra.tea", ContentKind.Extra, "Tea") { WorthMinor = 1 }, new("hiring.kit", ContentKind.Hiring, "Kit") { Situations = [situation] }], item => item.MustBeWhole());

        static void Refusal(ContentItem item, string code) => Assert.Equal(code, Assert.Throws<Refused>(item.MustBeWhole).Code);
    }

    [Fact]
    public void A_second_person_from_manager_on_decides_unless_nobody_else_is_there()
    {
        var (jo, marta, owen) = (Actor.Person(1, "Jo", Role.Lead), Actor.Person(2, "Marta", Role.Manager), Actor.Person(3, "Owen", Role.Owner));
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => Agreement.ToDecide(true, null, jo, 2, false)).Code);
        Assert.Equal("second_person", Assert.Throws<Refused>(() => Agreement.ToDecide(true, null, marta, 2, false)).Code);
        Assert.Equal("why_not", Assert.Throws<Refused>(() => Agreement.ToDecide(false, " ", owen, 2, false)).Code);
        Assert.Equal((null, "Too vague.", null), (Agreement.ToDecide(true, "ignored", owen, 2, false), Agreement.ToDecide(false, " Too vague. ", owen, 2, false), Agreement.ToDecide(true, null, owen, 3, true)));
        Assert.Equal("effective_from", Assert.Throws<Refused>(() => Agreement.ToPropose(Rule with { EffectiveFrom = Today.AddDays(-1) }, "Why", Today)).Code);
        Assert.Equal("effective_until", Assert.Throws<Refused>(() => Agreement.ToPropose(Rule with { EffectiveFrom = Today, EffectiveUntil = Today.AddDays(-1) }, "Why", Today)).Code);
        Assert.Equal("why", Assert.Throws<Refused>(() => Agreement.ToPropose(Rule with { EffectiveFrom = Today }, "", Today)).Code);
    }

    [Theory]
    [InlineData("You have 30 days.", "You have 60 days.", "You have [30 ]days.", "You have [60 ]days.")]
    [InlineData("One.\nTwo.", "One.\nTwo.\nThree.", "One.\nTwo.", "One.\nTwo.[\nThree.]")]
    [InlineData("", "All new", "", "[All new]")]
    [InlineData("All gone", "", "[All gone]", "")]
    [InlineData("The same", "The same", "The same", "The same")]
    public void Two_texts_are_compared_word_by_word(string before, string after, string old, string now)
    {
        var (left, right) = WordDiff.Of(before, after);
        static string Marked(IEnumerable<WordDiff.Piece> pieces) => string.Concat(pieces.Select(piece => piece.Differs ? $"[{piece.Words}]" : piece.Words));
        Assert.Equal((old, now), (Marked(left), Marked(right)));
        Assert.Equal((before, after), (string.Concat(left.Select(piece => piece.Words)), string.Concat(right.Select(piece => piece.Words))));
    }
}

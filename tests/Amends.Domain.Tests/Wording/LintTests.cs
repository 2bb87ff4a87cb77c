using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>What the lint finds beside phrases, and when a phrase counts.</summary>
public sealed class LintTests
{
    private static readonly DateOnly Monday = new(2026, 5, 4);

    [Theory]
    [InlineData("Dear ,\n\nyour lamp is here.")]
    [InlineData("Dear\n\nYour lamp is here.")]
    [InlineData("Dear {name},")]
    [InlineData("Dear {{customer.first_name}},\nyour lamp is here.")]
    [InlineData("Hi %FIRSTNAME%,")]
    [InlineData("Hello <name>!")]
    [InlineData("Dear null,")]
    [InlineData("Dear Mr Unknown,")]
    [InlineData("Dear Mrs ,")]
    [InlineData("Dear ____,")]
    [InlineData("Dear XXX,")]
    [InlineData("\n> quoted\n\nDear [First name],")]
    [InlineData("Hello Anna,\n\nyour lamp comes on {date}.")]
    [InlineData("Hello Anna, your code is [[code]].")]
    public void A_blank_can_never_be_sent(string text)
    {
        var report = Lint.Read(text, new() { Names = ["Anna Berg"] }, Packs.English);

        Assert.True(report.Blocks);
        Assert.All(report.Hints.Where(hint => hint.Blocks), hint => Assert.Equal(3, hint.Severity));
    }

    [Theory]
    [InlineData("Dear Anna,")]
    [InlineData("Hello,")]
    [InlineData("Hello! Your lamp is here.")]
    [InlineData("Dear customer,")]
    [InlineData("Dear Sir or Madam,")]
    [InlineData("Use code {} in the shop; a [sic] b; 5 < 6 and 50% off.")]
    [InlineData("> Dear {name},\n\nHello Anna,")]
    [InlineData("I hold you dear, and dear to us is also your cat.")]
    public void A_greeting_without_a_blank_can(string text) => Assert.False(Lint.Read(text, new() { Names = ["Anna Berg"] }, Packs.English).Blocks);

    [Theory]
    [InlineData("Dear Ms Müller,", Salutation.Named, null)]
    [InlineData("Hello Renate Müller,", Salutation.Named, null)]
    [InlineData("Dear Ms Muller,", Salutation.Misspelt, "name-misspelt")]
    [InlineData("Dear Renata,", Salutation.Misspelt, "name-misspelt")]
    [InlineData("Dear müller,", Salutation.Misspelt, "name-misspelt")]
    [InlineData("Dear Mr Okafor,", Salutation.Other, "name-other")]
    [InlineData("Dear customer,", Salutation.Neutral, "name-neutral")]
    [InlineData("Your lamp is here.", Salutation.None, null)]
    [InlineData("Hello from the workshop.", Salutation.Neutral, null)]
    [InlineData("Hello? Is the lamp there?", Salutation.Neutral, "name-neutral")]
    [InlineData("Dear Mr and Mrs Müller,", Salutation.Named, null)]
    public void A_name_is_compared_with_the_one_that_is_kept(string text, Salutation expected, string? rule)
    {
        var report = Lint.Read(text, new() { Names = ["Renate Müller", "Ms Müller"] }, Packs.English);

        Assert.Equal(expected, report.Salutation);
        Assert.Equal(rule, report.Hints.Select(hint => hint.Rule).FirstOrDefault(found => found.StartsWith("name", StringComparison.Ordinal)));
        Assert.Equal(expected == Salutation.Named, report.Has(MarkerKind.Name));
    }

    [Fact]
    public void A_name_that_is_not_known_is_not_judged() => Assert.Equal(Salutation.Unchecked, Lint.Read("Dear Anna,", DraftContext.Nothing, Packs.English).Salutation);

    [Theory]
    [InlineData("I will ring you on Friday.", null)]
    [InlineData("I will ring you on Thursday.", "day-earlier")]
    [InlineData("I will ring you on 12 May.", "day-later")]
    [InlineData("I will ring you by 3 May.", "day-past")]
    [InlineData("I will ring you on Saturday, 8 May.", "weekday-wrong")]
    [InlineData("The new lamp will arrive on 11 May 2026.", null)]
    [InlineData("The new lamp will arrive on 13 May.", "day-later")]
    [InlineData("The painter will come on 20 June.", "day-new")]
    [InlineData("You wrote to us on 3 May.", null)]
    [InlineData("On 3 May the van broke down.", null)]
    [InlineData("> I will ring you on 12 May.", null)]
    public void Days_are_compared_with_the_promise_board(string text, string? rule)
    {
        var context = new DraftContext { Today = Monday, NextContact = new(2026, 5, 8), Promised = [new(new(2026, 5, 11), "The new lamp is delivered")] };

        Assert.Equal(rule, Lint.Read(text, context, Packs.English).Hints.Select(hint => hint.Rule).FirstOrDefault(found => found.StartsWith("day", StringComparison.Ordinal) || found.StartsWith("weekday", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_announced_must_be_there()
    {
        const string Text = "I have attached the label. Please use this link to choose a day: ";

        Assert.Equal(["attachment-missing", "link-missing"], Announced(Text, DraftContext.Nothing));
        Assert.Equal([], Announced(Text + "https://example.org/slots", new() { Attachments = ["label.pdf"] }));
        Assert.Equal([], Announced(Text, new() { Attachments = ["label.pdf"], HasLink = true }));
    }

    [Fact]
    public void Quoted_words_of_the_customer_are_not_ours()
    {
        const string Said = "Your man told me: calm down, it's company policy!";

        Assert.Equal([], Rules("> calm down, it's company policy!!\n\nThat should not have been said.", Said));
        Assert.Equal([], Rules("You heard “calm down, it's company policy” at the door, and that was wrong of us.", Said));
        Assert.Equal(["calm"], Rules("My colleague said “calm down now” to you.", Said));
        Assert.Empty(Lint.Read("calm down", new() { Quoted = [new(0, 9)] }, Packs.English).Hints);
        Assert.NotEmpty(Lint.Read("calm down", new() { Quoted = [new(-5, 3), new(200, int.MaxValue)] }, Packs.English).Hints);
    }

    [Fact]
    public void Care_needs_a_commitment_that_follows_in_the_same_message()
    {
        const string Formula = "Your complaint is very important to us.";

        Assert.Equal(["care-formula"], Rules(Formula));
        Assert.Equal(["care-formula"], Rules(Formula + " We will do our best."));
        Assert.Equal(["care-formula"], Rules("I'm calling the depot today. That is that. " + Formula));
        Assert.Equal([], Rules(Formula + "\n\nI'm calling the depot now and will ring you by 4 pm."));
    }

    [Fact]
    public void A_limit_needs_a_can_in_its_paragraph_and_a_reason_beside_it()
    {
        Assert.Equal(["cant-first"], Rules("We can't send it by post."));
        Assert.Equal([], Rules("We can't send it by post, but a driver can bring it."));
        Assert.Equal(["cant-first"], Rules("We can't send it by post.\n\nA driver can bring it."));
        Assert.Equal([], Rules("I can bring it.\n\nI have sent it. We can't mend the old lid."));

        const string Long = "Hello Ms Berg, thank you for the photos of the lid. I can send you a new lid today, and it will be with you on Thursday before noon. We can't repair the old one{0}. Please tell me whether Thursday suits you.";
        var bare = Lint.Read(Long.Replace("{0}", "", StringComparison.Ordinal), DraftContext.Nothing, Packs.English).Limits;
        var reasoned = Lint.Read(Long.Replace("{0}", " because the hinge is cast in one piece", StringComparison.Ordinal), DraftContext.Nothing, Packs.English).Limits;
        Assert.True(bare is { CanFirst: true, EveryCantHasACan: true, Cants: 1, WithoutReason.Count: 1 });
        Assert.True(reasoned is { CanFirst: true, Cants: 1, WithoutReason.Count: 0 });
    }

    [Theory]
    [InlineData("The red one is, unfortunately, gone.", 0)]
    [InlineData("Unfortunately the red one is gone.", 1)]
    [InlineData("Hi Tom, unfortunately the red one is gone.", 1)]
    [InlineData("The red one is unfortunately gone, and the blue one unfortunately too.", 2)]
    public void Bad_news_counts_as_an_opener_or_when_it_comes_twice(string text, int hints) => Assert.Equal(hints, Lint.Read(text, DraftContext.Nothing, Packs.English).Hints.Count(hint => hint.Rule == "unfortunately"));

    [Fact]
    public void Some_words_are_fine_once_it_is_put_right_or_in_a_template()
    {
        Assert.Contains("anything-else", Rules("Is there anything else I can do?"));
        Assert.DoesNotContain(Lint.Read("Is there anything else I can do?", new() { Resolved = true }, Packs.English).Hints, hint => hint.Rule == "anything-else");
        Assert.Contains("threat-final", Rules("This is a final warning."));
        Assert.DoesNotContain(Lint.Read("This is a final warning.", new() { FromTemplate = true }, Packs.English).Hints, hint => hint.Rule == "threat-final");
    }

    [Fact]
    public void Issues_that_the_letter_does_not_take_up_are_named()
    {
        const string Letter = "Hello Ms Berg, I have looked at the scratched table top with the workshop, and a new one leaves us on Thursday. The driver takes the old one along, and I will ring you on Friday to hear whether all is well.";
        var context = new DraftContext { Issues = [new(1, "Scratched table top", false), new(2, "Rude call from the branch", false), new(3, "Wrong invoice", true)] };

        var report = Lint.Read(Letter, context, Packs.English);

        Assert.Equal([2], report.Unanswered.Select(issue => issue.Id));
        Assert.Contains(report.Hints, hint => hint.Rule == "issue-open" && hint.Reason.Contains("Rude call", StringComparison.Ordinal));
        Assert.Empty(Lint.Read(Letter + " The call from the branch was rude, and the head of it will ring you.", context, Packs.English).Unanswered);
    }

    [Fact]
    public void A_good_letter_has_every_marker_and_not_one_hint()
    {
        const string Letter = """
            Hello Anna,

            Thank you for the photos of the crack. Your fridge stopped on Friday, the birthday food went bad, and you called us three times: that cost you a whole weekend, and it was infuriating. This was our fault. The cooler failed because we had fitted the wrong fuse.

            I can offer you two ways:
            - I bring a new fridge on Tuesday at nine.
            - Or I refund 480 euros today.

            We now test each fuse before a fridge leaves us. I will call you on Monday by phone, whatever you choose. I'm sorry for the weekend.

            Jo
            """;
        var report = Lint.Read(Letter, new() { Names = ["Anna Berg"], CustomerWords = "My fridge stopped on Friday and the birthday food went bad. I called three times.", Owner = "Jo Marsh", Decision = Issues.Finding.Upheld }, Packs.English);

        Assert.Equal([], report.Hints.Select(hint => hint.Rule));
        Assert.Equal([], report.Markers.Where(marker => !marker.Found).Select(marker => marker.Kind));
        Assert.True(report.Apology.IsEnough);
        Assert.True(report.Readability.IsPlain);
    }

    [Fact]
    public void Hints_for_the_whole_draft_come_first_and_the_others_in_the_order_of_the_text()
    {
        var hints = Lint.Read("Calm down. I'm sorry if you feel that way!! " + string.Concat(Enumerable.Repeat("The lamp was in the box that stood on the shelf. ", 4)), new() { Decision = Issues.Finding.Upheld }, Packs.English).Hints;

        Assert.Equal(hints.OrderBy(hint => hint.Length > 0).ThenBy(hint => hint.Start).Select(hint => hint.Rule), hints.Select(hint => hint.Rule));
        Assert.Equal(0, hints[0].Length);
        Assert.Equal(["calm", "non-apology", "exclamations"], hints.Where(hint => hint.Length > 0).Select(hint => hint.Rule));
    }

    [Fact]
    public void In_another_language_only_what_needs_no_words_is_read()
    {
        var report = Lint.Read("Calm down, unfortunately we can't!!\n{name}", new() { Language = "pl-PL" }, Packs.English);

        Assert.Equal(["exclamations", "placeholder"], report.Hints.Select(hint => hint.Rule));
        Assert.Contains(Lint.Read("Calm down", new() { Language = "en-GB" }, Packs.English).Hints, hint => hint.Rule == "calm");
    }

    [Theory]
    [InlineData("The return number (RMA) is 7.", 0)]
    [InlineData("Your RMA (return number) is 7.", 0)]
    [InlineData("Your RMA is 7, and the RMA is valid.", 1)]
    [InlineData("Your order RMA-77 is here.", 0)]
    [InlineData("Send the PDF by DHL to the UK.", 0)]
    public void An_abbreviation_is_explained_once(string text, int hints) => Assert.Equal(hints, Lint.Read(text, DraftContext.Nothing, Packs.English).Hints.Count(hint => hint.Rule == "acronym"));

    private static List<string> Rules(string text, string said = "") => [.. Lint.Read(text, new() { CustomerWords = said }, Packs.English).Hints.Where(hint => hint.Length > 0).Select(hint => hint.Rule).Distinct()];

    private static List<string> Announced(string text, DraftContext context) => [.. Lint.Read(text, context, Packs.English).Hints.Select(hint => hint.Rule).Where(rule => rule.EndsWith("-missing", StringComparison.Ordinal))];
}

using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>Several issues in one message.</summary>
public sealed class IssueSplitTests
{
    private static string[] Of(string text, params string[] raised) => [.. ProposedIssue.Of(Shipped.Said(text), raised, Shipped.Categories, null, Shipped.Words).Select(issue => issue.Words)];

    [Fact]
    public void Points_of_a_list_are_issues_of_their_own() =>
        Assert.Equal(["The lid is cracked.", "The cord was missing from the box.", "Nobody answered my two emails."],
            Of("Hello,\nI am not happy with the kettle:\n1. The lid is cracked.\n2. The cord was missing from the box.\n3. Nobody answered my two emails.\nPlease sort it out.\nRegards\nAnna")[^3..]);

    [Fact]
    public void What_begins_with_also_or_another_thing_is_an_issue_without_that_word()
    {
        var found = Of("The mirror arrived smashed in a hundred pieces. Also, I was charged twice for it. And another thing: your driver was rude and shouted at my mother.");
        Assert.Equal(["The mirror arrived smashed in a hundred pieces.", "I was charged twice for it.", "your driver was rude and shouted at my mother."], found);
    }

    [Fact]
    public void A_paragraph_about_something_else_is_one_and_a_paragraph_about_the_same_is_not()
    {
        Assert.Equal(2, Of("My parcel was left behind the bins in the rain although I was at home.\n\nYour website has been down all weekend, so I could not even complain online.").Length);
        Assert.Single(Of("My parcel was left behind the bins in the rain although I was at home.\n\nThe neighbour found the parcel behind the bins, left in the rain.\n\nI look forward to hearing from you."));
    }

    [Fact]
    public void What_was_raised_already_is_not_proposed_again_and_praise_raises_nothing()
    {
        const string Two = "The mirror arrived smashed in a hundred pieces. Also, I was charged twice for it.";
        Assert.Equal(["I was charged twice for it."], Of(Two, "The mirror arrived smashed"));
        Assert.Empty(Of("What a lovely cake. Thank you so much, we enjoyed every crumb."));
    }

    [Fact]
    public void Each_issue_has_a_guess_of_its_own() =>
        Assert.Equal(["DEL.damaged", "PRC.double_charge"], ProposedIssue.Of(Shipped.Said("The mirror arrived smashed in a hundred pieces. Also, I was charged twice for it."), [], Shipped.Categories, null, Shipped.Words).Select(issue => issue.Guess!.Code));
}

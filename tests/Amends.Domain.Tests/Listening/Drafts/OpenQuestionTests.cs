using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>What the customer asked, and whether somebody answered.</summary>
public sealed class OpenQuestionTests
{
    [Fact]
    public void A_question_is_open_until_a_later_reply_speaks_of_it()
    {
        const string Theirs = "The sofa is torn. When does the fitter come to repair it? Do I have to pay for the new fabric? Are you serious? Please let me know whether the leg is under warranty, too.";
        string[] Open(params string[] later) => [.. OpenQuestions.Of(Shipped.Said([Theirs, .. later]), [], Shipped.Words).Where(each => each.IsOpen).Select(each => each.Words)];

        Assert.Equal(["When does the fitter come to repair it?", "Do I have to pay for the new fabric?", "Please let me know whether the leg is under warranty, too."], Open());
        Assert.Equal(3, Open(">Thank you for your mail, we look into it.").Length);
        Assert.Equal(["Please let me know whether the leg is under warranty, too."], Open(">The fitter comes on Monday for the repair. You pay nothing for the fabric."));
        Assert.Empty(Open(">The fitter comes on Monday. The new fabric is not yours to pay.", "#Told her that the leg is under warranty until May."));
    }

    [Fact]
    public void What_was_asked_before_a_reply_is_not_answered_by_an_earlier_one_and_one_that_is_asked_again_is_open_again()
    {
        var said = Shipped.Said(">Your refund of the delivery fee is on its way.", "When will you refund the delivery fee?");
        Assert.True(OpenQuestions.Of(said, [], Shipped.Words)[0].IsOpen);

        var again = OpenQuestions.Of(Shipped.Said("When will you refund the delivery fee?", ">The refund of your delivery fee goes out on Friday.", "Nothing came. When will you refund the delivery fee?"), [], Shipped.Words);
        Assert.Equal((1, 2, 3L, true), (again.Count, again[0].Times, again[0].MessageId, again[0].IsOpen));
    }

    [Fact]
    public void A_short_question_is_about_what_stands_before_it_and_a_quote_answers()
    {
        const string Theirs = "You cancelled my bench without a word. Why?";
        Assert.True(OpenQuestions.Of(Shipped.Said(Theirs, ">Thank you for your patience."), [], Shipped.Words)[0].IsOpen);
        var answer = OpenQuestions.Of(Shipped.Said(Theirs, ">The bench was cancelled because the wood had cracks."), [], Shipped.Words)[0].Answer!;
        Assert.Equal((AnswerSign.SameWords, 2L), (answer.How, answer.MessageId));
        Assert.Equal(AnswerSign.Quoted, OpenQuestions.Of(Shipped.Said("Is it safe?", ">You ask: “Is it safe?” Yes."), [], Shipped.Words)[0].Answer is { } quoted ? quoted.How : AnswerSign.Said);
    }

    [Fact]
    public void What_one_of_us_says_counts_more_than_words()
    {
        var said = Shipped.Said("When will you refund the delivery fee? Who pays for the post?", ">The refund of your delivery fee goes out on Friday.");
        var found = OpenQuestions.Of(said, [], Shipped.Words);
        Assert.Equal([false, true], found.Select(each => each.IsOpen));
        var marked = OpenQuestions.Of(said, [new(found[0].Key, false, "Jo"), new(found[1].Key, true, "Jo")], Shipped.Words);
        Assert.Equal([true, false], marked.Select(each => each.IsOpen));
        Assert.Equal((AnswerSign.Said, "Jo"), (marked[1].Answer!.How, marked[1].Answer!.By));
    }
}

using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>A summary from sentences that were really written.</summary>
public sealed class SummaryDraftTests
{
    private const string Bookcase =
        "Dear Sir or Madam,\n\nI hope you are well. The bookcase (order 48811-K) came on Thursday and the bag with the shelf pins was missing. I have four lovely shelves leaning against the wall now. " +
        "My daughter's birthday is on Saturday and her room is full of boxes. Could you please post me sixteen pins before then?\n\nKind regards,\nTom Abernathy\n14 Mill Lane";

    [Fact]
    public void What_happened_what_matters_and_what_was_promised_are_their_sentences_and_ours()
    {
        var said = Shipped.Said(Bookcase, ">Dear Tom,\n\nthank you for telling us. I will send the pins by courier today, and they are with you on Friday.\n\nJo");
        var draft = SummaryDraft.Of(said, [(1, "whether the pins have come", said[0].Message.At, true)], Shipped.Words);

        Assert.Equal("The bookcase (order 48811-K) came on Thursday and the bag with the shelf pins was missing.", draft.Happened[0].Words);
        Assert.Contains("Could you please post me sixteen pins before then?", draft.Matters.Select(each => each.Words));
        Assert.Equal([(DraftSource.Promise, "whether the pins have come"), (DraftSource.OurMessage, "I will send the pins by courier today, and they are with you on Friday.")], draft.Promised.Select(each => (each.Source, each.Words)));
        Assert.All(draft.Happened.Concat(draft.Matters), each => Assert.Equal((DraftSource.Customer, 1L), (each.Source, each.Id)));
        Assert.Contains(DraftReason.Number, draft.Happened[0].Reasons);
        Assert.Contains(DraftReason.Problem, draft.Happened[0].Reasons);
        Assert.DoesNotContain(draft.Happened.Concat(draft.Matters), each => each.Words.Contains("regards", StringComparison.OrdinalIgnoreCase) || each.Words.Contains("Mill Lane", StringComparison.Ordinal) || each.Words.Contains("Dear", StringComparison.Ordinal) || each.Words.Contains("well", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_is_not_said_twice_and_a_question_is_not_what_happened()
    {
        var said = Shipped.Said("The tap drips. The tap is dripping again. The tap drips and drips. Since Monday the kitchen floor is wet, too. Why does nobody call?", "The tap still drips.");
        var draft = SummaryDraft.Of(said, [], Shipped.Words);
        Assert.Single(draft.Happened, each => each.Words.Contains("tap", StringComparison.Ordinal));
        Assert.Contains("Since Monday the kitchen floor is wet, too.", draft.Happened.Select(each => each.Words));
        Assert.DoesNotContain(draft.Happened, each => each.Words.EndsWith('?'));
    }

    [Fact]
    public void Quoted_lines_greetings_and_what_stands_below_the_name_are_left_out_and_wrapped_lines_stay_one_sentence()
    {
        var said = Shipped.Said("Hello Jo, the lamp that I bought from you in the spring has stopped working and the\nShop in Leeds would not take it back.\n> You wrote: we are sorry.\nMr. Hale said on 3.5. that e.g. the bulb broke. It did not!\n-- \nTom\nSent from my phone");
        Assert.Equal(["the lamp that I bought from you in the spring has stopped working and the Shop in Leeds would not take it back.", "Mr. Hale said on 3.5. that e.g. the bulb broke.", "It did not!"], said[0].Sentences.Select(each => said[0].Quote(each.Start, each.End)));
    }

    [Fact]
    public void Nothing_written_is_an_empty_draft_and_one_word_is_no_sentence()
    {
        Assert.True(SummaryDraft.Of([], [], Shipped.Words).IsEmpty);
        Assert.True(SummaryDraft.Of(Shipped.Said("Help!", ">Hello."), [], Shipped.Words).IsEmpty);
    }

    [Fact]
    public void A_sentence_without_an_end_is_cut_at_a_word_and_says_so()
    {
        var draft = SummaryDraft.Of(Shipped.Said("The parcel is broken " + string.Join(' ', Enumerable.Repeat("and broken", 80))), [], Shipped.Words);
        var only = Assert.Single(draft.Happened);
        Assert.True(only.IsCut && only.Words.Length <= 300 && only.Words.EndsWith("broken", StringComparison.Ordinal) | only.Words.EndsWith("and", StringComparison.Ordinal));
    }
}

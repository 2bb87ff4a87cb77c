using System.Text;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>Whatever was written: nothing is thrown, the answer is the same again, and no word is invented.</summary>
public sealed class AnyCaseTests
{
    private static readonly string[] Pieces =
    [
        "The lamp broke", "Also, ", "and another thing", "1. ", "2) ", "- ", "(a) ", "Dear Jo,", "Hello", "Kind regards,", "-- ", "> ", "?", "!", ".", "...", "…", ",", " ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u00a0", "Why", "when will you", "let me know", "I want", "please", "my birthday", "€12.50", "order 48811-K",
        "not arrived", "charged twice", "we will send it by Friday", "can't", "won't", "it's", "’", "'", "'s", "n't", "“", "”", "\"", "Mr.", "e.g.", "3.5.", "\u0301", "\ud83d\ude00", "\ud83d", "\ude00", "\0", "ß", "İ", "ﬁ", "हिन्दी", "你好。", "مرحبا", "Warum kommt nichts?", "a", "i", "7", "--", "*", "•", "{", "}",
    ];

    [Fact]
    public void Nothing_is_thrown_each_sentence_is_a_stretch_of_its_source_and_the_same_comes_again()
    {
        var random = new Random(11);
        for (var round = 0; round < 1500; round++)
        {
            var messages = Enumerable.Range(0, random.Next(5)).Select(_ => (random.Next(4) switch { 0 => ">", 1 => "#", _ => "" }) + Some(random, random.Next(50))).ToArray();
            var said = Shipped.Said(messages);
            var sources = said.ToDictionary(each => each.Message.Id, each => SaidText.Folded(each.Message.Text));
            var promise = Some(random, random.Next(6));
            var draft = SummaryDraft.Of(said, [(1, promise, default, true)], Shipped.Words);

            foreach (var sentence in draft.Happened.Concat(draft.Matters).Concat(draft.Promised))
                Assert.Contains(sentence.Words, sentence.Source == DraftSource.Promise ? SaidText.Folded(promise) : sources[sentence.Id], StringComparison.Ordinal);
            Assert.True(draft.Happened.Count <= 3 && draft.Matters.Count <= 2 && draft.Promised.Count <= 2);
            var questions = OpenQuestions.Of(said, [], Shipped.Words);
            Assert.All(questions, question => Assert.Contains(question.Words, sources[question.MessageId], StringComparison.Ordinal));
            Assert.Equal(questions.Count, questions.Select(question => question.Key).Distinct().Count());
            var issues = ProposedIssue.Of(said, ["The lamp"], Shipped.Categories, null, Shipped.Words);
            Assert.All(issues, issue => Assert.Contains(issue.Words, sources[issue.MessageId], StringComparison.Ordinal));
            Assert.All(issues, issue => Assert.InRange(issue.Words.Length, 1, Case.LongestIssue));

            var again = Shipped.Said(messages);
            Assert.Equal(SummaryDraft.Of(again, [(1, promise, default, true)], Shipped.Words).Happened.Select(each => each.Words), draft.Happened.Select(each => each.Words));
            Assert.Equal(ProposedIssue.Of(again, ["The lamp"], Shipped.Categories, null, Shipped.Words).Select(each => each.Words), issues.Select(each => each.Words));
        }
    }

    [Fact]
    public void Long_texts_are_cut_and_many_hits_are_bounded()
    {
        foreach (var piece in (string[])["Why? ", "Also ", "1. broken\n", "broken ", "? ", "a", "charged twice ", "\n> x", "Dear ", "x\n\n", "I want it. ", "'", "not "])
        {
            var text = new StringBuilder().Insert(0, piece, 200_000 / piece.Length).ToString();
            var said = Shipped.Said([.. Enumerable.Repeat(text, 4), ">" + text]);
            Assert.InRange(SummaryDraft.Of(said, [], Shipped.Words).Happened.Count, 0, 3);
            Assert.InRange(OpenQuestions.Of(said, [], Shipped.Words).Count, 0, 20);
            Assert.InRange(ProposedIssue.Of(said, [], Shipped.Categories, null, Shipped.Words).Count, 0, 8);
            Assert.InRange(Shipped.Categories.Guess(text).Count, 0, 3);
            Assert.InRange(new Likeness([text, text], Shipped.Words).Between(text, text).Score, 0, 1);
            Assert.InRange(Likeness.Telling(text, 6, Shipped.Words).Count, 0, 6);
        }
    }

    [Fact]
    public void Phrases_for_replies_leave_a_sentence_out_for_which_there_is_nothing_and_no_brace_is_left()
    {
        foreach (var phrase in Shipped.Phrases)
        {
            Assert.NotEmpty(phrase.Stages);
            foreach (var state in new CaseState[] { new(), new() { CustomerName = "Amara Okafor", WantedOutcome = "A lid {name}" } })
                Assert.DoesNotMatch(@"\{(name|what)\}(?!\S)", phrase.For(state).Replace("A lid {name}", "", StringComparison.Ordinal));
        }

        Assert.Equal("I look after this from now on, until it is put right.", Shipped.Phrases.Single(each => each.Key == "heard").For(new CaseState()));
        Assert.StartsWith("Thank you for telling us, Amara.", Shipped.Phrases.Single(each => each.Key == "heard").For(new CaseState { CustomerName = "Amara Okafor" }), StringComparison.Ordinal);
    }

    private static string Some(Random random, int pieces) => string.Concat(Enumerable.Range(0, pieces).Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(3) == 0 ? "" : " ")));
}

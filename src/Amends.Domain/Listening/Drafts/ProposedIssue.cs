namespace Amends.Domain.Listening.Drafts;

/// <summary>Something that went wrong, as the customer wrote it, to be taken over by one of us.</summary>
/// <param name="Words">A sentence of theirs, or what follows "also".</param>
/// <param name="MessageId">The message; 0 for the story that the case began with.</param>
/// <param name="At">When they wrote it.</param>
/// <param name="Guess">What it may be about; <c>null</c> when no word tells.</param>
/// <param name="Start">How it stands apart.</param>
public sealed record ProposedIssue(string Words, long MessageId, DateTimeOffset At, CategoryGuess? Guess, IssueStart Start)
{
    private const int MostIssues = 8, LongestIssue = 400;

    /// <summary>A guess below this is none.</summary>
    private const double Sure = 0.35;

    private const double SameWords = 0.5, Raised = 0.6;

    /// <summary>The issues that a customer's messages may hold: points of a list, what begins with "also" or the like, and paragraphs about something else.</summary>
    /// <param name="said">What was said, in its order.</param>
    /// <param name="raised">The issues that the case has already; what says the same is left out.</param>
    /// <param name="evidence">Guesses what each is about.</param>
    /// <param name="own">What cases here told; may be <c>null</c>.</param>
    /// <param name="words">The words of the language.</param>
    public static IReadOnlyList<ProposedIssue> Of(IReadOnlyList<SaidText> said, IReadOnlyList<string> raised, CategoryEvidence evidence, OwnCategories? own, ListeningWords words)
    {
        List<(ProposedIssue Issue, HashSet<string> Content)> kept = [];
        foreach (var text in said.Where(each => each.Message.From == Speaker.Customer))
        {
            foreach (var part in Parts(text, words))
            {
                if (kept.Count < MostIssues && Read(text, part, evidence, own, words) is var (issue, content, problems) && Stands(issue, content, problems, kept))
                    kept.Add((issue, content));
            }
        }

        var known = raised.Select(each => (HashSet<string>)[.. words.ContentOf(each)]).ToList();
        return [.. kept.Where(each => known.All(other => SentenceFacts.Shared(each.Content, other) < Raised)).Select(each => each.Issue)];
    }

    private static bool Stands(ProposedIssue issue, HashSet<string> content, int problems, List<(ProposedIssue Issue, HashSet<string> Content)> kept)
    {
        var isSure = issue.Guess is { Confidence: >= Sure };
        if (kept.Any(each => SentenceFacts.Shared(each.Content, content) >= SameWords && (each.Issue.Guess?.Code == issue.Guess?.Code || !isSure)))
            return false;
        // What stands apart by itself needs to say that something is wrong; a paragraph must be about something else, too.
        return issue.Start != IssueStart.Paragraph ? problems > 0 || isSure
            : kept.Count == 0 ? problems > 0 || isSure
            : isSure && kept.All(each => each.Issue.Guess?.Code != issue.Guess!.Code);
    }

    private static IEnumerable<(int From, int To, int FirstWord, IssueStart Start)> Parts(SaidText text, ListeningWords words)
    {
        var sentences = text.Sentences;
        for (var at = 0; at < sentences.Count;)
        {
            var (begun, also) = (at, words.AlsoSet.AtStart(text.Words, sentences[at].FirstWord, sentences[at].EndWord));
            var start = sentences[at].IsItem ? IssueStart.Item : also >= 0 ? IssueStart.Also : IssueStart.Paragraph;
            at++;
            while (at < sentences.Count && !sentences[at].IsItem && sentences[at].Paragraph == sentences[begun].Paragraph && words.AlsoSet.AtStart(text.Words, sentences[at].FirstWord, sentences[at].EndWord) < 0)
                at++;
            yield return (begun, at, start == IssueStart.Also && also + 1 < sentences[begun].EndWord ? also + 1 : sentences[begun].FirstWord, start);
        }
    }

    private static (ProposedIssue Issue, HashSet<string> Content, int Problems)? Read(SaidText text, (int From, int To, int FirstWord, IssueStart Start) part, CategoryEvidence evidence, OwnCategories? own, ListeningWords words)
    {
        var (best, score, problems) = (-1, double.NegativeInfinity, 0);
        for (var at = part.From; at < part.To; at++)
        {
            var facts = SentenceFacts.Of(text, text.Sentences[at], words);
            problems += facts.Problems;
            var worth = Math.Min(facts.Problems, 3) + (0.4 * ((facts.NamesAmount ? 1 : 0) + (facts.NamesTime ? 1 : 0))) - (facts.Asks ? 1.5 : 0) - (facts is { Wants: true, Problems: 0 } ? 1 : 0) - (facts.Thanks ? 1 : 0) - (0.2 * (at - part.From)) - (text.Sentences[at].Words < 3 ? 1 : 0);
            if (worth > score)
                (best, score) = (at, worth);
        }

        var sentence = text.Sentences[best];
        var guess = evidence.Guess(text.Text, text.Words, part.FirstWord, text.Sentences[part.To - 1].EndWord, own, 1).FirstOrDefault();
        var from = best == part.From && part.FirstWord > sentence.FirstWord ? text.Words[part.FirstWord].Start : sentence.Start;
        var to = sentence.End;
        if (to - from > LongestIssue)
            to = text.Words.Skip(sentence.FirstWord).Take(sentence.Words).Where(word => word.End > from && word.End - from <= LongestIssue).Select(word => word.End).DefaultIfEmpty(0).Last();
        if (to <= from)
            return null; // one word without an end
        var first = text.WordFrom(from);
        return (new(text.Quote(from, to), text.Message.Id, text.Message.At, guess, part.Start), [.. words.Content(text.Words, first, sentence.EndWord)], problems);
    }
}

/// <summary>How an issue stands apart from the rest of a message.</summary>
public enum IssueStart
{
    /// <summary>A paragraph that is about something else.</summary>
    Paragraph = 1,

    /// <summary>A point of a list.</summary>
    Item,

    /// <summary>It begins with "also", "and another thing" or the like.</summary>
    Also,
}

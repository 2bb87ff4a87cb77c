namespace Amends.Domain.Listening.Drafts;

/// <summary>
/// A summary for somebody to check and change, made of sentences that were really written: the customer's for what happened and what matters,
/// ours for what was promised. No word is added. Sentences are ranked by what can be seen: whether they stand in the first message and how
/// early, whether they say what went wrong, name a day, an amount or a number, say a wish or what it meant, how long they are, and how much of
/// them another chosen sentence says already.
/// </summary>
/// <param name="Happened">What happened, in the order in which it was written.</param>
/// <param name="Matters">What matters most to them.</param>
/// <param name="Promised">What was promised, open promises first.</param>
public sealed record SummaryDraft(IReadOnlyList<DraftSentence> Happened, IReadOnlyList<DraftSentence> Matters, IReadOnlyList<DraftSentence> Promised)
{
    private const int MostHappened = 3, MostMatters = 2, MostPromised = 2, LongestSentence = 300;

    /// <summary>What a sentence must reach to be taken, beside the first one.</summary>
    private const double Enough = 0.8;

    /// <summary>What it costs to say again all that another one said; half of it costs a quarter.</summary>
    private const double Repeats = 2.5;

    /// <summary>There is nothing in it.</summary>
    public bool IsEmpty => Happened.Count + Matters.Count + Promised.Count == 0;

    /// <summary>Sentences as the text of a line of the summary: one below the other.</summary>
    public static string TextOf(IReadOnlyList<DraftSentence> sentences) => string.Join('\n', sentences.Select(sentence => sentence.Words));

    /// <summary>Drafts the summary of a case.</summary>
    /// <param name="said">What was said, in its order.</param>
    /// <param name="promises">What was promised on the case: number, words, when, and whether it is open.</param>
    /// <param name="words">The words of its language.</param>
    public static SummaryDraft Of(IReadOnlyList<SaidText> said, IReadOnlyList<(int Id, string What, DateTimeOffset At, bool IsOpen)> promises, ListeningWords words)
    {
        var theirs = Candidates([.. said.Where(text => text.Message.From == Speaker.Customer)], words);
        var happened = Chosen(theirs, candidate => candidate.Happened, MostHappened, [], atLeastOne: true);
        var matters = Chosen(theirs, candidate => candidate.Matters, MostMatters, happened, atLeastOne: false);
        var ours = Candidates([.. said.Where(text => text.Message.From == Speaker.Us)], words);
        var open = promises.Where(promise => promise.IsOpen && !string.IsNullOrWhiteSpace(promise.What)).TakeLast(1)
            .Select(promise => new DraftSentence(SaidText.Folded(promise.What).Trim(), DraftSource.Promise, promise.Id, promise.At, [DraftReason.Promise, DraftReason.Open])).ToList();
        var promised = Chosen([.. ours.Where(candidate => open.All(each => SentenceFacts.Shared(candidate.Facts.Content, [.. words.ContentOf(each.Words)]) < 0.7))], candidate => candidate.Promised, MostPromised - open.Count, [], atLeastOne: false);
        return new(
            [.. happened.OrderBy(candidate => candidate.Order).Select(candidate => candidate.Sentence(DraftSource.Customer))],
            [.. matters.OrderBy(candidate => candidate.Order).Select(candidate => candidate.Sentence(DraftSource.Customer))],
            [.. open, .. promised.OrderBy(candidate => candidate.Order).Select(candidate => candidate.Sentence(DraftSource.OurMessage))]);
    }

    private static List<Candidate> Candidates(IReadOnlyList<SaidText> said, ListeningWords words)
    {
        List<Candidate> all = [];
        for (var message = 0; message < said.Count; message++)
        {
            for (var at = 0; at < said[message].Sentences.Count; at++)
                all.Add(new(said[message], said[message].Sentences[at], SentenceFacts.Of(said[message], said[message].Sentences[at], words), message, said.Count, (double)at / said[message].Sentences.Count, all.Count));
        }

        return all;
    }

    /// <summary>The best, one after the other, each weighed down by how much of it is said already.</summary>
    private static List<Candidate> Chosen(List<Candidate> from, Func<Candidate, double> worth, int most, List<Candidate> taken, bool atLeastOne)
    {
        List<Candidate> chosen = [];
        var left = from.Where(candidate => !taken.Contains(candidate) && candidate.Line.Words > 1).Select(candidate => (candidate, worth: worth(candidate))).ToList();
        while (chosen.Count < most && left.Count > 0)
        {
            var (best, score) = left.Select(each => (each.candidate, each.worth - (Repeats * Math.Pow(chosen.Concat(taken).Select(other => SentenceFacts.Shared(each.candidate.Facts.Content, other.Facts.Content)).DefaultIfEmpty(0).Max(), 2))))
                .MaxBy(each => each.Item2);
            if (score < Enough && !(atLeastOne && chosen.Count == 0))
                break;
            chosen.Add(best);
            left.RemoveAll(each => each.candidate == best);
        }

        return chosen;
    }

    private sealed record Candidate(SaidText Said, SaidSentence Line, SentenceFacts Facts, int Message, int Messages, double Place, int Order)
    {
        private double Named => 0.5 * ((Facts.NamesTime ? 1 : 0) + (Facts.NamesAmount ? 1 : 0) + (Facts.NamesNumber ? 1 : 0));

        private double Length => Line.Words switch { < 4 => -1.5, < 7 => -0.3, <= 32 => 0, <= 50 => -0.4, _ => -1.2 };

        public double Happened => (Message == 0 ? 1.2 : 0) + (0.8 * (1 - Place)) + Math.Min(Facts.Problems, 3) * 0.6 + (Facts.Problems > 0 ? 0.6 : 0) + Named + (Facts.HasImpact ? Facts.Problems > 0 ? 0.2 : -0.6 : 0)
            - (Facts.Asks ? 1.6 : 0) - (Facts.Wants && Facts.Problems < 2 ? 1.2 : 0) - (Facts.Thanks ? 1 : 0) + Length;

        public double Matters => Facts is { Wants: false, HasImpact: false } ? double.NegativeInfinity
            : (Facts.Wants ? 1.5 : 0) + (Facts.HasImpact ? 1.3 : 0) + (Facts is { Wants: true, NamesTime: true } ? 0.4 : 0) + (0.4 * Message / Math.Max(Messages - 1, 1)) - (Facts.Thanks ? 0.6 : 0) + Length;

        public double Promised => !Facts.Promises || Facts.Asks ? double.NegativeInfinity
            : 1 + (Facts.NamesTime ? 0.8 : 0) + (Facts.NamesAmount ? 0.3 : 0) + (0.6 * Message / Math.Max(Messages - 1, 1)) + Length;

        public DraftSentence Sentence(DraftSource source)
        {
            var end = Line.End;
            if (end - Line.Start > LongestSentence)
                end = Said.Words.Take(Line.EndWord).Skip(Line.FirstWord).Where(word => word.End - Line.Start <= LongestSentence).Select(word => word.End).DefaultIfEmpty(Said.Words[Line.FirstWord].End).Last();
            return new(Said.Quote(Line.Start, end), source, Said.Message.Id, Said.Message.At, [.. Reasons(source)]) { IsCut = end < Line.End };
        }

        private IEnumerable<DraftReason> Reasons(DraftSource source)
        {
            if (source == DraftSource.Customer && Message == 0)
                yield return DraftReason.FirstMessage;
            if (source == DraftSource.OurMessage)
                yield return DraftReason.Promise;
            if (source == DraftSource.Customer && Facts.Problems > 0)
                yield return DraftReason.Problem;
            if (source == DraftSource.Customer && Facts.Wants)
                yield return DraftReason.Wish;
            if (Facts.HasImpact)
                yield return DraftReason.Impact;
            if (Facts.NamesTime)
                yield return DraftReason.Time;
            if (Facts.NamesAmount)
                yield return DraftReason.Amount;
            if (Facts.NamesNumber)
                yield return DraftReason.Number;
            if (Messages > 1 && Message == Messages - 1)
                yield return DraftReason.Newest;
        }
    }
}

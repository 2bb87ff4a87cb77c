namespace Amends.Domain.Wording;

/// <summary>Hints of a pack's rules, where their conditions hold.</summary>
internal static class RuleHints
{
    public static IEnumerable<Hint> Of(Reading reading, Empathy empathy)
    {
        var promising = new Lazy<HashSet<int>>(() => ParagraphsWithCan(reading));
        var commitment = new Lazy<int>(() => LastCommitment(reading));
        var bare = new Dictionary<int, bool>();
        for (var number = 0; number < reading.Hits.Length; number++)
        {
            var rule = reading.Pack.Rules[number];
            var hits = reading.Hits[number];
            for (var at = 0; at < hits.Count; at++)
            {
                if (!Counts(reading, rule, hits, at, promising, commitment))
                    continue;
                var where = reading.StretchOf(hits[at]);
                yield return new(rule.Id, rule.Category, IsBare(reading, empathy, hits[at], rule, bare) ? rule.Bare : rule.Severity, where.Start, where.Length, rule.Reason, rule.Better);
            }
        }
    }

    /// <summary>The last sentence in which somebody does something definite by a day or a time; −1 without one.</summary>
    public static int LastCommitment(Reading reading)
    {
        var actions = reading.SentencesWith(Sign.Action);
        var last = -1;
        foreach (var time in reading.Of(Sign.Time).Select(match => match.First).Concat(reading.Days.Select(day => day.First)))
        {
            var sentence = reading.Draft.SentenceAt(time);
            if (sentence > last && actions.Contains(sentence))
                last = sentence;
        }

        return last;
    }

    private static bool Counts(Reading reading, PhraseRule rule, List<Match> hits, int at, Lazy<HashSet<int>> promising, Lazy<int> commitment)
    {
        var sentence = reading.Draft.SentenceAt(hits[at].First);
        return rule.When switch
        {
            Condition.OpenerOrTwice => hits.Count > 1 || reading.Draft.Sentences[sentence].First == hits[at].First,
            Condition.WithoutCan => !promising.Value.Contains(reading.Draft.Sentences[sentence].Paragraph),
            Condition.WithoutCommitment => commitment.Value < sentence,
            Condition.BeforeResolved => !reading.Context.Resolved,
            Condition.OutsideTemplate => !reading.Context.FromTemplate,
            Condition.Twice => at > 0,
            _ => true,
        };
    }

    // Nothing of the customer's story in the draft, and no figure or day in the sentence or the next one.
    private static bool IsBare(Reading reading, Empathy empathy, Match hit, PhraseRule rule, Dictionary<int, bool> known)
    {
        if (rule.Bare == rule.Severity || empathy.Level >= EmpathyLevel.Some)
            return false;
        var sentence = reading.Draft.SentenceAt(hit.First);
        return known.TryGetValue(sentence, out var bare) ? bare : known[sentence] = HasNoFigure(reading, sentence);
    }

    private static bool HasNoFigure(Reading reading, int sentence)
    {
        var end = reading.Draft.Sentences[Math.Min(sentence + 1, reading.Draft.Sentences.Count - 1)].End;
        for (var at = reading.Draft.Sentences[sentence].First; at < end; at++)
        {
            var token = reading.Draft.Tokens[at];
            if (token.Kind == TokenKind.Number || reading.Words.Numbers.ContainsKey(token.Word) || reading.Words.Weekdays.ContainsKey(token.Word))
                return false;
        }

        return true;
    }

    private static HashSet<int> ParagraphsWithCan(Reading reading) =>
        [.. reading.SentencesWith(Sign.Can).Select(sentence => reading.Draft.Sentences[sentence].Paragraph)];
}

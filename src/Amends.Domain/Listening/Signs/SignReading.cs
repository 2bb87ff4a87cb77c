using Amends.Domain.Wording;

namespace Amends.Domain.Listening.Signs;

/// <summary>A text while it is searched for signs: its words, and what the phrases of the pack found in it.</summary>
internal sealed class SignReading
{
    /// <summary>Between a negation and what it turns stand at most so many words.</summary>
    private const int NegationReach = 2;

    /// <summary>A longer sentence is quoted in part, in UTF-16 units before and after the words.</summary>
    private const int Around = 240;

    /// <summary>A quotation is at most so many UTF-16 units long; a mark that stands alone must not swallow the mail.</summary>
    private const int LongestQuotation = 400;

    public SignReading(DraftText draft, List<Match> matches, IReadOnlyList<SignPhrase> meanings, IReadOnlyDictionary<SignKind, SignRule> rules)
    {
        Draft = draft;
        var byRole = matches.ToLookup(match => meanings[match.Phrase]);
        Swearing = Longest(byRole[new(SignKind.Abuse, SignRole.Swearing)]);
        Insults = Longest(byRole[new(SignKind.Abuse, SignRole.Insult)]);
        var quoted = new Lazy<bool[]>(Quotations);
        foreach (var (kind, rule) in rules)
        {
            var found = byRole[new(kind, SignRole.Phrase)];
            if (!found.Any())
                continue;
            var excused = new Spans(byRole[new(kind, SignRole.Except)]);
            var turned = Turned(byRole[new(kind, SignRole.Negation)]);
            var innocent = byRole[new(kind, SignRole.Unless)].Select(match => draft.SentenceAt(match.First)).ToHashSet();
            Hits[kind] = Longest(found.Where(match =>
                !turned.Contains(match.First)
                && !excused.Excuse(match)
                && !innocent.Contains(draft.SentenceAt(match.First))
                && (rule.InQuotes || !quoted.Value[match.First])));
        }
    }

    public DraftText Draft { get; }

    /// <summary>What counts of each sign, in the order of the text, none inside another.</summary>
    public SortedDictionary<SignKind, List<Match>> Hits { get; } = [];

    /// <summary>Swearing that can be cut.</summary>
    public List<Match> Swearing { get; }

    /// <summary>Insults by name.</summary>
    public List<Match> Insults { get; }

    /// <summary>The stretch of a sentence from its first to after its last mark; what stands around the hit, when it is endless.</summary>
    public (int Start, int End) Quotable(int sentence, Match hit)
    {
        var (start, end) = Bounds(sentence);
        var words = Draft.StretchOf(hit.First, hit.Last);
        var (first, last) = (Draft.Sentences[sentence].First, Draft.Sentences[sentence].End - 1);
        if (end - start <= 2 * Around)
            return (start, end);
        if (words.Start - start > Around)
            start = Draft.Tokens[Math.Min(hit.First, Math.Max(first, Draft.FirstFrom(words.Start - Around)))].Start;
        if (end - words.Start - words.Length > Around)
            end = Draft.Tokens[Math.Max(hit.Last, Math.Min(last, Draft.FirstFrom(words.Start + words.Length + Around) - 1))].End;
        return (start, end);
    }

    /// <summary>Where a sentence begins and ends, marks included.</summary>
    public (int Start, int End) Bounds(int sentence)
    {
        var text = Draft.Text;
        var start = Draft.Tokens[Draft.Sentences[sentence].First].Start;
        var end = Draft.Tokens[Draft.Sentences[sentence].End - 1].End;
        var least = sentence == 0 ? 0 : Draft.Tokens[Draft.Sentences[sentence - 1].End - 1].End;
        while (start > least && text[start - 1] is '"' or '“' or '„' or '«' or '(' or '\'' or '‘' or '£' or '$' or '€' or '#' or '@' or '¿' or '¡')
            start--;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '…' or '"' or '”' or '“' or '»' or ')' or '\'' or '’')
            end++;
        return (start, end);
    }

    private HashSet<int> Turned(IEnumerable<Match> negations)
    {
        HashSet<int> turned = [];
        foreach (var negation in negations)
        {
            var end = Draft.Sentences[Draft.SentenceAt(negation.Last)].End;
            for (int at = negation.Last + 1, words = 0; at < end && words <= NegationReach && Draft.Tokens[at].Kind != TokenKind.Comma; at++, words++)
                turned.Add(at);
        }

        return turned;
    }

    // The longest from each start on, none inside another.
    private static List<Match> Longest(IEnumerable<Match> matches)
    {
        List<Match> kept = [];
        foreach (var match in matches.OrderBy(match => match.First).ThenByDescending(match => match.Last))
        {
            if (kept.Count == 0 || match.First > kept[^1].Last)
                kept.Add(match);
        }

        return kept;
    }

    // Tokens in quotation marks: what somebody else said.
    private bool[] Quotations()
    {
        var quoted = new bool[Draft.Tokens.Count];
        var text = Draft.Text;
        for (var at = 0; at < text.Length; at++)
        {
            var close = text[at] switch { '"' => "\"", '“' => "”\"", '„' => "“”\"", '«' => "»", '‘' when at == 0 || !char.IsLetterOrDigit(text[at - 1]) => "’", _ => "" };
            if (close.Length == 0)
                continue;
            var reach = text.AsSpan(at + 1, Math.Min(LongestQuotation, text.Length - at - 1));
            var end = reach.IndexOfAny(close);
            if (end < 0 || reach[..end].Contains("\n\n", StringComparison.Ordinal))
                continue;
            for (var token = Draft.FirstFrom(at); token < quoted.Length && Draft.Tokens[token].Start < at + 1 + end; token++)
                quoted[token] = true;
            at += end + 1;
        }

        return quoted;
    }
}

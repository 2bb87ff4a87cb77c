namespace Amends.Domain.Wording;

/// <summary>A draft while it is read: its words, and what the phrases of the pack found in it.</summary>
internal sealed class Reading
{
    /// <summary>How far before a hit a negation may end: "I won't ask you to | really | calm down".</summary>
    private const int NegationReach = 2;

    private static readonly int Signs = Enum.GetValues<Sign>().Length;
    private readonly List<Match>[] signs = new List<Match>[Signs];

    public Reading(string text, DraftContext context, PhrasePack pack)
    {
        Context = context;
        Pack = pack;
        Speaks = context.Language is not { Length: > 0 } language || language.Split('-', '_')[0].Equals(pack.Language, StringComparison.OrdinalIgnoreCase);
        Words = Speaks ? pack.Words : LanguageWords.None;
        Draft = DraftText.Read(text, Words);
        Story = new Story(context, Words);
        Quotations.Mark(Draft, Story, context.Quoted);
        Hits = new List<Match>[pack.Rules.Count];
        Sort(Speaks ? pack.Automaton.Matches(Draft) : []);
        Days = DayFinder.Find(Draft, Words, context.Today);
        Length = Draft.Tokens.Count(token => token is { Quoted: false, Kind: TokenKind.Word or TokenKind.Number });
    }

    public DraftContext Context { get; }

    public PhrasePack Pack { get; }

    /// <summary>The draft is in the pack's language.</summary>
    public bool Speaks { get; }

    public LanguageWords Words { get; }

    public DraftText Draft { get; }

    public Story Story { get; }

    /// <summary>Hits of each rule, in the order of the text, none inside another; conditions are not yet applied.</summary>
    public List<Match>[] Hits { get; }

    public IReadOnlyList<FoundDay> Days { get; }

    /// <summary>Words that are not quoted.</summary>
    public int Length { get; }

    /// <summary>Where a sign stands.</summary>
    public List<Match> Of(Sign sign) => signs[(int)sign];

    /// <summary>The sentences that hold a sign.</summary>
    public HashSet<int> SentencesWith(Sign sign) => [.. Of(sign).Select(match => Draft.SentenceAt(match.First))];

    /// <summary>The stretch of a match.</summary>
    public Stretch StretchOf(Match match) => Draft.StretchOf(match.First, match.Last);

    private void Sort(List<Match> matches)
    {
        var rules = Hits.Length;
        var meant = new List<Match>[rules + Signs];
        var excused = new List<Match>[rules + Signs];
        foreach (var match in matches)
        {
            var meaning = Pack.Meanings[match.Phrase];
            var of = meaning.Sign == Sign.None ? meaning.Rule : rules + (int)meaning.Sign;
            (meaning.IsException ? excused : meant)[of] ??= [];
            (meaning.IsException ? excused : meant)[of].Add(match);
        }

        var negated = new bool[Draft.Tokens.Count + 1];
        foreach (var negation in Kept(meant[rules + (int)Sign.Negation], excused[rules + (int)Sign.Negation]))
        {
            for (var at = negation.Last + 1; at <= Math.Min(negation.Last + 1 + NegationReach, Draft.Tokens.Count); at++)
                negated[at] = true;
        }

        for (var rule = 0; rule < rules; rule++)
        {
            Hits[rule] = Kept(meant[rule], excused[rule]);
            Hits[rule].RemoveAll(match => negated[match.First]);
        }

        for (var sign = 0; sign < Signs; sign++)
            signs[sign] = Kept(meant[rules + sign], excused[rules + sign]);
    }

    // The longest from each start on, none inside another, none that an exception touches.
    private static List<Match> Kept(List<Match>? matches, List<Match>? exceptions)
    {
        List<Match> kept = [];
        if (matches is null)
            return kept;
        matches.Sort((one, two) => one.First != two.First ? one.First.CompareTo(two.First) : two.Last.CompareTo(one.Last));
        exceptions?.Sort((one, two) => one.First.CompareTo(two.First));
        int last = -1, seen = 0, reach = -1;
        foreach (var match in matches)
        {
            if (match.First <= last)
                continue;
            if (exceptions is not null && Touches(exceptions, match, ref seen, ref reach))
                continue;
            kept.Add(match);
            last = match.Last;
        }

        return kept;
    }

    // Whether an exception shares a word with a match. Matches come in the order of their starts; those with a later end than the next one's are seen again, so the walk only goes on.
    private static bool Touches(List<Match> exceptions, Match match, ref int seen, ref int reach)
    {
        while (seen < exceptions.Count && exceptions[seen].First <= match.First)
            reach = Math.Max(reach, exceptions[seen++].Last);
        if (reach >= match.First)
            return true;
        return seen < exceptions.Count && exceptions[seen].First <= match.Last;
    }
}

namespace Amends.Domain.Listening.Drafts;

/// <summary>The words by which one language says what somebody wants, what went wrong, and so on. A data file; it holds words alone and nothing about people.</summary>
public sealed class ListeningWords
{
    private readonly Lazy<HashSet<string>> _stops, _abbreviations, _times, _money;
    private readonly Lazy<PhraseSet> _problems, _wants, _impact, _promises, _thanks, _also, _asking, _rhetorical, _greetings, _closings;

    /// <summary>Nothing yet; the lists are given by the file.</summary>
    public ListeningWords()
    {
        _stops = new(() => [.. (Stops ?? []).SelectMany(SaidWord.In).Select(word => word.Stem)]);
        _abbreviations = new(() => [.. Abbreviations ?? []]);
        _times = new(() => [.. (Times ?? []).Select(Stems.Of)]);
        _money = new(() => [.. (Money ?? []).Select(Stems.Of)]);
        _problems = new(() => new(Problems ?? []));
        _wants = new(() => new(Wants ?? []));
        _impact = new(() => new(Impact ?? []));
        _promises = new(() => new(Promises ?? []));
        _thanks = new(() => new(Thanks ?? []));
        _also = new(() => new(Also ?? []));
        _asking = new(() => new(Asking ?? []));
        _rhetorical = new(() => new(Rhetorical ?? []));
        _greetings = new(() => new(Greetings ?? []));
        _closings = new(() => new(Closings ?? []));
    }

    /// <summary>Two letters.</summary>
    public string Language { get; init; } = "";

    /// <summary>Words that say nothing of what it is about.</summary>
    public IReadOnlyList<string>? Stops { get; init; }

    /// <summary>Words with a point behind them that end no sentence.</summary>
    public IReadOnlyList<string>? Abbreviations { get; init; }

    /// <summary>Days, months and the like.</summary>
    public IReadOnlyList<string>? Times { get; init; }

    /// <summary>Words for money.</summary>
    public IReadOnlyList<string>? Money { get; init; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>What somebody wants.</summary>
    public IReadOnlyList<string>? Wants { get; init; }

    /// <summary>What it meant for them.</summary>
    public IReadOnlyList<string>? Impact { get; init; }

    /// <summary>What we say when we promise.</summary>
    public IReadOnlyList<string>? Promises { get; init; }

    /// <summary>Pleasantries.</summary>
    public IReadOnlyList<string>? Thanks { get; init; }

    /// <summary>How a further matter begins.</summary>
    public IReadOnlyList<string>? Also { get; init; }

    /// <summary>A question without its mark.</summary>
    public IReadOnlyList<string>? Asking { get; init; }

    /// <summary>A question that asks for no answer.</summary>
    public IReadOnlyList<string>? Rhetorical { get; init; }

    /// <summary>How a letter begins.</summary>
    public IReadOnlyList<string>? Greetings { get; init; }

    /// <summary>How it ends.</summary>
    public IReadOnlyList<string>? Closings { get; init; }

    internal PhraseSet ProblemSet => _problems.Value;
    internal PhraseSet WantSet => _wants.Value;
    internal PhraseSet ImpactSet => _impact.Value;
    internal PhraseSet PromiseSet => _promises.Value;
    internal PhraseSet ThankSet => _thanks.Value;
    internal PhraseSet AlsoSet => _also.Value;
    internal PhraseSet AskingSet => _asking.Value;
    internal PhraseSet RhetoricalSet => _rhetorical.Value;
    internal PhraseSet GreetingSet => _greetings.Value;
    internal PhraseSet ClosingSet => _closings.Value;

    internal bool IsAbbreviation(string word) => _abbreviations.Value.Contains(word);

    internal bool IsTime(SaidWord word) => _times.Value.Contains(word.Stem);

    internal bool IsMoney(SaidWord word) => _money.Value.Contains(word.Stem);

    /// <summary>The stems of words that say what a text is about, without those that stand in every text, in their order and with repeats.</summary>
    /// <param name="text">Any text.</param>
    public IEnumerable<string> ContentOf(string text) => Content(SaidWord.In(text), 0, int.MaxValue);

    internal IEnumerable<string> Content(IReadOnlyList<SaidWord> words, int first, int end)
    {
        for (var at = first; at < Math.Min(end, words.Count); at++)
        {
            if (words[at].Lower.Length > 1 && !_stops.Value.Contains(words[at].Stem))
                yield return words[at].Stem;
        }
    }
}

using System.Buffers;

namespace Amends.Domain.Wording;

/// <summary>A phrase that was found: tokens from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
/// <param name="Phrase">Its number in the automaton.</param>
/// <param name="First">Its first token.</param>
/// <param name="Last">Its last token.</param>
internal readonly record struct Match(int Phrase, int First, int Last);

/// <summary>
/// All phrases of a pack as one tree of steps, walked once along the words of a text (after Aho and Corasick 1975, with sets of
/// words and gaps as steps). Every start keeps its own threads, at most one a node, so the time is linear in the text.
/// </summary>
internal sealed class PhraseAutomaton
{
    private const int Root = 0;
    private const int AtStart = 1;
    private const int MostNodes = 300_000;

    /// <summary>A word has at most this many symbols; the rest would be sets that a pack repeats without need.</summary>
    private const int MostSymbols = 512;

    /// <summary>A text gives at most this many matches; no honest one comes near.</summary>
    private const int MostMatches = 20_000;

    private readonly Dictionary<long, int> edges = [];
    private readonly Dictionary<(int Node, int Gap), int> gaps = [];
    private readonly List<int> any = [-1, -1];
    private readonly List<List<int>> skips = [[], []];
    private readonly List<List<int>> ends = [[], []];
    private readonly Dictionary<string, KnownWord> words;
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> beginnings;
    private readonly ulong[] firstLetters = new ulong[64]; // of beginnings: a bit for each pair of letters, their last six bits
    private readonly int[] beginningLengths;
    private readonly IReadOnlyDictionary<string, int> numbers;
    private readonly int[][] closures;
    private readonly (int Symbol, int Next)[][] outward;
    private readonly int symbolCount;
    private readonly bool[] leads;

    /// <summary>Builds it from phrases in their order.</summary>
    public PhraseAutomaton(Symbols symbols, IEnumerable<(bool AtStart, List<List<Step>> Rows)> phrases)
    {
        numbers = symbols.Language.Numbers;
        var number = 0;
        foreach (var (atStart, rows) in phrases)
        {
            foreach (var row in rows)
                Add(atStart, row, number);
            number++;
        }

        var (vocabulary, prefixes) = symbols.Vocabulary();
        beginnings = prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var prefix in prefixes.Keys.Where(prefix => prefix.Length > 0))
            firstLetters[prefix[0] & 63] |= prefix.Length > 1 ? 1UL << (prefix[1] & 63) : ulong.MaxValue;
        words = vocabulary.ToDictionary(pair => pair.Key, pair => new KnownWord(pair.Value, [.. pair.Value.Select(symbol => edges.GetValueOrDefault((uint)symbol, -1)).Where(next => next >= 0)]));
        beginningLengths = [.. prefixes.Keys.Select(word => word.Length).Distinct().Order()];
        closures = [.. Enumerable.Range(0, any.Count).Select(Closure)];
        leads = new bool[any.Count];
        symbolCount = symbols.Count;
        var leaving = edges.ToLookup(edge => (int)(edge.Key >> 32), edge => ((int)edge.Key, edge.Value));
        outward = [.. Enumerable.Range(0, any.Count).Select(node => leaving[node].ToArray())];
        foreach (var edge in edges.Keys)
            leads[edge >> 32] = true;
        for (var node = 0; node < any.Count; node++)
            leads[node] |= any[node] >= 0;
    }

    public int Nodes => any.Count;

    /// <summary>Every phrase of a text, sentence by sentence; quoted words end whatever was begun.</summary>
    public List<Match> Matches(DraftText text)
    {
        List<Match> found = [];
        var stamps = ArrayPool<long>.Shared.Rent(any.Count);
        var held = ArrayPool<long>.Shared.Rent(symbolCount);
        Array.Clear(stamps, 0, any.Count);
        Array.Clear(held, 0, symbolCount);
        List<(int Node, int Start)> threads = [], further = [];
        Span<int> symbols = stackalloc int[MostSymbols];
        long step = 0;
        foreach (var sentence in text.Sentences)
        {
            threads.Clear();
            for (var at = sentence.First; at < sentence.End && found.Count < MostMatches; at++)
            {
                var token = text.Tokens[at];
                further.Clear();
                step++;
                if (token.Quoted || token.Kind == TokenKind.Address)
                {
                    threads.Clear();
                    continue;
                }

                var known = words.GetValueOrDefault(token.Word);
                var given = symbols[..SymbolsOf(token, known, symbols)];
                foreach (var symbol in given)
                    held[symbol] = step;
                foreach (var (node, start) in threads)
                {
                    var stamp = Stamp(step, start);
                    var leaving = outward[node];
                    if (leaving.Length <= given.Length)
                    {
                        foreach (var (symbol, next) in leaving)
                        {
                            if (held[symbol] == step)
                                Enter(next, start, at, stamp, stamps, further, found);
                        }
                    }
                    else
                    {
                        foreach (var symbol in given)
                        {
                            if (edges.TryGetValue(((long)node << 32) | (uint)symbol, out var next))
                                Enter(next, start, at, stamp, stamps, further, found);
                        }
                    }

                    if (token.Kind == TokenKind.Comma)
                        Keep(node, start, stamp, stamps, further);
                    else if (any[node] >= 0)
                        Enter(any[node], start, at, stamp, stamps, further, found);
                }

                if (token.Kind != TokenKind.Comma)
                {
                    // What a word begins is known beforehand, unless it holds a beginning or a number that no list of words has.
                    if (token.Kind == TokenKind.Word && known is not null && known.Symbols.Length == given.Length)
                    {
                        foreach (var next in known.Begun)
                            Enter(next, at, at, Stamp(step, at), stamps, further, found);
                    }
                    else
                    {
                        Begin(Root, given, at, Stamp(step, at), stamps, further, found);
                    }

                    if (at == sentence.First || text.Tokens[at - 1].Quoted)
                        Begin(AtStart, given, at, Stamp(step, at), stamps, further, found);
                }

                (threads, further) = (further, threads);
            }
        }

        ArrayPool<long>.Shared.Return(stamps);
        ArrayPool<long>.Shared.Return(held);
        return found;
    }

    private static long Stamp(long step, int start) => (step << 20) | (uint)(start & 0xFFFFF);

    private void Begin(int from, Span<int> given, int at, long stamp, long[] stamps, List<(int, int)> further, List<Match> found)
    {
        foreach (var symbol in given)
        {
            if (edges.TryGetValue(((long)from << 32) | (uint)symbol, out var next))
                Enter(next, at, at, stamp, stamps, further, found);
        }
    }

    private void Enter(int node, int start, int at, long stamp, long[] stamps, List<(int, int)> further, List<Match> found)
    {
        foreach (var reached in closures[node])
        {
            if (stamps[reached] == stamp)
                continue;
            stamps[reached] = stamp;
            foreach (var phrase in ends[reached])
                found.Add(new(phrase, start, at));
            if (leads[reached])
                further.Add((reached, start));
        }
    }

    private static void Keep(int node, int start, long stamp, long[] stamps, List<(int, int)> further)
    {
        if (stamps[node] == stamp)
            return;
        stamps[node] = stamp;
        further.Add((node, start));
    }

    private int SymbolsOf(in Token token, KnownWord? known, Span<int> symbols)
    {
        var count = 0;
        if (token.Kind == TokenKind.Comma)
        {
            symbols[0] = Symbols.Comma;
            return 1;
        }

        if (token.Kind == TokenKind.Number || numbers.ContainsKey(token.Word))
            symbols[count++] = Symbols.Number;
        if (known is not null)
        {
            foreach (var symbol in known.Symbols.AsSpan(0, Math.Min(known.Symbols.Length, symbols.Length - count)))
                symbols[count++] = symbol;
        }

        if (!MayBegin(token.Word))
            return count;
        foreach (var length in beginningLengths)
        {
            if (length > token.Word.Length)
                break;
            if (!beginnings.TryGetValue(token.Word.AsSpan(0, length), out var more))
                continue;
            foreach (var symbol in more)
            {
                if (count < symbols.Length)
                    symbols[count++] = symbol;
            }
        }

        return count;
    }

    /// <summary>Whether a word has the first letters of any beginning; most have not, and nothing has to be looked up.</summary>
    private bool MayBegin(string word) => word.Length > 0 && (firstLetters[word[0] & 63] & (word.Length > 1 ? 1UL << (word[1] & 63) : ulong.MaxValue)) != 0;

    private void Add(bool atStart, List<Step> row, int phrase)
    {
        var node = atStart ? AtStart : Root;
        foreach (var step in row)
            node = step.Symbol > 0 ? Edge(node, step.Symbol) : Gap(node, step.Gap);
        if (!ends[node].Contains(phrase))
            ends[node].Add(phrase);
    }

    private int Edge(int node, int symbol)
    {
        var key = ((long)node << 32) | (uint)symbol;
        if (!edges.TryGetValue(key, out var next))
            edges[key] = next = New();
        return next;
    }

    private int Gap(int node, int length)
    {
        if (gaps.TryGetValue((node, length), out var after))
            return after;
        gaps[(node, length)] = after = New();
        skips[node].Add(after);
        var last = node;
        for (var word = 0; word < length; word++)
        {
            var inside = New();
            if (word == 0)
            {
                var entrance = New();
                skips[node].Add(entrance);
                last = entrance;
            }

            any[last] = inside;
            skips[inside].Add(after);
            last = inside;
        }

        return after;
    }

    private int New()
    {
        if (any.Count >= MostNodes)
            throw new FormatException("makes the pack too big; it holds too many phrases");
        any.Add(-1);
        skips.Add([]);
        ends.Add([]);
        return any.Count - 1;
    }

    private int[] Closure(int node)
    {
        List<int> reached = [node];
        for (var at = 0; at < reached.Count; at++)
        {
            foreach (var next in skips[reached[at]])
            {
                if (!reached.Contains(next))
                    reached.Add(next);
            }
        }

        return [.. reached];
    }

    /// <summary>What a word is to the phrases.</summary>
    /// <param name="Symbols">The sets of words that it is in.</param>
    /// <param name="Begun">Where phrases that begin with it go on.</param>
    private sealed record KnownWord(int[] Symbols, int[] Begun);
}

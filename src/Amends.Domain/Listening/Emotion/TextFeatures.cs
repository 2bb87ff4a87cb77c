namespace Amends.Domain.Listening.Emotion;

/// <summary>
/// What a model looks at in a text: words, neighbours and parts of words as hashed numbers (Weinberger et al. 2009, "feature
/// hashing"), and counts of what a <see cref="WordList"/> knows. One is filled again and again, so that reading a text
/// takes no memory; it is not for two threads at once.
/// </summary>
/// <param name="list">The words of the language.</param>
public sealed class TextFeatures(WordList list)
{
    /// <summary>Hashed numbers lie below this.</summary>
    public const int Buckets = 1 << 20;

    /// <summary>Texts are read as far as this, in UTF-16 units.</summary>
    public const int Longest = 20_000;

    private const int LongestWord = 40, ShortestPart = 3, LongestPart = 5, ReachOfNegation = 4, ReachOfBooster = 2;

    private readonly char[] word = new char[LongestWord], writtenWord = new char[LongestWord];
    private uint last, beforeLast;
    private int negation, boost;

    /// <summary>The pieces of the text.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>What the list knows of each piece.</summary>
    internal List<Opinion> Opinions { get; } = [];

    /// <summary>Hashed words and signs.</summary>
    internal Group Words { get; } = new();

    /// <summary>Hashed neighbours: pairs, pairs across a word, and triples.</summary>
    internal Group Pairs { get; } = new();

    /// <summary>Hashed parts of words, three to five letters.</summary>
    internal Group Parts { get; } = new();

    /// <summary>Where each sentence ends, as the number of pieces up to there.</summary>
    public List<int> Sentences { get; } = [];

    /// <summary>Looks at a text.</summary>
    /// <param name="text">Any text.</param>
    public void Read(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Longest)];
        Tokens.Clear();
        Opinions.Clear();
        Sentences.Clear();
        Words.Clear();
        Pairs.Clear();
        Parts.Clear();
        var shouted = IsShouted(text);
        negation = boost = 0;
        last = beforeLast = 0;
        var tokens = new Tokens(text);
        while (tokens.Next())
        {
            if (tokens.Current.Kind == TokenKind.Sign && char.IsAscii(text[tokens.Current.Start]))
                negation = text[tokens.Current.Start] == ';' ? 0 : negation; // commas and the like say nothing else
            else if (tokens.Current.Kind != TokenKind.Paragraph)
                Add(text.Slice(tokens.Current.Start, tokens.Current.Length), tokens.Current, shouted);
            if (tokens.Current.Kind is TokenKind.End or TokenKind.Paragraph)
                EndSentence();
        }

        EndSentence();
        FindPhrases();
    }

    /// <summary>The longest run of pieces from here that is a phrase of the list.</summary>
    private void FindPhrases()
    {
        for (var from = 0; from < Opinions.Count; from++)
        {
            if (!list.BeginsPhrase(Opinions[from].Hash))
                continue;
            var hash = Opinions[from].Hash;
            for (var length = 1; length <= WordList.LongestPhrase && from + length <= Opinions.Count; length++)
            {
                if (length > 1)
                    hash = Hash.Join(hash, Opinions[from + length - 1].Hash);
                if (list.PhraseOf(hash) is { } says)
                    Opinions[from] = Opinions[from] with { Phrase = says, PhraseLength = length };
            }

            from += Math.Max(0, Opinions[from].PhraseLength - 1);
        }
    }

    private void Add(ReadOnlySpan<char> piece, Token token, bool shouted)
    {
        var normal = Normal(piece, token.Kind, out var isLong);
        var hash = Hash.Of(normal);
        var written = token.Kind == TokenKind.Word ? list.Written(normal, writtenWord) : normal;
        var classes = token.Kind == TokenKind.Word ? list.ClassesOf(written) : (ushort)0;
        var isWord = token.Kind == TokenKind.Word;
        var isOpinion = (classes & Opinion.Feelings) != 0;
        var negated = negation > 0 && isWord;
        var opinion = new Opinion(written == normal ? hash : Hash.Of(written), classes, negated, boost > 0, isWord, null, 0);
        Tokens.Add(token);
        Opinions.Add(opinion);

        Words.Add(negated && isOpinion ? Hash.Join(Seed.NegatedWord, hash) : hash);
        if (isLong)
            Words.Add(Hash.Join(Seed.Style, 1));
        if (isWord && !shouted && piece.Length > 2 && IsUpper(piece))
        {
            Words.Add(Hash.Join(Seed.Style, 2));
            Words.Add(Hash.Join(Seed.Upper, hash));
        }

        Pairs.Add(Hash.Join(last == 0 ? Seed.Begin : last, Hash.Join(Seed.Pair, hash)));
        if (beforeLast != 0)
        {
            Pairs.Add(Hash.Join(beforeLast, Hash.Join(Seed.Skip, hash)));
            Pairs.Add(Hash.Join(Hash.Join(beforeLast, last), Hash.Join(Seed.Triple, hash)));
        }

        if (negated)
            Pairs.Add(Hash.Join(Seed.Negated, hash));
        if (isWord && !(negated && isOpinion))
            AddParts(normal);

        Words.EndToken();
        Pairs.EndToken();
        Parts.EndToken();
        beforeLast = last;
        last = hash;
        boost = (classes & 1 << (int)WordClass.Booster) != 0 ? ReachOfBooster : boost - 1;
        negation = isWord && list.Negates(written) ? ReachOfNegation : EndsNegation(token.Kind, normal) ? 0 : negation - 1;
    }

    private void AddParts(ReadOnlySpan<char> normal)
    {
        for (var start = -1; start <= normal.Length - ShortestPart + 1; start++)
        {
            var hash = Hash.Start;
            for (var length = 1; length <= LongestPart && start + length <= normal.Length + 1; length++)
            {
                var at = start + length - 1;
                hash = Hash.Add(hash, at < 0 ? '<' : at == normal.Length ? '>' : normal[at]);
                if (length >= ShortestPart)
                    Parts.Add(Hash.End(hash ^ (uint)length << 24));
            }
        }
    }

    private void EndSentence()
    {
        if (last != 0)
            Pairs.AddToLast(Hash.Join(last, Seed.End));
        if (Tokens.Count > (Sentences.Count == 0 ? 0 : Sentences[^1]))
            Sentences.Add(Tokens.Count);
        last = beforeLast = 0;
    }

    /// <summary>In small letters, no letter more than twice in a row, straight apostrophes; other kinds of pieces by what they stand for.</summary>
    private ReadOnlySpan<char> Normal(ReadOnlySpan<char> piece, TokenKind kind, out bool isLong)
    {
        isLong = false;
        if (kind is not (TokenKind.Word or TokenKind.Sign))
            return StandsFor(piece, kind);
        var length = 0;
        foreach (var c in piece)
        {
            var lower = c == '’' ? '\'' : char.ToLowerInvariant(c);
            if (length > 1 && word[length - 1] == lower && word[length - 2] == lower)
                isLong = true;
            else if (length < LongestWord)
                word[length++] = lower;
        }

        return word.AsSpan(0, length);
    }

    private static string StandsFor(ReadOnlySpan<char> piece, TokenKind kind) => kind switch
    {
        TokenKind.Number => "0",
        TokenKind.Address => "@",
        TokenKind.Face => piece[^1] is '(' or '/' ? ":(" : ":)",
        _ => (piece.Contains('!'), piece.Contains('?'), piece.Length) switch
        {
            (true, true, _) => "?!",
            (true, _, 1) => "!",
            (true, _, 2) => "!!",
            (true, _, _) => "!!!",
            (_, true, 1) => "?",
            (_, true, _) => "??",
            (_, _, 1) => ".",
            _ => "...",
        },
    };

    private static bool EndsNegation(TokenKind kind, ReadOnlySpan<char> normal) => kind is TokenKind.End || normal is "but";

    private static bool IsUpper(ReadOnlySpan<char> piece)
    {
        foreach (var c in piece)
        {
            if (char.IsLower(c))
                return false;
        }

        return true;
    }

    /// <summary>More capitals than small letters: then capitals of single words say nothing.</summary>
    private static bool IsShouted(ReadOnlySpan<char> text)
    {
        var more = 0;
        foreach (var c in text)
            more += char.IsUpper(c) ? 1 : char.IsLower(c) ? -1 : 0;
        return more > 0;
    }

    private static class Seed
    {
        public const uint Begin = 11, Pair = 12, Skip = 13, Triple = 14, Negated = 15, NegatedWord = 16, Upper = 17, Style = 18, End = 19;
    }

    /// <summary>Numbers of one kind, with where each piece's end.</summary>
    internal sealed class Group
    {
        private int[] items = new int[1024];
        private int[] ends = new int[256];
        private int count, tokens;

        /// <summary>The numbers of pieces <paramref name="from"/> up to before <paramref name="to"/>.</summary>
        public ReadOnlySpan<int> Of(int from, int to) => items.AsSpan((from == 0 ? 0 : ends[from - 1])..(to == 0 ? 0 : ends[to - 1]));

        /// <summary>One more of the piece that is being read.</summary>
        public void Add(uint hash)
        {
            if (count == items.Length)
                Array.Resize(ref items, count * 2);
            items[count++] = (int)(hash & (Buckets - 1));
        }

        /// <summary>One more of the piece before.</summary>
        public void AddToLast(uint hash)
        {
            Add(hash);
            ends[tokens - 1] = count;
        }

        /// <summary>The piece is read.</summary>
        public void EndToken()
        {
            if (tokens == ends.Length)
                Array.Resize(ref ends, tokens * 2);
            ends[tokens++] = count;
        }

        /// <summary>Empty again.</summary>
        public void Clear() => count = tokens = 0;
    }
}

/// <summary>What a word list knows of a piece of text.</summary>
/// <param name="Hash">Of the piece in its normal form and the letters of the list.</param>
/// <param name="Classes">A bit for each <see cref="WordClass"/>.</param>
/// <param name="Negated">A negation stands before it.</param>
/// <param name="Boosted">A booster stands before it.</param>
/// <param name="IsWord">Whether it is made of letters.</param>
/// <param name="Phrase">The phrase that begins here.</param>
/// <param name="PhraseLength">Its pieces.</param>
internal readonly record struct Opinion(uint Hash, ushort Classes, bool Negated, bool Boosted, bool IsWord, WordClass? Phrase, int PhraseLength)
{
    /// <summary>The classes that say how somebody feels about something.</summary>
    public const ushort Feelings = 1 << (int)WordClass.StrongPraise | 1 << (int)WordClass.Praise | 1 << (int)WordClass.Anger
        | 1 << (int)WordClass.Displeasure | 1 << (int)WordClass.Defect | 1 << (int)WordClass.Hurt;
}

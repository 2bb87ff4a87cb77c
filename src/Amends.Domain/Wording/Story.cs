namespace Amends.Domain.Wording;

/// <summary>What the customer told us, as the stems of its words.</summary>
internal sealed class Story
{
    private readonly LanguageWords language;
    private readonly HashSet<string> stems = [];
    private readonly HashSet<(string, string)> pairs = [];
    private readonly HashSet<string> capitals = [];

    public Story(DraftContext context, LanguageWords language)
    {
        this.language = language;
        var own = Take(context.CustomerWords);
        Sequence = " " + string.Join(' ', own.Tokens.Where(token => token.Kind is TokenKind.Word or TokenKind.Number).Select(token => token.Word)) + " ";
        Take(context.Happened);
        Take(context.Matters);
        foreach (var issue in context.Issues.Take(50))
            Take(Texts.Cut(issue.Words, 1000));
    }

    /// <summary>Nothing is known of it.</summary>
    public bool IsEmpty => stems.Count == 0;

    /// <summary>The customer's own words in a row, each between two spaces.</summary>
    public string Sequence { get; }

    public bool Holds(string stem) => stems.Contains(stem);

    /// <summary>Two meaningful words stand side by side in the story.</summary>
    public bool HoldsPair(string one, string two) => pairs.Contains((one, two));

    /// <summary>The customer wrote this in capitals.</summary>
    public bool HasCapitals(string word) => capitals.Contains(word);

    /// <summary>Whether a word has a meaning of its own.</summary>
    public static bool IsMeant(in Token token, LanguageWords language) =>
        token.Kind is TokenKind.Word or TokenKind.Number && !language.Stopwords.Contains(token.Word) && (token.Word.Length >= 3 || token.Kind == TokenKind.Number);

    private DraftText Take(string words)
    {
        var text = DraftText.Read(Texts.Cut(words, Lint.Longest), language);
        string? before = null;
        foreach (var token in text.Tokens)
        {
            if (token.Kind == TokenKind.Comma)
                before = null;
            if (!IsMeant(token, language))
                continue;
            var stem = language.Stem(token.Word);
            stems.Add(stem);
            if (before is not null)
                pairs.Add((before, stem));
            before = stem;
            var written = text.Text.AsSpan(token.Start, token.Length);
            if (written.IndexOfAnyInRange('A', 'Z') >= 0 && written.IndexOfAnyInRange('a', 'z') < 0)
                capitals.Add(written.ToString());
        }

        return text;
    }
}

/// <summary>Finds what a draft quotes of the customer.</summary>
internal static class Quotations
{
    /// <summary>At most this many are compared with the customer's words.</summary>
    private const int Most = 60;

    private const int LongestQuotation = 2000;

    /// <summary>Marks given stretches, and what stands within quotation marks and occurs in the customer's words.</summary>
    public static void Mark(DraftText draft, Story story, IReadOnlyList<Stretch> given)
    {
        foreach (var stretch in given)
            draft.Quote(stretch.Start, (int)Math.Min((long)stretch.Start + stretch.Length, int.MaxValue));
        if (story.Sequence.Length <= 2)
            return;
        var compared = 0;
        for (var at = 0; at < draft.Text.Length && compared < Most; at++)
        {
            var closing = Closing(draft.Text[at]);
            if (closing.Length == 0)
                continue;
            var window = draft.Text.AsSpan(at + 1, Math.Min(LongestQuotation, draft.Text.Length - at - 1));
            var length = window.IndexOfAny(closing);
            if (length <= 0)
                continue;
            compared++;
            var words = Words(draft, at + 1, at + 1 + length);
            if (words.Length > 2 && story.Sequence.Contains(words, StringComparison.Ordinal))
                draft.Quote(at + 1, at + 1 + length);
            at += length + 1;
        }
    }

    private static string Words(DraftText draft, int start, int end)
    {
        List<string> words = [""];
        for (var at = draft.FirstFrom(start); at < draft.Tokens.Count && draft.Tokens[at].Start < end; at++)
        {
            if (draft.Tokens[at].Kind is TokenKind.Word or TokenKind.Number)
                words.Add(draft.Tokens[at].Word);
        }

        words.Add("");
        return string.Join(' ', words);
    }

    private static ReadOnlySpan<char> Closing(char opening) => opening switch
    {
        '"' => "\"",
        '“' => "”\"",
        '„' => "“”",
        '«' => "»",
        '»' => "«",
        '‘' => "’",
        '‚' => "‘’",
        _ => "",
    };
}

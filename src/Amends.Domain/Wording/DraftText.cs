using System.Globalization;
using System.Text;

namespace Amends.Domain.Wording;

internal enum TokenKind : byte
{
    Word,
    Number,
    Comma,
    Address,
}

/// <summary>A word of a text. A contraction makes two with the same stretch.</summary>
/// <param name="Start">In UTF-16 units of the text.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Word">In small letters, composed, with a straight apostrophe.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Quoted">It quotes the customer and is not judged.</param>
internal readonly record struct Token(int Start, int Length, string Word, TokenKind Kind, bool Quoted)
{
    public int End => Start + Length;
}

/// <summary>A sentence: tokens from <paramref name="First"/> up to but without <paramref name="End"/>.</summary>
internal readonly record struct Sentence(int First, int End, int Paragraph, bool IsGreeting, bool IsQuoted);

/// <summary>A text as words, sentences and paragraphs, in one pass. Lines that begin with &gt; are quoted.</summary>
internal sealed class DraftText
{
    private readonly LanguageWords language;
    private readonly List<Token> tokens = [];
    private readonly List<Sentence> sentences = [];
    private int first;
    private int paragraph;
    private bool quotedLine;
    private bool begun;

    private const int LongestElision = 10;

    /// <summary>Words and commas of the longest greeting.</summary>
    private const int LongestGreeting = 10;

    private DraftText(string text, LanguageWords language)
    {
        Text = text;
        this.language = language;
        ReadLines();
    }

    public string Text { get; }

    public List<Token> Tokens => tokens;

    public List<Sentence> Sentences => sentences;

    public static DraftText Read(string text, LanguageWords language) => new(text, language);

    /// <summary>The words of a phrase or a name, contractions opened.</summary>
    public static IEnumerable<string> WordsOf(string text, LanguageWords language) => Read(text, language).tokens.Where(token => token.Kind is TokenKind.Word or TokenKind.Number).Select(token => token.Word);

    /// <summary>The text of a sentence's stretch.</summary>
    public Stretch StretchOf(int firstToken, int lastToken) => new(tokens[firstToken].Start, tokens[lastToken].End - tokens[firstToken].Start);

    /// <summary>The sentence that holds a token.</summary>
    public int SentenceAt(int token)
    {
        int low = 0, high = sentences.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (sentences[middle].First <= token)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>Marks words as quoted.</summary>
    public void Quote(int start, int end)
    {
        for (var at = FirstFrom(start); at < tokens.Count && tokens[at].Start < end; at++)
            tokens[at] = tokens[at] with { Quoted = true };
    }

    /// <summary>The first token that starts at a place or after it.</summary>
    public int FirstFrom(int start)
    {
        int low = 0, high = tokens.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void ReadLines()
    {
        var at = 0;
        while (at < Text.Length)
        {
            var end = Text.AsSpan(at).IndexOfAny('\n', '\r', '\u2028');
            end = end < 0 ? Text.Length : at + end;
            var begin = at;
            while (begin < end && char.IsWhiteSpace(Text[begin]))
                begin++;
            if (begin == end)
            {
                EndSentence();
                paragraph++;
            }
            else
            {
                var quoted = Text[begin] == '>';
                if (quoted || quotedLine || !char.IsLower(Text[begin]))
                    EndSentence();
                quotedLine = quoted;
                ReadLine(begin, end);
                if (quoted || IsGreeting())
                    EndSentence();
            }

            at = end + (end + 1 < Text.Length && Text[end] == '\r' && Text[end + 1] == '\n' ? 2 : 1);
        }

        EndSentence();
    }

    private void ReadLine(int at, int end)
    {
        while (at < end)
        {
            var length = RuneAt(at, end, out var rune);
            if (Rune.IsLetterOrDigit(rune))
            {
                at = ReadWord(at, end);
            }
            else if (rune.Value == ',')
            {
                tokens.Add(new(at, 1, ",", TokenKind.Comma, quotedLine));
                at++;
                if (IsGreeting())
                    EndSentence();
            }
            else if (rune.Value is '.' or '!' or '?' or '…')
            {
                at = ReadEnd(at, end);
            }
            else
            {
                at += length;
            }
        }
    }

    private int ReadWord(int at, int end)
    {
        var begin = at;
        var hasDigit = false;
        while (at < end)
        {
            var length = RuneAt(at, end, out var rune);
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || rune.Value == 0xAD)
            {
                hasDigit |= Rune.IsDigit(rune);
                at += length;
            }
            else if (at + 1 < end && char.IsLetterOrDigit(Text[at + 1]) && Joins(at, begin, hasDigit))
            {
                if (rune.Value is '\'' or '’' && at - begin <= LongestElision && language.Elisions.Contains(Normal(begin, at + 1)))
                {
                    Add(begin, at, false);
                    begin = at + 1;
                }

                at++;
            }
            else if (rune.Value is ':' or '@' && IsAddress(begin, at, end))
            {
                while (at < end && !char.IsWhiteSpace(Text[at]) && Text[at] is not ('>' or ')' or '"'))
                    at++;
                tokens.Add(new(begin, at - begin, "", TokenKind.Address, quotedLine));
                return at;
            }
            else
            {
                break;
            }
        }

        if (hasDigit && at < end && Text[at] == '%')
            at++;
        Add(begin, at, hasDigit);
        return at;
    }

    private bool Joins(int at, int begin, bool hasDigit) => Text[at] switch
    {
        '\'' or '’' => char.IsLetter(Text[at + 1]) && char.IsLetter(Text[at - 1]),
        '.' or ',' => char.IsAsciiDigit(Text[at - 1]) && char.IsAsciiDigit(Text[at + 1]),
        '-' or '/' => (hasDigit && at - begin <= 40) || char.IsAsciiDigit(Text[at + 1]),
        ':' => char.IsAsciiDigit(Text[at - 1]) && char.IsAsciiDigit(Text[at + 1]),
        _ => false,
    };

    private bool IsAddress(int begin, int at, int end) =>
        (Text[at] == ':' && at + 2 < end && Text[at + 1] == '/' && Text[at + 2] == '/' && at - begin <= 10) ||
        (Text[at] == '@' && at + 1 < end && char.IsLetterOrDigit(Text[at + 1]));

    private void Add(int begin, int end, bool hasDigit)
    {
        var word = Normal(begin, end);
        var kind = hasDigit ? TokenKind.Number : TokenKind.Word;
        if (kind == TokenKind.Word && language.Opened(word) is var (one, two))
        {
            tokens.Add(new(begin, end - begin, one, kind, quotedLine));
            foreach (var more in two.Split(' '))
                tokens.Add(new(begin, end - begin, more, kind, quotedLine));
            return;
        }

        tokens.Add(new(begin, end - begin, word, kind, quotedLine));
    }

    private string Normal(int begin, int end)
    {
        var word = Text[begin..end];
        if (!Ascii.IsValid(word))
        {
            word = word.Replace('’', '\'').Replace("\u00ad", "");
            if (!word.IsNormalized())
                word = word.Normalize();
        }

        return language.Letters.Count == 0 || Ascii.IsValid(word) ? word.ToLowerInvariant() : string.Concat(word.ToLowerInvariant().Select(letter => language.Letters.TryGetValue(letter, out var written) ? written : letter.ToString()));
    }

    private int ReadEnd(int at, int end)
    {
        var begin = at;
        while (at < end && Text[at] is '.' or '!' or '?' or '…')
            at++;
        var dots = Text[begin] is '.' or '…';
        var close = at;
        while (close < end && Text[close] is '"' or '”' or '“' or '’' or '\'' or ')' or '»' or ']')
            close++;
        if (close < end && !char.IsWhiteSpace(Text[close]))
            return at;
        if (dots && at - begin == 1 && Text[begin] == '.' && IsAbbreviation(close, end))
            return at;
        if (dots && (at - begin > 1 || Text[begin] == '…') && NextIsSmall(close, end))
            return at;
        EndSentence();
        return close;
    }

    private bool IsAbbreviation(int close, int end)
    {
        if (tokens.Count == first)
            return true;
        var last = tokens[^1];
        if (language.Abbreviations.Contains(last.Word) || (last is { Length: 1, Kind: TokenKind.Word } && last.Word != "i" && NextIsSmall(close, end)))
            return true;
        return language.OrdinalDot && last is { Kind: TokenKind.Number, Length: <= 2 } && close < end;
    }

    private bool NextIsSmall(int at, int end)
    {
        while (at < end && char.IsWhiteSpace(Text[at]))
            at++;
        return at < end && char.IsLower(Text[at]);
    }

    // "Dear Anna Berg," and "Hello," end where they end; so does the same with an exclamation mark.
    private bool IsGreeting() => !begun && !quotedLine && tokens.Count > first && tokens.Count - first <= LongestGreeting && language.GreetingAt(tokens, first) is not null;

    private void EndSentence()
    {
        if (tokens.Count == first)
            return;
        var greeting = IsGreeting();
        var quoted = tokens[first].Quoted;
        begun |= !quoted;
        sentences.Add(new(first, tokens.Count, paragraph, greeting, quoted));
        first = tokens.Count;
    }

    private int RuneAt(int at, int end, out Rune rune)
    {
        Rune.DecodeFromUtf16(Text.AsSpan(at, end - at), out rune, out var length);
        return length;
    }
}

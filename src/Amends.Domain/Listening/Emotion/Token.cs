namespace Amends.Domain.Listening.Emotion;

/// <summary>What a piece of text is.</summary>
public enum TokenKind : byte
{
    /// <summary>Letters, with apostrophes inside.</summary>
    Word,

    /// <summary>Digits, with points and commas inside.</summary>
    Number,

    /// <summary>A web address, or a name behind an @.</summary>
    Address,

    /// <summary>One or more of <c>. ! ?</c>: a sentence ends.</summary>
    End,

    /// <summary>An empty line: a paragraph ends.</summary>
    Paragraph,

    /// <summary>A face made of punctuation.</summary>
    Face,

    /// <summary>Any other sign, such as a comma or a picture sign.</summary>
    Sign,
}

/// <summary>A piece of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
public readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    /// <summary>Where it ends.</summary>
    public int End => Start + Length;
}

/// <summary>Cuts a text into words and signs, in one pass and without a copy.</summary>
public ref struct Tokens(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int at;

    /// <summary>The piece that <see cref="Next"/> found.</summary>
    public Token Current { get; private set; }

    /// <summary>Goes to the next piece.</summary>
    /// <returns><c>false</c> at the end.</returns>
    public bool Next()
    {
        var lines = 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            lines += text[at++] == '\n' ? 1 : 0;
        if (lines > 1)
            return Found(TokenKind.Paragraph, at, at);
        if (at == text.Length)
            return false;

        var c = text[at];
        if (char.IsLetter(c))
            return EndOfAddress(at) is > 0 and var end ? Found(TokenKind.Address, at, end) : Found(TokenKind.Word, at, EndOfWord(at));
        if (char.IsAsciiDigit(c))
            return Found(TokenKind.Number, at, EndOfNumber(at));
        if (c is '.' or '!' or '?')
            return Found(TokenKind.End, at, EndOf(at, ".!?"));
        if (c == '@' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))
            return Found(TokenKind.Address, at, EndOfName(at + 1));
        if (c is ':' or ';' && EndOfFace(at) is > 0 and var face)
            return Found(TokenKind.Face, at, face);
        return Found(TokenKind.Sign, at, char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? at + 2 : at + 1);
    }

    private bool Found(TokenKind kind, int start, int end)
    {
        Current = new Token(kind, start, end - start);
        at = end;
        return true;
    }

    private readonly int EndOfWord(int from)
    {
        var end = from + 1;
        while (end < text.Length && (char.IsLetter(text[end]) || char.GetUnicodeCategory(text[end]) == System.Globalization.UnicodeCategory.NonSpacingMark
            || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
            end++;
        return end;
    }

    private readonly int EndOfNumber(int from)
    {
        var end = from + 1;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return end;
    }

    private readonly int EndOf(int from, ReadOnlySpan<char> signs)
    {
        var end = from;
        while (end < text.Length && signs.Contains(text[end]))
            end++;
        return end;
    }

    private readonly int EndOfName(int from)
    {
        var end = from;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        return end;
    }

    /// <summary>Where a web address that begins here ends; 0 when this is none.</summary>
    private readonly int EndOfAddress(int from)
    {
        var rest = text[from..];
        if (!rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return 0;
        var end = from;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }

    private readonly int EndOfFace(int from)
    {
        var mouth = from + 1 < text.Length && text[from + 1] == '-' ? from + 2 : from + 1;
        return mouth < text.Length && text[mouth] is ')' or '(' or 'D' or 'P' or '/' && (mouth + 1 == text.Length || !char.IsLetterOrDigit(text[mouth + 1])) ? mouth + 1 : 0;
    }
}

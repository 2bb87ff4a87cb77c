namespace Amends.Domain.Wording;

/// <summary>Finds capitals, rows of marks, and dots that trail off.</summary>
internal static class Loudness
{
    public static IEnumerable<Hint> Of(Reading reading)
    {
        foreach (var (first, last) in ShoutedRuns(reading))
            yield return Check.Shouting.At(reading.Pack, reading.Draft.StretchOf(first, last));
        var text = reading.Draft.Text;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('.' or '!' or '?' or '…'))
                continue;
            var begin = at;
            int strong = 0, dots = 0;
            for (; at < text.Length && text[at] is '.' or '!' or '?' or '…'; at++)
            {
                strong += text[at] is '!' or '?' ? 1 : 0;
                dots += text[at] == '.' ? 1 : text[at] == '…' ? 3 : 0;
            }

            if (begin == 0 || strong + dots < 2 || IsQuoted(reading, begin))
                continue;
            var where = new Stretch(begin, at - begin);
            if (strong > 1)
                yield return Check.Exclamations.At(reading.Pack, where);
            else if (dots > 2 && char.IsLetter(text[begin - 1]) && (at == text.Length || text[at] is not (']' or ')')))
                yield return Check.Ellipsis.At(reading.Pack, where);
        }
    }

    /// <summary>Rows of words in capitals that are no abbreviations.</summary>
    public static List<(int First, int Last)> ShoutedRuns(Reading reading)
    {
        List<(int, int)> runs = [];
        var tokens = reading.Draft.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!IsCapital(reading, at))
                continue;
            var first = at;
            int last = at, loud = 0, long_ = 0, count = 0;
            for (; at < tokens.Count && (IsCapital(reading, at) || IsBridge(reading, at)); at++)
            {
                if (tokens[at].Length < 2 || tokens[at].Kind == TokenKind.Comma)
                    continue;
                last = at;
                if (at > first && tokens[at - 1].Start == tokens[at].Start)
                    continue;
                count++;
                loud += IsLoud(reading, tokens[at]) ? 1 : 0;
                long_ += tokens[at].Length >= 6 && !IsKnown(reading, tokens[at]) ? 1 : 0;
            }

            at--;
            if (count > 1 ? loud + long_ > 0 : loud > 0 && tokens[first].Length > 2 || (tokens[first].Length >= 7 && !IsKnown(reading, tokens[first])))
                runs.Add((first, last));
        }

        return runs;
    }

    private static bool IsCapital(Reading reading, int at)
    {
        var token = reading.Draft.Tokens[at];
        if (token.Quoted || token.Kind != TokenKind.Word || token.Length < 2)
            return false;
        var written = reading.Draft.Text.AsSpan(token.Start, token.Length);
        var letters = 0;
        foreach (var letter in written)
        {
            if (char.IsLower(letter))
                return false;
            letters += char.IsUpper(letter) ? 1 : 0;
        }

        return letters >= 2 && !reading.Story.HasCapitals(written.ToString());
    }

    // "I" and a comma do not part a row.
    private static bool IsBridge(Reading reading, int at)
    {
        var token = reading.Draft.Tokens[at];
        return !token.Quoted && (token.Kind == TokenKind.Comma || (token.Length == 1 && token.Kind == TokenKind.Word && char.IsUpper(reading.Draft.Text[token.Start])));
    }

    private static bool IsLoud(Reading reading, Token token) =>
        reading.Words.Shouted.Contains(token.Word) || (reading.Words.Stopwords.Contains(token.Word) && !reading.Words.KnownAcronyms.Contains(token.Word));

    private static bool IsKnown(Reading reading, Token token)
    {
        var written = reading.Draft.Text.Substring(token.Start, token.Length);
        return reading.Words.KnownAcronyms.Contains(token.Word) || reading.Words.Acronyms.ContainsKey(written) || reading.Context.Names.Any(name => name.Contains(written, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsQuoted(Reading reading, int start)
    {
        var token = reading.Draft.FirstFrom(start) - 1;
        return token >= 0 && reading.Draft.Tokens[token].Quoted;
    }
}

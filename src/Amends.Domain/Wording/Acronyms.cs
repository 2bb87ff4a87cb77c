namespace Amends.Domain.Wording;

/// <summary>Finds abbreviations that are not explained.</summary>
internal static class Acronyms
{
    public static IEnumerable<Hint> Of(Reading reading)
    {
        if (!reading.Speaks)
            yield break;
        HashSet<string> seen = [];
        var shouted = Loudness.ShoutedRuns(reading);
        var run = 0;
        for (var at = 0; at < reading.Draft.Tokens.Count; at++)
        {
            while (run < shouted.Count && shouted[run].Last < at)
                run++;
            var token = reading.Draft.Tokens[at];
            if (token.Quoted || token.Kind != TokenKind.Word || token.Length is < 2 or > 7 || (run < shouted.Count && shouted[run].First <= at))
                continue;
            var written = reading.Draft.Text.Substring(token.Start, token.Length);
            var letters = written.EndsWith('s') ? written[..^1] : written;
            if (letters.Length is < 2 or > 6 || !letters.All(char.IsAsciiLetterUpper) || !seen.Add(letters))
                continue;
            if (IsKnown(reading, letters) || IsExplained(reading, at) || IsPartOfCode(reading.Draft.Text, token))
                continue;
            yield return Check.Acronym.At(reading.Pack, new(token.Start, token.Length), letters, reading.Words.Acronyms.GetValueOrDefault(letters));
        }
    }

    private static bool IsKnown(Reading reading, string letters) =>
        reading.Words.KnownAcronyms.Contains(letters.ToLowerInvariant()) || reading.Story.HasCapitals(letters) || reading.Context.Names.Any(name => name.Contains(letters, StringComparison.Ordinal)) || letters.All(letter => letter is 'I' or 'V' or 'X');

    // "return number (RMA)", "RMA (return number)".
    private static bool IsExplained(Reading reading, int at)
    {
        var text = reading.Draft.Text;
        var token = reading.Draft.Tokens[at];
        var inBrackets = token.Start > 0 && text[token.Start - 1] == '(' && token.End < text.Length && text[token.End] == ')';
        return inBrackets || (token.End + 1 < text.Length && text[token.End] == ' ' && text[token.End + 1] == '(');
    }

    private static bool IsPartOfCode(string text, Token token) =>
        (token.Start > 0 && text[token.Start - 1] is '-' or '/' or '#' or '_' or '&') || (token.End < text.Length && text[token.End] is '-' or '/' or '_' or '&');
}

using System.Globalization;
using System.Text;

namespace Amends.Domain.Wording;

/// <summary>Reads how a draft greets: a blank can never be sent, a name is compared with the one that is kept (practice 3-26).</summary>
internal static class Greetings
{
    private const int MostPlaceholders = 20;

    /// <summary>Words of a name; more of them are a sentence.</summary>
    private const int MostNames = 5;

    public static (Salutation Salutation, IReadOnlyList<Hint> Hints) Read(Reading reading)
    {
        List<Hint> hints = [];
        Placeholders(reading, hints);
        var index = reading.Draft.Sentences.FindIndex(sentence => !sentence.IsQuoted);
        if (index < 0 || !reading.Draft.Sentences[index].IsGreeting)
        {
            if (reading.Context.Names.Count > 0 && reading.Length >= Lint.WholeLetter && !Uses(reading))
                hints.Add(Check.NameUnused.At(reading.Pack));
            return (Salutation.None, hints);
        }

        return (Greeted(reading, reading.Draft.Sentences[index], hints), hints);
    }

    private static Salutation Greeted(Reading reading, Sentence sentence, List<Hint> hints)
    {
        var tokens = reading.Draft.Tokens;
        var greeting = reading.Words.GreetingAt(tokens, sentence.First)!;
        var begin = tokens[sentence.First + greeting.Words.Length - 1].End;
        var line = reading.Draft.Text.AsSpan(begin);
        var end = begin + (line.IndexOfAny(",!\r\n") is >= 0 and var at ? at : line.Length);
        var written = reading.Draft.Text.AsSpan(begin, end - begin);
        var names = Enumerable.Range(sentence.First, sentence.End - sentence.First).Where(token => tokens[token].Start >= begin && tokens[token].Start < end && tokens[token].Kind != TokenKind.Comma).ToList();
        var whole = new Stretch(tokens[sentence.First].Start, Math.Max(1, end - tokens[sentence.First].Start));
        // A title alone needs a name as well: "Dear Mr ,".
        names.RemoveAll(token => reading.Words.Titles.Contains(tokens[token].Word) && !reading.Words.Neutral.Contains(tokens[token].Word));
        if ((greeting.NeedsName && !names.Exists(token => tokens[token].Word.AsSpan().IndexOfAnyExcept('x', 'X') >= 0)) || IsBlank(written) || names.Exists(token => reading.Words.Blanks.Contains(tokens[token].Word)) || hints.Exists(hint => hint.Start >= whole.Start && hint.Start < end))
        {
            hints.RemoveAll(hint => hint.Start < end);
            hints.Add(Check.BlankName.At(reading.Pack, whole));
            return Salutation.Blank;
        }

        // "Hello from the workshop" greets nobody by name.
        if (names.Count > MostNames || names.Exists(token => reading.Words.Stopwords.Contains(tokens[token].Word) && !reading.Words.Neutral.Contains(tokens[token].Word) && char.IsLower(reading.Draft.Text[tokens[token].Start])))
            return Salutation.Neutral;
        if (names.TrueForAll(token => reading.Words.Neutral.Contains(tokens[token].Word)))
        {
            if (reading.Context.Names.Count > 0 && !Uses(reading))
                hints.Add(Check.NameNeutral.At(reading.Pack, whole));
            return Salutation.Neutral;
        }

        return reading.Context.Names.Count == 0 ? Salutation.Unchecked : Compared(reading, names, hints);
    }

    private static bool IsBlank(ReadOnlySpan<char> written) => written.IndexOfAny("{}[]<>…") >= 0 || written.Contains("__", StringComparison.Ordinal) || written.Contains("??", StringComparison.Ordinal);

    private static Salutation Compared(Reading reading, List<int> names, List<Hint> hints)
    {
        var known = Known(reading);
        var worst = Salutation.Named;
        foreach (var token in names)
        {
            var found = reading.Draft.Tokens[token];
            var written = reading.Draft.Text.Substring(found.Start, found.Length);
            if (known.Contains(written.Normalize()) || reading.Words.Neutral.Contains(found.Word))
                continue;
            var near = known.Where(name => IsNear(name, written)).OrderBy(name => Distance(name, written)).FirstOrDefault();
            var isOther = near is null;
            hints.Add((isOther ? Check.NameOther : Check.NameMisspelt).At(reading.Pack, new(found.Start, found.Length), better: $"{near ?? reading.Context.Names[0]}"));
            worst = isOther || worst == Salutation.Other ? Salutation.Other : Salutation.Misspelt;
        }

        return worst;
    }

    private static HashSet<string> Known(Reading reading) =>
        [.. reading.Context.Names.Take(10).SelectMany(name => DraftText.Read(Texts.Cut(name, 200), LanguageWords.None) is var read ? read.Tokens.Select(token => read.Text.Substring(token.Start, token.Length).Normalize()) : [])];

    private static bool Uses(Reading reading)
    {
        var known = Known(reading);
        return reading.Draft.Tokens.Exists(token => token is { Quoted: false, Length: > 1 } && known.Contains(reading.Draft.Text.Substring(token.Start, token.Length)));
    }

    private static bool IsNear(string name, string written)
    {
        if (name.Equals(written, StringComparison.OrdinalIgnoreCase) || Plain(name).Equals(Plain(written), StringComparison.OrdinalIgnoreCase))
            return true;
        return name.Length >= 3 && written.Length <= 60 && Distance(name, written) <= (name.Length <= 4 ? 1 : 2);
    }

    private static string Plain(string word) => string.Concat(word.Normalize(NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));

    // Letters put in, left out, changed or swapped (Damerau 1964), in small letters.
    private static int Distance(string one, string two)
    {
        (one, two) = (one.ToLowerInvariant(), two.ToLowerInvariant());
        if (one.Length > 60 || two.Length > 60)
            return int.MaxValue;
        var rows = new int[one.Length + 1, two.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= two.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var least = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == two[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1])
                    least = Math.Min(least, rows[i - 2, j - 2] + 1);
                rows[i, j] = least;
            }
        }

        return rows[one.Length, two.Length];
    }

    // "{name}", "{{order}}", "[[date]]", "<<agent>>", "%NAME%": whatever a template leaves behind.
    private static void Placeholders(Reading reading, List<Hint> hints)
    {
        var text = reading.Draft.Text;
        for (var at = 0; at < text.Length && hints.Count < MostPlaceholders; at++)
        {
            var (open, close) = text[at] switch
            {
                '{' => (1, '}'),
                '[' when at + 1 < text.Length && text[at + 1] == '[' => (2, ']'),
                '<' when at + 1 < text.Length && text[at + 1] == '<' => (2, '>'),
                '%' when at + 1 < text.Length && char.IsAsciiLetterUpper(text[at + 1]) => (1, '%'),
                _ => (0, ' '),
            };
            if (open == 0)
                continue;
            var window = text.AsSpan(at + open, Math.Min(60, text.Length - at - open));
            var length = window.IndexOf(close);
            if (length <= 0 || window[..length].IndexOfAny('\n', '\r') >= 0 || !IsName(window[..length]))
                continue;
            var end = at + open + length;
            while (end < text.Length && text[end] == close)
                end++;
            if (reading.Draft.FirstFrom(at) is var token && token < reading.Draft.Tokens.Count && reading.Draft.Tokens[token].Quoted)
                continue;
            hints.Add(Check.Placeholder.At(reading.Pack, new(at, end - at)));
            at = end - 1;
        }
    }

    private static bool IsName(ReadOnlySpan<char> inside)
    {
        var letters = 0;
        foreach (var letter in inside)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '.' or '-' or ' ' or '{' or '['))
                return false;
            letters += char.IsLetter(letter) ? 1 : 0;
        }

        return letters > 0;
    }
}

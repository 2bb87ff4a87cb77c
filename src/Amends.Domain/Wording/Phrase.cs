using System.Globalization;
using System.Text;

namespace Amends.Domain.Wording;

/// <summary>One step of a phrase: a word of a set, or up to so many words of any kind.</summary>
/// <param name="Symbol">The set's symbol; 0 for a gap.</param>
/// <param name="Gap">The most words of the gap.</param>
internal readonly record struct Step(int Symbol, int Gap = 0);

/// <summary>
/// Reads phrases as an editor writes them:
/// <c>word</c> · <c>word+</c> with the usual endings · <c>word*</c> whatever begins so · <c>(one|two three)</c> one of these ·
/// <c>[word]</c> perhaps · <c>{list}</c> a word of a list · <c>...</c> up to three words, <c>...5</c> up to five · <c>#</c> a number ·
/// <c>,</c> a comma · <c>^</c> the beginning of a sentence.
/// </summary>
internal sealed class Phrase
{
    /// <summary>A phrase may stand for this many different rows of words.</summary>
    public const int MostRows = 3000;

    private const int Deepest = 6;
    private readonly string phrase;
    private readonly Symbols symbols;
    private int at;

    private Phrase(string phrase, Symbols symbols)
    {
        this.phrase = phrase;
        this.symbols = symbols;
    }

    /// <summary>All rows of steps that a phrase stands for.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says why.</exception>
    public static (bool AtStart, List<List<Step>> Rows) Read(string phrase, Symbols symbols)
    {
        var reader = new Phrase(phrase, symbols);
        reader.Skip();
        var start = reader.Take('^');
        var rows = reader.Row(0);
        if (reader.at < phrase.Length)
            throw new FormatException($"has a “{phrase[reader.at]}” that nothing opened");
        if (rows.Any(row => row.Count == 0 || row.All(step => step.Symbol == 0)))
            throw new FormatException("needs a word that must be there");
        if (rows.Any(row => row[^1].Symbol == 0))
            throw new FormatException("must not end with a gap");
        if (rows.Any(row => row[0].Symbol == 0))
            throw new FormatException("must not begin with a gap");
        return (start, rows);
    }

    private List<List<Step>> Row(int depth)
    {
        if (depth > Deepest)
            throw new FormatException("has too many brackets inside each other");
        List<List<Step>> rows = [[]];
        while (true)
        {
            Skip();
            if (at >= phrase.Length || phrase[at] is ')' or ']' or '|')
                return rows;
            rows = Joined(rows, Item(depth));
        }
    }

    private List<List<Step>> Item(int depth)
    {
        if (Take('('))
            return Alternatives(')', depth);
        if (Take('['))
            return [.. Alternatives(']', depth), []];
        if (Take('#'))
            return [[new(Symbols.Number)]];
        if (Take(','))
            return [[new(Symbols.Comma)]];
        if (Take('{'))
            return List(depth);
        if (phrase.AsSpan(at).StartsWith("..."))
            return [[new(0, GapLength())]];
        return Word();
    }

    private List<List<Step>> Alternatives(char close, int depth)
    {
        List<List<Step>> all = [];
        do
        {
            all.AddRange(Row(depth + 1));
        }
        while (Take('|'));
        if (!Take(close))
            throw new FormatException($"has a bracket that is not closed with “{close}”");
        // Single words side by side are one set.
        var single = all.Where(IsOneWord).Select(row => row[0].Symbol).Distinct().ToList();
        if (single.Count > 1)
            all = [.. all.Where(row => !IsOneWord(row)), [new(symbols.Union(single))]];
        return Bounded(all);
    }

    private static bool IsOneWord(List<Step> row) => row.Count == 1 && row[0].Symbol is not (0 or Symbols.Comma or Symbols.Number);

    private List<List<Step>> List(int depth)
    {
        var end = phrase.IndexOf('}', at);
        if (end < 0)
            throw new FormatException("has a list that is not closed with “}”");
        var name = phrase[at..end].Trim();
        at = end + 1;
        if (symbols.RowsOf(name) is { } known)
            return known;
        var words = symbols.ListOf(name) ?? throw new FormatException($"names the list “{name}”, which the pack does not have");
        if (depth > Deepest)
            throw new FormatException($"names the list “{name}” within itself");
        var inner = new Phrase("(" + words + ")", symbols);
        var rows = inner.Item(depth + 1);
        if (inner.at < inner.phrase.Length)
            throw new FormatException($"names the list “{name}”, which has a bracket too many");
        return symbols.Keep(name, rows);
    }

    private int GapLength()
    {
        at += 3;
        var begin = at;
        while (at < phrase.Length && char.IsAsciiDigit(phrase[at]) && at - begin < 3)
            at++;
        var most = at == begin ? 3 : int.Parse(phrase.AsSpan(begin, at - begin), CultureInfo.InvariantCulture);
        return most is > 0 and <= 8 ? most : throw new FormatException("has a gap that is not of 1 to 8 words");
    }

    private List<List<Step>> Word()
    {
        var begin = at;
        while (at < phrase.Length && !char.IsWhiteSpace(phrase[at]) && phrase[at] is not ('(' or ')' or '[' or ']' or '|' or '{' or '}' or '#' or ',' or '*' or '+' or '^'))
            at++;
        var written = phrase[begin..at];
        if (written.Length == 0)
            throw new FormatException($"has a “{phrase[at]}” where a word is expected");
        List<string> words = Ascii.IsValid(written) && written.All(char.IsAsciiLetterLower) && symbols.Language.Opened(written) is null ? [written] : [.. DraftText.WordsOf(written, symbols.Language)];
        if (words.Count == 0)
            throw new FormatException($"has “{written}”, which holds no word");
        var last = words[^1];
        List<Step> row = [.. words.Take(words.Count - 1).Select(word => new Step(symbols.Word(word)))];
        row.Add(new(Take('*') ? symbols.Beginning(last) : Take('+') ? symbols.Inflected(last) : symbols.Word(last)));
        return [row];
    }

    private static List<List<Step>> Joined(List<List<Step>> before, List<List<Step>> after) =>
        Bounded(after.Count == 1 && before.Count == 1 ? [[.. before[0], .. after[0]]] : [.. from one in before from two in after select (List<Step>)[.. one, .. two]]);

    private static List<List<Step>> Bounded(List<List<Step>> rows) =>
        rows.Count > MostRows || rows.Any(row => row.Count > 40) ? throw new FormatException("stands for too many or too long rows of words; write it as several") : rows;

    private void Skip()
    {
        while (at < phrase.Length && char.IsWhiteSpace(phrase[at]))
            at++;
    }

    private bool Take(char expected)
    {
        if (at >= phrase.Length || phrase[at] != expected)
            return false;
        at++;
        return true;
    }
}

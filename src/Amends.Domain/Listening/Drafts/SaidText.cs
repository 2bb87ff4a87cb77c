using System.Text;

namespace Amends.Domain.Listening.Drafts;

/// <summary>A sentence that somebody wrote, by its place in the text.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Paragraph">Counts up with each empty line.</param>
/// <param name="IsItem">It begins a point of a list.</param>
/// <param name="FirstWord">Its first word.</param>
/// <param name="EndWord">Behind its last one.</param>
public readonly record struct SaidSentence(int Start, int End, int Paragraph, bool IsItem, int FirstWord, int EndWord)
{
    /// <summary>How many words it has.</summary>
    public int Words => EndWord - FirstWord;
}

/// <summary>A message as sentences: quoted lines, the greeting and what follows the closing are left out. Nothing is changed; every sentence is a stretch of the text.</summary>
public sealed class SaidText
{
    private const int MostSentences = 300, LongestClosing = 6, LongestGreeting = 5, WrappedAt = 55, MostAfterClosing = 8;

    private readonly ListeningWords _words;
    private readonly List<SaidSentence> _sentences = [];
    private int _begun = -1, _until, _paragraph, _item = -1;

    private SaidText(SaidMessage message, ListeningWords words)
    {
        (Message, _words) = (message, words);
        Text = Texts.Cut(message.Text, SaidMessage.Longest);
        Words = SaidWord.In(Text);
        ReadLines();
    }

    /// <summary>The message.</summary>
    public SaidMessage Message { get; }

    /// <summary>As much of its text as was read.</summary>
    public string Text { get; }

    /// <summary>Its words.</summary>
    public IReadOnlyList<SaidWord> Words { get; }

    /// <summary>Its sentences, in their order.</summary>
    public IReadOnlyList<SaidSentence> Sentences => _sentences;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="words">The words of its language.</param>
    public static SaidText Read(SaidMessage message, ListeningWords words) => new(message, words);

    /// <summary>A stretch of the text in one line: runs of white space become one space, nothing else is touched.</summary>
    public string Quote(int start, int end) => Folded(Text.AsSpan(start, end - start));

    /// <summary>A text in one line.</summary>
    public static string Folded(ReadOnlySpan<char> text)
    {
        StringBuilder folded = new(text.Length);
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter))
                folded.Append(letter);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>The last sign of a sentence that is no quotation mark.</summary>
    public bool IsAsked(SaidSentence sentence) => Text.AsSpan(sentence.Start, sentence.End - sentence.Start).TrimEnd(" \t\r\n\"”’')").EndsWith("?");

    private void ReadLines()
    {
        var at = 0;
        var previous = 0;
        while (at < Text.Length && _sentences.Count < MostSentences)
        {
            var end = Text.IndexOf('\n', at);
            end = end < 0 ? Text.Length : end;
            var (begin, stop) = (at, end);
            while (begin < stop && char.IsWhiteSpace(Text[begin]))
                begin++;
            while (stop > begin && char.IsWhiteSpace(Text[stop - 1]))
                stop--;
            if (begin == stop)
            {
                EndSentence();
                _paragraph++;
            }
            else if (Text[begin] == '>')
            {
                EndSentence();
            }
            else if (Text.AsSpan(begin, stop - begin) is "--" || IsClosing(begin, stop))
            {
                break;
            }
            else
            {
                var item = ItemAt(begin, stop);
                if (item > 0 || (previous < WrappedAt && !char.IsLower(Text[begin])))
                    EndSentence();
                if (item > 0)
                    _item = begin = item;
                ReadLine(begin, stop);
                previous = stop - begin;
            }

            at = end + 1;
        }

        EndSentence();
    }

    /// <summary>"Kind regards," and the like, when little follows.</summary>
    private bool IsClosing(int begin, int stop)
    {
        var (first, end) = (WordFrom(begin), WordFrom(stop));
        return end - first <= LongestClosing && _words.ClosingSet.AtStart(Words, first, end) >= 0 && Words.Count - end <= MostAfterClosing * 4 && Text.AsSpan(stop).Count('\n') <= MostAfterClosing;
    }

    private int ItemAt(int begin, int stop)
    {
        var at = begin;
        if (Text[at] is '-' or '*' or '•' or '–')
        {
            at++;
        }
        else
        {
            if (Text[at] == '(')
                at++;
            var digits = at;
            while (at < stop && char.IsAsciiDigit(Text[at]) && at - digits < 2)
                at++;
            if (at == digits && at < stop && char.IsAsciiLetter(Text[at]))
                at++;
            if (at == digits || at >= stop || !(Text[at] == ')' || (Text[at] == '.' && char.IsAsciiDigit(Text[at - 1]))))
                return 0;
            at++;
        }

        if (at >= stop || !char.IsWhiteSpace(Text[at]))
            return 0;
        while (at < stop && char.IsWhiteSpace(Text[at]))
            at++;
        return at < stop ? at : 0;
    }

    private void ReadLine(int begin, int stop)
    {
        for (var at = begin; at < stop; at++)
        {
            if (_begun < 0)
            {
                if (char.IsWhiteSpace(Text[at]))
                    continue;
                _begun = at;
            }

            _until = at + 1;
            if (Text[at] is not ('.' or '!' or '?' or '…'))
                continue;
            while (at + 1 < stop && Text[at + 1] is '.' or '!' or '?' or '…' or '"' or '”' or '’' or '\'' or ')')
                at++;
            _until = at + 1;
            if (at + 1 < stop && !char.IsWhiteSpace(Text[at + 1]))
                continue;
            if (Text[at] != '.' || !GoesOn(at, stop))
                EndSentence();
        }
    }

    /// <summary>A point that ends no sentence: behind an abbreviation or one letter, or before a small letter.</summary>
    private bool GoesOn(int point, int stop)
    {
        var next = point + 1;
        while (next < stop && char.IsWhiteSpace(Text[next]))
            next++;
        if (next >= stop)
            return false;
        if (char.IsLower(Text[next]))
            return true;
        var last = WordFrom(point) - 1;
        return last >= 0 && Words[last].End == point && (_words.IsAbbreviation(Words[last].Lower) || (Words[last].Lower.Length == 1 && Words[last].Lower != "i" && char.IsLetter(Words[last].Lower[0])));
    }

    private void EndSentence()
    {
        var (start, end, item) = (_begun, _until, _item >= 0 && _item == _begun);
        (_begun, _item) = (-1, -1);
        if (start < 0)
            return;
        var (first, last) = (WordFrom(start), WordFrom(end));
        if (_words.GreetingSet.AtStart(Words, first, last) >= 0)
        {
            // "Dear Anna," and "Hello!" are no sentence; "Hello, the lamp broke" begins behind its comma.
            var comma = Text.IndexOf(',', start, end - start);
            var cut = comma < 0 ? last : WordFrom(comma);
            if (cut - first > LongestGreeting)
                cut = first;
            else if (cut == last)
                return;
            if (cut > first)
                (first, start) = (cut, Words[cut].Start);
        }

        if (first < last && !(last - first <= LongestClosing && _sentences.Count > 0 && _words.ClosingSet.AtStart(Words, first, last) >= 0 && !Text.AsSpan(start, end - start).Contains('?')))
            _sentences.Add(new(start, end, _paragraph, item, first, last));
    }

    /// <summary>The number of the first word that starts at a place or behind it.</summary>
    public int WordFrom(int place)
    {
        int low = 0, high = Words.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Words[middle].Start < place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

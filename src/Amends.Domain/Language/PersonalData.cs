using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amends.Domain.Language;

/// <summary>
/// Finds what is personal in a text: what is known of its people, and what looks like an address, a number, a name. It would rather take too much: an
/// answer gets it back. Every search takes time in proportion to the text (automata without going back, or one pass).
/// </summary>
internal static partial class PersonalData
{
    private const int MostGap = 1, LongestGap = 3;

    /// <summary>Everything that is found, in no order; stretches may lie over each other.</summary>
    public static List<PersonalSpan> In(string text, KnownPeople people)
    {
        List<PersonalSpan> found = [];
        Add(found, Placeholders(), text, PersonalKind.Placeholder);
        Add(found, Links(), text, PersonalKind.Link);
        Add(found, Mails(), text, PersonalKind.Email);
        Add(found, Accounts(), text, PersonalKind.Account);
        Add(found, Streets(), text, PersonalKind.Address);
        Add(found, StreetsFirst(), text, PersonalKind.Address);
        Add(found, Postcodes(), text, PersonalKind.Address);
        AddGroup(found, NamesAfter(), text, PersonalKind.Name);
        AddGroup(found, Secrets(), text, PersonalKind.Secret);
        AddGroup(found, Numbered(), text, PersonalKind.Order);
        foreach (var (words, kind) in people.Literal)
            AddLiteral(found, text, words, kind);
        AddWords(found, text, people);
        Phones(found, text);
        Runs(found, text);
        return found;
    }

    /// <summary>Whether a text holds a way to reach somebody or to pay them: a link, a mail address, a telephone number, an account.</summary>
    public static List<PersonalSpan> WaysOut(string text)
    {
        List<PersonalSpan> found = [];
        Add(found, Links(), text, PersonalKind.Link);
        Add(found, Mails(), text, PersonalKind.Email);
        Add(found, Accounts(), text, PersonalKind.Account);
        Phones(found, text);
        return found;
    }

    private static void Add(List<PersonalSpan> found, Regex what, string text, PersonalKind kind)
    {
        foreach (var match in what.EnumerateMatches(text))
            found.Add(new(match.Index, match.Index + match.Length, kind));
    }

    private static void AddGroup(List<PersonalSpan> found, Regex what, string text, PersonalKind kind)
    {
        foreach (Match match in what.Matches(text))
        {
            var group = match.Groups[^1].Length > 0 ? match.Groups[^1] : match.Groups[1];
            if (group.Length > 0 && (kind != PersonalKind.Order || group.Value.Any(char.IsAsciiDigit)))
                found.Add(new(group.Index, group.Index + group.Length, kind));
        }
    }

    private static void AddLiteral(List<PersonalSpan> found, string text, string words, PersonalKind kind)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + words.Length, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + words.Length;
            if (kind == PersonalKind.Name || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))))
                found.Add(new(at, end, kind));
        }
    }

    /// <summary>Words of known names and places; parts of a name that stand beside each other are one.</summary>
    private static void AddWords(List<PersonalSpan> found, string text, KnownPeople people)
    {
        if (people.Names.Count == 0 && people.Places.Count == 0)
            return;
        var (start, end, sure) = (-1, -1, false);
        void Close()
        {
            if (sure)
                found.Add(new(start, end, PersonalKind.Name));
            (start, end, sure) = (-1, -1, false);
        }

        foreach (var (from, to) in WordsOf(text))
        {
            var word = Composed(text[from..to]);
            var small = word.ToLowerInvariant();
            var (part, length) = (people.PartOf(word, small), to - from);
            if (part == NamePart.None && small.Length > 3 && small[^1] == 's') // Okafors
                (part, length) = people.PartOf(word, small[..^1]) is NamePart.Name ? (NamePart.Name, length - 1) : (part, length);
            if (part == NamePart.None)
            {
                Close();
                if (people.Places.Contains(small))
                    found.Add(new(from, to, PersonalKind.Address));
                continue;
            }

            if (start >= 0 && from - end > MostGap)
                Close();
            if (start < 0)
                start = from;
            end = from + length;
            sure |= part == NamePart.Name;
        }

        Close();
    }

    /// <summary>Seven to twelve digits with what people put between them are a telephone number, more are an account; days are neither.</summary>
    private static void Phones(List<PersonalSpan> found, string text)
    {
        var without = WithoutDays(text);
        for (var at = 0; at < without.Length; at++)
        {
            if (!char.IsAsciiDigit(without[at]))
                continue;
            var (digits, gap, end) = (0, 0, at);
            for (var next = at; next < without.Length && gap <= LongestGap; next++)
            {
                if (char.IsAsciiDigit(without[next]))
                    (digits, gap, end) = (digits + 1, 0, next + 1);
                else if (IsInNumber(without[next]))
                    gap++;
                else
                    break;
            }

            var begin = at;
            while (begin > 0 && without[begin - 1] is '+' or '(')
                begin--;
            if (digits >= 7)
                found.Add(new(begin, end, digits >= 13 && without[begin] != '+' ? PersonalKind.Account : PersonalKind.Phone));
            at = end - 1;
        }
    }

    private static bool IsInNumber(char letter) => letter is ' ' or '\u00a0' or '(' or ')' or '.' or '/' or '-' or (>= '\u2010' and <= '\u2015');

    /// <summary>Runs of letters, digits and strokes: long ones with digits are tokens, mixed ones with three digits references, five digits a number.</summary>
    private static void Runs(List<PersonalSpan> found, string text)
    {
        var without = WithoutDays(text);
        for (var at = 0; at < without.Length; at++)
        {
            if (!IsOfRun(without[at]))
                continue;
            var begin = at;
            while (at < without.Length && IsOfRun(without[at]))
                at++;
            var end = at;
            while (begin < end && !char.IsAsciiLetterOrDigit(without[begin]))
                begin++;
            while (end > begin && !char.IsAsciiLetterOrDigit(without[end - 1]))
                end--;
            var run = without.AsSpan(begin, end - begin);
            var (digits, letters) = (0, 0);
            foreach (var letter in run)
                (digits, letters) = (digits + (char.IsAsciiDigit(letter) ? 1 : 0), letters + (char.IsAsciiLetter(letter) ? 1 : 0));
            if (run.Length >= 20 && digits > 0 && letters > 0)
                found.Add(new(begin, end, PersonalKind.Secret));
            else if (letters > 0 && digits >= 3 && !IsMeasure(run))
                found.Add(new(begin, end, PersonalKind.Order));
            else if (digits >= 5)
                found.Add(new(begin, end, PersonalKind.Number));
        }
    }

    private static bool IsOfRun(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '/' or '_';

    /// <summary>Such as 500ml or 1200W.</summary>
    private static bool IsMeasure(ReadOnlySpan<char> run)
    {
        var digits = 0;
        while (digits < run.Length && char.IsAsciiDigit(run[digits]))
            digits++;
        return digits is > 0 and < 5 && run.Length - digits is > 0 and <= 3 && !run[digits..].ContainsAnyExceptInRange('A', 'z');
    }

    /// <summary>The text with letters in place of days such as 2026-03-04 or 4.3.2026, which are no telephone numbers and no references; of the same length.</summary>
    private static string WithoutDays(string text)
    {
        StringBuilder? changed = null;
        foreach (var match in Days().EnumerateMatches(text))
        {
            var (from, to) = (match.Index, match.Index + match.Length);
            var isPart = (from > 0 && (char.IsAsciiDigit(text[from - 1]) || (text[from - 1] is '.' or '/' or '-' or '+' or '(' or ')') || (text[from - 1] == ' ' && from > 1 && char.IsAsciiDigit(text[from - 2]))))
                || (to < text.Length && (char.IsAsciiDigit(text[to]) || (to + 1 < text.Length && text[to] is '.' or '/' or '-' && char.IsAsciiDigit(text[to + 1]))));
            if (isPart || !IsDay(text.AsSpan(from, match.Length)))
                continue;
            changed ??= new StringBuilder(text);
            for (var at = from; at < to; at++)
                changed[at] = ' ';
        }

        return changed?.ToString() ?? text;
    }

    private static bool IsDay(ReadOnlySpan<char> day)
    {
        Span<int> parts = stackalloc int[3];
        var part = 0;
        foreach (var letter in day)
        {
            if (!char.IsAsciiDigit(letter))
                part++;
            else
                parts[part] = (parts[part] * 10) + (letter - '0');
        }

        var (one, two) = parts[0] > 999 ? (parts[2], parts[1]) : (parts[0], parts[1]);
        var year = parts[0] > 999 ? parts[0] : parts[2];
        return one is >= 1 and <= 31 && two is >= 1 and <= 31 && Math.Min(one, two) <= 12 && (year < 100 || year is >= 1900 and <= 2199);
    }

    /// <summary>The stretches of words: letters, digits and marks.</summary>
    private static IEnumerable<(int From, int To)> WordsOf(string text)
    {
        var begun = -1;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            var isOf = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isOf && begun >= 0)
            {
                yield return (begun, at);
                begun = -1;
            }
            else if (isOf && begun < 0)
            {
                begun = at;
            }

            at += length;
        }

        if (begun >= 0)
            yield return (begun, text.Length);
    }

    private static string Composed(string word) => word.IsNormalized(NormalizationForm.FormC) ? word : word.Normalize(NormalizationForm.FormC); // a word holds no half letters
}

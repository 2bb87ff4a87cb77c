using System.Text;
using System.Text.RegularExpressions;

namespace Amends.Domain.Hiring;

/// <summary>
/// Takes out of a text whatever may lead to a person: what is known of them (names, addresses, numbers), whatever looks like an address or holds
/// a digit, and every word with a capital that is not plainly an English one. It would rather take a word too many.
/// </summary>
public static partial class Anonymous
{
    private static readonly HashSet<string> Days = new(StringComparer.OrdinalIgnoreCase)
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays",
    };

    private static readonly HashSet<string> Months = new(StringComparer.OrdinalIgnoreCase)
    {
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    };

    /// <summary>Words that may begin a sentence; any other word there may be a name.</summary>
    private static readonly HashSet<string> Openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "about", "after", "again", "all", "almost", "already", "also", "although", "am", "an", "and", "another", "any", "anyway", "are", "as", "at", "because", "before", "both", "but", "by", "can", "clearly", "could", "did", "do",
        "does", "during", "each", "either", "even", "every", "everybody", "everyone", "everything", "except", "finally", "first", "for", "frankly", "from", "good", "had", "half", "has", "have", "he", "hello", "her", "here", "hers", "hi", "his", "how",
        "however", "i", "if", "in", "instead", "is", "it", "its", "just", "last", "later", "maybe", "meanwhile", "more", "most", "much", "my", "neither", "never", "next", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "on",
        "once", "one", "only", "or", "other", "our", "out", "over", "perhaps", "please", "quite", "second", "she", "should", "since", "so", "some", "somebody", "someone", "something", "sometimes", "soon", "sorry", "still", "such",
        "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though", "three", "through", "to", "today", "together", "tomorrow", "too", "twice", "two", "under", "unfortunately", "until", "up", "us", "very", "was",
        "we", "well", "were", "what", "whatever", "when", "whenever", "where", "which", "while", "who", "whoever", "whose", "why", "will", "with", "within", "without", "would", "yes", "yesterday", "yet", "you", "your", "yours",
    };

    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase) { "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam", "dear" };

    /// <summary>The text with marks such as <c>[name]</c> in place of what was taken out.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="known">Names, addresses, numbers of orders and whatever else is known to belong to somebody; parts of a name count by themselves.</param>
    public static string Of(string text, IEnumerable<string> known)
    {
        text = text.Normalize(NormalizationForm.FormC);
        text = Mail().Replace(text, "[address]");
        text = Web().Replace(text, "[link]");
        text = Dates().Replace(text, "[date]");
        text = Amounts().Replace(text, "[amount]");
        text = Street().Replace(text, "[place]");
        text = Phone().Replace(text, "[phone]");
        var names = known.SelectMany(each => Texts.Words(each)).Where(word => word.Length > 1 && !Openers.Contains(word)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Folded(Words(text, names));
    }

    private static string Words(string text, HashSet<string> names)
    {
        var done = new StringBuilder(text.Length);
        var at = 0;
        foreach (Match word in Word().Matches(text))
        {
            var between = text[at..word.Index];
            done.Append(between);
            var begins = IsBeginning(text, word.Index);
            done.Append(Instead(word.Value, names, begins, After(text, word.Index)));
            at = word.Index + word.Length;
        }

        return done.Append(text, at, text.Length - at).ToString();
    }

    private static string Instead(string word, HashSet<string> names, bool begins, string? before)
    {
        if (word.StartsWith('['))
            return word; // taken out already
        var bare = word.Split('\'', '’')[0];
        if (Texts.Words(word).Any(names.Contains))
            return word.Any(char.IsDigit) ? "[number]" : "[name]";
        if (word.Any(char.IsDigit))
            return "[number]";
        if (before is not null && Titles.Contains(before))
            return "[name]";
        if (!char.IsUpper(word[0]) && !word.Any(char.IsUpper))
            return IsUncased(word[0]) ? "[name]" : word; // scripts without capitals show no names
        if (bare.Length == 1 && bare[0] == 'I')
            return word;
        if (Days.Contains(word) || Months.Contains(word))
            return "[day]";
        if (Titles.Contains(word))
            return word;
        return begins && Openers.Contains(bare) ? word : "[name]";
    }

    private static bool IsUncased(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.OtherLetter;

    /// <summary>Whether a sentence begins here: at the very beginning, on a new line, after an end of one, or after an opening quote that follows these.</summary>
    private static bool IsBeginning(string text, int index)
    {
        var at = index - 1;
        while (at >= 0 && text[at] is ' ' or '"' or '“' or '‘' or '(' or '\t')
            at--;
        return at < 0 || text[at] is '.' or '!' or '?' or '\n' or '\r' or ':' or '–' or '—' or ';';
    }

    private static string? After(string text, int index)
    {
        var end = index;
        while (end > 0 && text[end - 1] is ' ' or '.')
            end--;
        var begin = end;
        while (begin > 0 && char.IsLetter(text[begin - 1]))
            begin--;
        return begin < end ? text[begin..end] : null;
    }

    /// <summary>Marks of one sort side by side are one.</summary>
    private static string Folded(string text) => Repeated().Replace(text, "$1");

    [GeneratedRegex(@"[^\s<>()\[\]]+@[^\s<>()\[\]]+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"\b(?:https?://|www\.)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Web();

    // Written as numbers, or with the name of a month before or after a number.
    [GeneratedRegex(@"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s+\d{4})?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Dates();

    [GeneratedRegex(@"(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b)\s?\d(?:[\d.,]*\d)?|\b\d(?:[\d.,]*\d)?\s?(?:[€$£¥]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Amounts();

    // A number and a name of a street, or the other way round as on the continent; and codes of places in Britain.
    [GeneratedRegex(@"\b\d+[a-z]?,?\s+(?:\p{Lu}[\p{L}'’-]*\s+){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|way|court|place|square|terrace|hill|gardens|park|row|crescent)\b\.?|\b\p{Lu}\p{L}*(?:straße|strasse|str\.|weg|gasse|platz|allee)\s*\d+\s?[a-z]?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Street();

    [GeneratedRegex(@"(?<![\p{L}\d])(?:\+|00)?\(?\d[\d\s()/.-]{5,}\d")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\[[a-z]+\]|[\p{L}\p{M}\d][\p{L}\p{M}\d'’_#/-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(\[[a-z]+\])(?:[\s,.-]*\1)+")]
    private static partial Regex Repeated();
}

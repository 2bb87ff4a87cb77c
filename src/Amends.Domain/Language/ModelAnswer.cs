using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amends.Domain.Language;

/// <summary>An answer of a model, made harmless: it may be anything, and somebody may have written into their mail what it should say.</summary>
/// <param name="Text">Plain text of ordinary letters, still with placeholders.</param>
/// <param name="TakenOut">How many links, addresses and numbers that were not in the source were taken out.</param>
/// <param name="WasCut">It was too long and was cut.</param>
public sealed partial record ModelAnswer(string Text, int TakenOut, bool WasCut)
{
    /// <summary>The longest answer, in UTF-16 units.</summary>
    public const int Longest = 12_000;

    /// <summary>What stands where something was taken out.</summary>
    public const string Gone = "(taken out: not in the source)";

    /// <summary>
    /// Reads an answer to a masked text: no tags, no marks of direction or of no width, no control characters, and no link, mail address, telephone
    /// number or account, since those of the source are placeholders, so that any other was made up. Never throws.
    /// </summary>
    /// <param name="raw">As the model wrote it.</param>
    public static ModelAnswer Of(string raw)
    {
        var cut = raw.Length > Longest;
        var text = Fences().Replace(Tags().Replace(Plain(Texts.Cut(raw, Longest)), ""), "");
        var spans = PersonalData.WaysOut(text);
        spans.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        var (kept, at, gone) = (new StringBuilder(text.Length), 0, 0);
        foreach (var span in spans)
        {
            if (span.End <= at)
                continue;
            if (span.Start >= at)
            {
                kept.Append(text, at, span.Start - at).Append(Gone);
                gone++;
            }

            at = span.End;
        }

        kept.Append(text, at, text.Length - at);
        return new ModelAnswer(kept.ToString().Trim(), gone, cut);
    }

    private static string Plain(string raw)
    {
        var plain = new StringBuilder(raw.Length);
        foreach (var rune in raw.ReplaceLineEndings("\n").EnumerateRunes()) // half a letter comes as U+FFFD
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n' or '\t' || kind is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    [GeneratedRegex("</?[A-Za-z!][^<>]{0,2000}>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex("```[a-z]{0,20}\n?", RegexOptions.NonBacktracking)]
    private static partial Regex Fences();
}

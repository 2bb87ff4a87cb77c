using System.Text;
using Amends.Domain.Wording;

namespace Amends.Domain.Listening.Signs;

/// <summary>What an abusive message says besides the abuse, in its own words: read first, so that nobody has to take the insults to find the matter.</summary>
public static class Gist
{
    private const int FewestWords = 3;

    /// <summary>The sentences that say something, without those that insult; swearing and names that somebody is called are cut out of what is left. No word is added; only the first letter of a sentence may become a capital, and it ends with one mark.</summary>
    /// <param name="text">The message.</param>
    /// <param name="signs">The phrases of its language.</param>
    /// <param name="most">The most sentences, from 1.</param>
    /// <returns>The sentences in their order; none, when nothing is left.</returns>
    public static IReadOnlyList<string> Of(string text, SignPack signs, int most = 5)
    {
        var reading = signs.Of(text);
        var draft = reading.Draft;
        var cut = new bool[draft.Tokens.Count];
        foreach (var match in reading.Swearing)
            Cut(cut, match.First, match.Last);
        foreach (var abuse in reading.Hits.GetValueOrDefault(SignKind.Abuse) ?? [])
        {
            if (!CutName(reading, signs, abuse, cut))
                CutClause(draft, signs, abuse, cut);
        }

        List<string> sentences = [];
        for (var sentence = 0; sentence < draft.Sentences.Count && sentences.Count < most; sentence++)
        {
            if (!draft.Sentences[sentence].IsGreeting && !draft.Sentences[sentence].IsQuoted && Left(reading, sentence, cut) is { } left)
                sentences.Add(left);
        }

        return sentences;
    }

    // "You idiots lost my parcel" keeps its you; "lost it again, you idiots" does not.
    private static bool CutName(SignReading reading, SignPack pack, Match abuse, bool[] cut)
    {
        var tokens = reading.Draft.Tokens;
        var sentence = reading.Draft.Sentences[reading.Draft.SentenceAt(abuse.First)];
        foreach (var name in reading.Insults)
        {
            if (name.First > abuse.Last || name.Last < abuse.First)
                continue;
            var before = name.First - 1;
            if (before >= sentence.First && pack.Leaning.Contains(tokens[before].Word))
                return false;
            // What the hit holds besides the name may go with it only if it is a you that stands before.
            if (name.Last < abuse.Last || (abuse.First < before))
                return false;
            Cut(cut, name.First, name.Last);
            if (abuse.First == before && before > sentence.First && !pack.Joints.Contains(tokens[before - 1].Word))
                Cut(cut, before, before);
            return true;
        }

        return false;
    }

    private static void CutClause(DraftText draft, SignPack pack, Match abuse, bool[] cut)
    {
        var sentence = draft.Sentences[draft.SentenceAt(abuse.First)];
        int first = abuse.First, last = abuse.Last;
        while (first > sentence.First && !IsJoint(draft, pack, first - 1))
            first--;
        if (first > sentence.First)
            first--;
        while (last + 1 < sentence.End && !IsJoint(draft, pack, last + 1))
            last++;
        // At the beginning the joint goes with the clause, so that what follows can open the sentence.
        if (first == sentence.First && last + 1 < sentence.End)
            last++;
        Cut(cut, first, last);
    }

    private static bool IsJoint(DraftText draft, SignPack pack, int at) => draft.Tokens[at].Kind == TokenKind.Comma || pack.Joints.Contains(draft.Tokens[at].Word);

    private static void Cut(bool[] cut, int first, int last)
    {
        for (var at = first; at <= last; at++)
            cut[at] = true;
    }

    private static string? Left(SignReading reading, int number, bool[] cut)
    {
        var draft = reading.Draft;
        var sentence = draft.Sentences[number];
        var (start, end) = reading.Bounds(number);
        StringBuilder left = new();
        var words = 0;
        var from = start;
        var pending = false;
        for (var at = sentence.First; at < sentence.End; at++)
        {
            var token = draft.Tokens[at];
            if (cut[at])
            {
                pending = true;
                from = Math.Max(from, token.End);
                continue;
            }

            if (token.Kind != TokenKind.Comma)
                words++;
            if (token.Start < from)
                continue;
            // Marks that stood between cut words go with them; a space and a comma of what is kept stay.
            var between = pending ? (left.Length > 0 && token.Kind != TokenKind.Comma ? " " : "") : draft.Text[from..token.Start];
            left.Append(between).Append(draft.Text, token.Start, token.Length);
            from = token.End;
            pending = false;
        }

        if (words < FewestWords)
            return null;
        var marks = draft.Text.AsSpan(draft.Tokens[sentence.End - 1].End, end - draft.Tokens[sentence.End - 1].End);
        var whole = left.Replace('\n', ' ').Replace('\r', ' ').ToString().Trim(' ', ',', '-', '–', '—', ';', ':', '"', '“', '”');
        return whole.Length == 0 ? null : char.ToUpperInvariant(whole[0]) + whole[1..] + (marks.Contains('?') ? "?" : ".");
    }
}

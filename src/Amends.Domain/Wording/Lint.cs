using System.Globalization;

namespace Amends.Domain.Wording;

/// <summary>
/// Reads a reply before it is sent, with rules that a person can look up (domain rules: phrase list, positive markers, apology,
/// readability). It advises and never rewrites; only a greeting with a blank is an error. One pass over the words, no state: it can be
/// called from many threads, and never throws on a text.
/// </summary>
public static class Lint
{
    /// <summary>UTF-16 units of a draft that are read.</summary>
    public const int Longest = 50_000;

    /// <summary>The most hints of a draft.</summary>
    public const int MostHints = 500;

    /// <summary>Words from which on a draft is a letter that is judged as a whole.</summary>
    public const int WholeLetter = 30;

    /// <summary>Words of a sentence that is too long.</summary>
    public const int LongSentence = 32;

    /// <summary>Reads a draft.</summary>
    /// <param name="text">Plain text; paragraphs are parted by empty lines, lines that begin with &gt; quote.</param>
    /// <param name="context">What is known of the case.</param>
    /// <param name="pack">The phrases of the draft's language.</param>
    /// <returns>Hints with stretches of <paramref name="text"/>, and what is good in it.</returns>
    public static DraftReport Read(string text, DraftContext context, PhrasePack pack)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(pack);
        var read = Texts.Cut(text, Longest);
        var reading = new Reading(read, context, pack);
        var empathy = Empathy.Of(reading);
        var apology = Apology.Of(reading);
        var limits = LimitReading.Of(reading);
        var readability = reading.Speaks ? Readability.Of(reading.Draft, reading.Words, pack.Language) : Readability.None;
        var (salutation, named) = Greetings.Read(reading);
        var open = OpenIssues.Of(reading);
        List<Hint> hints =
        [
            .. named,
            .. RuleHints.Of(reading, empathy),
            .. Loudness.Of(reading),
            .. Acronyms.Of(reading),
            .. Announced.Of(reading),
            .. PromisedDays.Of(reading),
            .. OfApology(reading, apology),
            .. limits.WithoutReason.Select(where => Check.LimitWithoutReason.At(pack, where)),
            .. open.Select(issue => Check.IssueOpen.At(pack, what: issue.Words)),
        ];
        var markers = Markers.Of(reading, empathy, limits, salutation, hints);
        if (reading.Speaks)
            hints.AddRange(OfTheWhole(reading, empathy, readability, markers));
        hints.Sort((one, two) => (one.Length > 0, one.Start, -one.Length).CompareTo((two.Length > 0, two.Start, -two.Length)) is not 0 and var order ? order : string.CompareOrdinal(one.Rule, two.Rule));
        if (hints.Count > MostHints)
            hints.RemoveRange(MostHints, hints.Count - MostHints);
        return new(hints, markers, apology, empathy, readability, limits, open, salutation, read.Length < text.Length);
    }

    private static IEnumerable<Hint> OfApology(Reading reading, Apology apology)
    {
        var sorry = reading.Of(Sign.Apology);
        if (sorry.Count > 1)
            yield return Check.ApologyTwice.At(reading.Pack, reading.StretchOf(sorry[1]));
        if (sorry.Count > 0 && !apology.Parts.ContainsKey(ApologyPart.Repair) && reading.Of(Sign.Action).Count == 0 && reading.Of(Sign.Can).Count == 0)
            yield return Check.ApologyAlone.At(reading.Pack);
        if (reading.Speaks && apology.Expected is not null && !apology.IsEnough && reading.Length >= WholeLetter)
            yield return Check.ApologyWeak.At(reading.Pack, what: string.Join(", ", apology.Missing.Select(Apology.WordsFor)));
        if (apology.Decision == Issues.Finding.NotUpheld && apology.Parts.TryGetValue(ApologyPart.Responsibility, out var where))
            yield return Check.ApologyFalse.At(reading.Pack, where);
    }

    private static IEnumerable<Hint> OfTheWhole(Reading reading, Empathy empathy, Readability readability, IReadOnlyList<Marker> markers)
    {
        foreach (var sentence in reading.Draft.Sentences)
        {
            if (!sentence.IsQuoted && sentence.End - sentence.First > LongSentence && Counted(reading.Draft, sentence) is > LongSentence and var words)
                yield return Check.LongSentence.At(reading.Pack, reading.Draft.StretchOf(sentence.First, sentence.End - 1), words.ToString(CultureInfo.InvariantCulture));
        }

        if (reading.Length < WholeLetter)
            yield break;
        if (empathy.Level == EmpathyLevel.Generic)
            yield return Check.EmpathyGeneric.At(reading.Pack);
        if (!readability.IsEmpty && readability.Ease < 50)
            yield return Check.HardToRead.At(reading.Pack, what: readability.Ease.ToString("0", CultureInfo.InvariantCulture));
        if (!reading.Context.Resolved && markers.Any(marker => marker is { Kind: MarkerKind.NextContact, Found: false }))
            yield return Check.NoNextContact.At(reading.Pack);
        if (markers.Any(marker => marker is { Kind: MarkerKind.Agency, Found: false }))
            yield return Check.NoAgency.At(reading.Pack);
    }

    private static int Counted(DraftText draft, Sentence sentence)
    {
        var words = 0;
        for (var at = sentence.First; at < sentence.End; at++)
            words += draft.Tokens[at].Kind is TokenKind.Word or TokenKind.Number && (at == sentence.First || draft.Tokens[at - 1].Start != draft.Tokens[at].Start) ? 1 : 0;
        return words;
    }
}

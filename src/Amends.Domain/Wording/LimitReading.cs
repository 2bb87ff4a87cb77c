namespace Amends.Domain.Wording;

/// <summary>Reads what a draft says that we can and cannot do.</summary>
internal static class LimitReading
{
    public static Limits Of(Reading reading)
    {
        var (cans, cants) = (reading.Of(Sign.Can), reading.Of(Sign.Cant));
        var reasoned = reading.SentencesWith(Sign.Reason);
        List<Stretch> bare = [];
        foreach (var cant in cants)
        {
            var sentence = reading.Draft.SentenceAt(cant.First);
            if (!reasoned.Contains(sentence) && !reasoned.Contains(sentence - 1) && !reasoned.Contains(sentence + 1) && reading.Length >= Lint.WholeLetter)
                bare.Add(reading.StretchOf(cant));
        }

        return new(cans.Count, cants.Count, cants.Count == 0 || (cans.Count > 0 && cans[0].First < cants[0].First), bare);
    }
}

/// <summary>Finds issues that a draft does not take up.</summary>
internal static class OpenIssues
{
    /// <summary>Share of an issue's words of meaning that the draft must hold.</summary>
    private const double Enough = 0.5;

    public static IReadOnlyList<DraftIssue> Of(Reading reading)
    {
        if (!reading.Speaks || reading.Length < Lint.WholeLetter || reading.Context.Issues.All(issue => issue.Answered))
            return [];
        HashSet<string> stems = [];
        foreach (var token in reading.Draft.Tokens)
        {
            if (!token.Quoted && Story.IsMeant(token, reading.Words))
                stems.Add(reading.Words.Stem(token.Word));
        }

        return [.. reading.Context.Issues.Where(issue => !issue.Answered && !IsTakenUp(issue, stems, reading.Words)).Take(20)];
    }

    private static bool IsTakenUp(DraftIssue issue, HashSet<string> stems, LanguageWords words)
    {
        HashSet<string> own = [.. DraftText.Read(Texts.Cut(issue.Words, 1000), words).Tokens.Where(token => Story.IsMeant(token, words)).Select(token => words.Stem(token.Word))];
        return own.Count == 0 || own.Count(stems.Contains) >= Enough * own.Count;
    }
}

namespace Amends.Domain.Wording;

/// <summary>Finds what calms in a draft.</summary>
internal static class Markers
{
    public static IReadOnlyList<Marker> Of(Reading reading, Empathy empathy, Limits limits, Salutation salutation, List<Hint> hints) =>
    [
        new(MarkerKind.Name, salutation == Salutation.Named || (salutation == Salutation.None && reading.Context.Names.Count > 0 && hints.TrueForAll(hint => hint.Rule != Check.NameUnused.Id) && reading.Length >= Lint.WholeLetter)),
        Thanks(reading),
        First(reading, MarkerKind.Agency, reading.Of(Sign.Agency)),
        Concrete(reading),
        empathy.Reflected.Count >= 2 ? new(MarkerKind.Reflection, true, empathy.Reflected[0].Start, empathy.Reflected[0].Length) : new(MarkerKind.Reflection, false),
        First(reading, MarkerKind.Impact, reading.Of(Sign.Impact)),
        new(MarkerKind.Options, reading.Of(Sign.Option).Count >= 2 || Lists(reading) >= 2),
        new(MarkerKind.CanFirst, limits is { Cans: > 0, CanFirst: true }),
        NextContact(reading),
        Owner(reading),
        new(MarkerKind.PlainWords, reading.Length > 0 && hints.TrueForAll(hint => hint.Rule != Check.Acronym.Id)),
    ];

    private static Marker First(Reading reading, MarkerKind kind, List<Match> matches) =>
        matches is [var match, ..] && reading.StretchOf(match) is var where ? new(kind, true, where.Start, where.Length) : new(kind, false);

    // "Thank you" alone is a formula; "thank you for telling us about the scratch" names something.
    private static Marker Thanks(Reading reading)
    {
        foreach (var match in reading.Of(Sign.Thanks))
        {
            var sentence = reading.Draft.Sentences[reading.Draft.SentenceAt(match.First)];
            for (var at = match.Last + 1; at < sentence.End; at++)
            {
                if (!Story.IsMeant(reading.Draft.Tokens[at], reading.Words))
                    continue;
                var where = reading.StretchOf(match);
                return new(MarkerKind.Thanks, true, where.Start, where.Length);
            }
        }

        return new(MarkerKind.Thanks, false);
    }

    private static Marker Concrete(Reading reading)
    {
        var figures = reading.Days.Count + reading.Of(Sign.Time).Count;
        var first = -1;
        for (var at = 0; at < reading.Draft.Tokens.Count && figures < 1000; at++)
        {
            var token = reading.Draft.Tokens[at];
            if (token.Quoted || !(token.Kind == TokenKind.Number || reading.Words.Numbers.ContainsKey(token.Word)))
                continue;
            figures++;
            first = first < 0 ? at : first;
        }

        return figures < 2 ? new(MarkerKind.Concrete, false) : first < 0 ? new(MarkerKind.Concrete, true) : new(MarkerKind.Concrete, true, reading.Draft.Tokens[first].Start, reading.Draft.Tokens[first].Length);
    }

    // Lines that begin as a list does: options side by side.
    private static int Lists(Reading reading)
    {
        var lines = 0;
        foreach (var line in reading.Draft.Text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            if (trimmed.Length > 2 && (trimmed[0] is '-' or '*' or '•' || (char.IsAsciiLetterOrDigit(trimmed[0]) && trimmed[1] is ')' or '.')) && trimmed[1..].TrimStart(").").StartsWith(" "))
                lines++;
        }

        return lines;
    }

    private static Marker NextContact(Reading reading)
    {
        var when = reading.SentencesWith(Sign.Time);
        when.UnionWith(reading.Days.Select(day => reading.Draft.SentenceAt(day.First)));
        when.IntersectWith(reading.SentencesWith(Sign.Promise));
        when.IntersectWith(reading.SentencesWith(Sign.Channel));
        foreach (var match in reading.Of(Sign.Contact))
        {
            if (!when.Contains(reading.Draft.SentenceAt(match.First)))
                continue;
            var where = reading.StretchOf(match);
            return new(MarkerKind.NextContact, true, where.Start, where.Length);
        }

        return new(MarkerKind.NextContact, false);
    }

    private static Marker Owner(Reading reading)
    {
        if (reading.Context.Owner is { Length: > 0 } owner)
        {
            var named = reading.Draft.Text.IndexOf(owner.Split(' ')[0], StringComparison.Ordinal);
            if (named >= 0)
                return new(MarkerKind.Owner, true, named, owner.Split(' ')[0].Length);
        }

        return First(reading, MarkerKind.Owner, reading.Of(Sign.Owner));
    }
}

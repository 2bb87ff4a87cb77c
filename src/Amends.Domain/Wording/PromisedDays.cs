using System.Globalization;

namespace Amends.Domain.Wording;

/// <summary>Compares the days that a draft promises with the promise board.</summary>
internal static class PromisedDays
{
    /// <summary>Words between "will" and a day that it promises.</summary>
    private const int Reach = 14;

    public static IEnumerable<Hint> Of(Reading reading)
    {
        if (reading.Context.Today is not { } today)
            yield break;
        var promises = reading.Of(Sign.Promise);
        var contacts = reading.SentencesWith(Sign.Contact);
        var next = 0;
        var promised = -1;
        foreach (var found in reading.Days)
        {
            while (next < promises.Count && promises[next].First < found.First)
                promised = promises[next++].Last;
            var where = reading.Draft.StretchOf(found.First, found.Last);
            if (found is { Day: { } dated, SaysWeekday: { } weekday } && dated.DayOfWeek != weekday)
                yield return Check.Weekday.At(reading.Pack, where, $"{Words(dated)} is a {dated.DayOfWeek}");
            var sentence = reading.Draft.SentenceAt(found.First);
            if (found.Day is not { } day || promised < 0 || found.First - promised > Reach || reading.Draft.SentenceAt(promised) != sentence)
                continue;
            if (day < today)
                yield return Check.DayPast.At(reading.Pack, where);
            else if (Against(reading, sentence, contacts.Contains(sentence), day) is not { } board)
                yield return Check.DayNew.At(reading.Pack, where);
            else if (board != day)
                yield return (day > board ? Check.DayLater : Check.DayEarlier).At(reading.Pack, where, Words(board));
        }
    }

    // The promised day that a sentence speaks of: the same day, the next contact, or the promise with the most words in common.
    private static DateOnly? Against(Reading reading, int sentence, bool isContact, DateOnly day)
    {
        if (reading.Context.NextContact == day || reading.Context.Promised.Any(promise => promise.Day == day))
            return day;
        HashSet<string> stems = [];
        for (var at = reading.Draft.Sentences[sentence].First; at < reading.Draft.Sentences[sentence].End; at++)
        {
            if (Story.IsMeant(reading.Draft.Tokens[at], reading.Words))
                stems.Add(reading.Words.Stem(reading.Draft.Tokens[at].Word));
        }

        var best = reading.Context.Promised.Take(50).Select(promise => (promise.Day, Shared: DraftText.WordsOf(Texts.Cut(promise.What, 500), reading.Words).Count(word => !reading.Words.Stopwords.Contains(word) && stems.Contains(reading.Words.Stem(word))))).OrderByDescending(promise => promise.Shared).FirstOrDefault();
        return best.Shared > 0 ? best.Day : isContact ? reading.Context.NextContact : null;
    }

    private static string Words(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

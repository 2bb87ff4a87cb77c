using System.Globalization;

namespace Amends.Domain.Wording;

/// <summary>Compares the days that a draft promises with the promise board.</summary>
internal static class PromisedDays
{
    /// <summary>Words between "will" and a day that it promises.</summary>
    private const int Reach = 14;

    /// <summary>Days of a draft that are compared.</summary>
    private const int Most = 200;

    public static IEnumerable<Hint> Of(Reading reading)
    {
        if (reading.Context.Today is not { } today)
            yield break;
        var board = new Board(reading);
        var promises = reading.Of(Sign.Promise);
        var contacts = reading.SentencesWith(Sign.Contact);
        var next = 0;
        var promised = -1;
        foreach (var found in reading.Days.Take(Most))
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
            else if (board.Against(sentence, contacts.Contains(sentence), day) is not { } kept)
                yield return Check.DayNew.At(reading.Pack, where);
            else if (kept != day)
                yield return (day > kept ? Check.DayLater : Check.DayEarlier).At(reading.Pack, where, Words(kept));
        }
    }

    private static string Words(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The promise board, with the words of each promise, and those of the sentence that was asked about last.</summary>
    private sealed class Board(Reading reading)
    {
        private readonly List<(DateOnly Day, HashSet<string> Stems)> promises =
            [.. reading.Context.Promised.Take(50).Select(promise => (promise.Day, Stems(DraftText.Read(Texts.Cut(promise.What, 500), reading.Words).Tokens, reading.Words)))];

        private int asked = -1;
        private HashSet<string> stems = [];

        /// <summary>The promised day that a sentence speaks of: the same day, the promise with the most words in common, or the next contact.</summary>
        public DateOnly? Against(int sentence, bool isContact, DateOnly day)
        {
            if (reading.Context.NextContact == day || promises.Exists(promise => promise.Day == day))
                return day;
            if (asked != sentence)
            {
                var (first, end) = (reading.Draft.Sentences[sentence].First, reading.Draft.Sentences[sentence].End);
                (asked, stems) = (sentence, Stems(reading.Draft.Tokens.GetRange(first, end - first), reading.Words));
            }

            var best = promises.Select(promise => (promise.Day, Shared: promise.Stems.Count(stems.Contains))).OrderByDescending(promise => promise.Shared).FirstOrDefault();
            return best.Shared > 0 ? best.Day : isContact ? reading.Context.NextContact : null;
        }

        private static HashSet<string> Stems(List<Token> tokens, LanguageWords words) => [.. tokens.Where(token => Story.IsMeant(token, words)).Select(token => words.Stem(token.Word))];
    }
}

using System.Globalization;

namespace Amends.Domain.Wording;

/// <summary>A day that a draft names.</summary>
/// <param name="First">First token.</param>
/// <param name="Last">Last token.</param>
/// <param name="Day">The day, where it can be told.</param>
/// <param name="SaysWeekday">The weekday that stands beside a date.</param>
internal readonly record struct FoundDay(int First, int Last, DateOnly? Day, DayOfWeek? SaysWeekday);

/// <summary>Finds days: "3 May", "May 3rd, 2026", "3. Mai", "2026-05-03", "on Friday", "tomorrow". A date of figures that could be two days is not told.</summary>
internal static class DayFinder
{
    public static IReadOnlyList<FoundDay> Find(DraftText draft, LanguageWords language, DateOnly? today)
    {
        List<FoundDay> found = [];
        var tokens = draft.Tokens;
        DayOfWeek? weekday = null;
        var weekdayAt = -9;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Quoted)
                continue;
            var word = tokens[at].Word;
            if (language.Weekdays.TryGetValue(word, out var named))
            {
                (weekday, weekdayAt) = (named, at);
                found.Add(new(at, at, today is { } now ? Next(now, named) : null, null));
            }
            else if (Date(tokens, at, language, today) is var (last, day))
            {
                var beside = weekdayAt >= at - 3 ? weekday : null;
                if (beside is not null && found.Count > 0 && found[^1].First == weekdayAt)
                    found.RemoveAt(found.Count - 1);
                found.Add(new(beside is null ? at : weekdayAt, last, day, beside));
                at = last;
            }
            else if (language.NearDays.TryGetValue(word, out var distance))
            {
                found.Add(new(at, at, today is { } now && now.DayNumber + distance is > 0 and < 3_600_000 ? now.AddDays(distance) : null, null));
            }
        }

        return found;
    }

    private static (int Last, DateOnly? Day)? Date(List<Token> tokens, int at, LanguageWords language, DateOnly? today)
    {
        var word = tokens[at].Word;
        if (tokens[at].Kind == TokenKind.Number)
        {
            if (DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
                return (at, exact);
            if (DateOnly.TryParseExact(word, ["d.M.yyyy", "d.M.yy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out exact))
                return (at, exact);
            if (word.Contains('/') && DateOnly.TryParseExact(word, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out exact))
                return (at, exact.Day > 12 ? exact : null);
            if (DayNumber(word) is not { } day)
                return null;
            var next = at + 1;
            if (next < tokens.Count && tokens[next].Word is "of" or "de")
                next++;
            return next < tokens.Count && language.Months.TryGetValue(tokens[next].Word, out var month) ? WithYear(tokens, next, day, month, today) : null;
        }

        return language.Months.TryGetValue(word, out var first) && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number && DayNumber(tokens[at + 1].Word) is { } second
            ? WithYear(tokens, at + 1, second, first, today)
            : null;
    }

    private static (int Last, DateOnly? Day) WithYear(List<Token> tokens, int last, int day, int month, DateOnly? today)
    {
        var next = last + 1;
        while (next < tokens.Count && next <= last + 2 && tokens[next].Word is "," or "de" or "of")
            next++;
        if (next < tokens.Count && tokens[next].Word is { Length: 4 } written && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1900 and < 2200)
            return (next, Day(year, month, day));
        return (last, today is { } now ? Nearest(now, month, day) : null);
    }

    private static int? DayNumber(string word)
    {
        var digits = word.AsSpan().TrimEnd("stndrdther");
        return digits.Length is 1 or 2 && word.Length - digits.Length <= 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private static DateOnly? Nearest(DateOnly today, int month, int day)
    {
        DateOnly? nearest = null;
        for (var year = Math.Max(1, today.Year - 1); year <= Math.Min(9999, today.Year + 1); year++)
        {
            if (Day(year, month, day) is { } candidate && (nearest is not { } kept || Math.Abs(candidate.DayNumber - today.DayNumber) < Math.Abs(kept.DayNumber - today.DayNumber)))
                nearest = candidate;
        }

        return nearest;
    }

    private static DateOnly? Day(int year, int month, int day) => day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static DateOnly? Next(DateOnly today, DayOfWeek weekday) =>
        today.DayNumber > 3_600_000 ? null : today.AddDays(((int)weekday - (int)today.DayOfWeek + 6) % 7 + 1);
}

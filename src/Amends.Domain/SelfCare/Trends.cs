using Amends.Domain.Calendars;

namespace Amends.Domain.SelfCare;

/// <summary>A case that somebody looked back at.</summary>
/// <param name="Month">The first day of the month in which they did.</param>
/// <param name="Judged">What they judged, by habit.</param>
public sealed record Reviewed(DateOnly Month, IReadOnlyDictionary<Habit, Leaning> Judged);

/// <summary>How somebody's own judgement went, month by month. For that person alone.</summary>
public static class ReviewTrend
{
    /// <summary>How often the first question of the pair fitted, of those that were judged; months oldest first.</summary>
    /// <param name="reviews">In any order.</param>
    /// <param name="habit">Which.</param>
    /// <param name="months">The months to show.</param>
    public static IReadOnlyList<(int Did, int Judged)> Of(IReadOnlyCollection<Reviewed> reviews, Habit habit, IEnumerable<DateOnly> months) =>
        [.. months.Select(month => reviews.Where(review => review.Month == month).Select(review => review.Judged.GetValueOrDefault(habit, Leaning.Open)).ToList())
            .Select(judged => (judged.Count(each => each == Leaning.Did), judged.Count(each => each != Leaning.Open)))];

    /// <summary>The last months, the present one last.</summary>
    public static IReadOnlyList<DateOnly> Months(DateOnly today, int many) => [.. Enumerable.Range(0, many).Select(back => new DateOnly(today.Year, today.Month, 1).AddMonths(back + 1 - many))];
}

/// <summary>A week of a team's mood.</summary>
/// <param name="Begins">Its Monday.</param>
/// <param name="Mean">The mean of the people's means, 1 to 5, rounded to half a step; <c>null</c> where fewer than <see cref="TeamMood.Fewest"/> said anything.</param>
public sealed record TeamWeek(DateOnly Begins, double? Mean);

/// <summary>
/// The mood of a team, of those who agreed to count in it. A week is shown only when it is over and at least five people are in it, rounded,
/// and without saying how many, so that nobody is read out of it when one person more or less taps.
/// </summary>
public static class TeamMood
{
    /// <summary>How many people there are in a figure at least.</summary>
    public const int Fewest = 5;

    /// <summary>The moods one can tap, from 1.</summary>
    public const int Best = 5;

    /// <summary>The weeks that are over, oldest first.</summary>
    /// <param name="moods">Who, on which day, how.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="weeks">How many.</param>
    public static IReadOnlyList<TeamWeek> Of(IReadOnlyCollection<(long Person, DateOnly Day, int Mood)> moods, DateOnly today, int weeks)
    {
        var monday = LocalDay.MondayOf(today);
        return [.. Enumerable.Range(1, weeks).Select(back => monday.AddDays(-7 * (weeks + 1 - back))).Select(begins =>
        {
            var people = moods.Where(each => LocalDay.MondayOf(each.Day) == begins).GroupBy(each => each.Person).Select(person => person.Average(each => each.Mood)).ToList();
            return new TeamWeek(begins, people.Count < Fewest ? null : Math.Round(people.Average() * 2, MidpointRounding.AwayFromZero) / 2);
        })];
    }
}

using Amends.Domain.Reports;

namespace Amends.Data.Rollups;

/// <summary>One sum that is kept.</summary>
/// <param name="Measure">Of what.</param>
/// <param name="Grain"><see cref="Day"/> or <see cref="Month"/>.</param>
/// <param name="Span">Which day (<see cref="DateOnly.DayNumber"/>), or which month (<see cref="MonthOf"/>).</param>
/// <param name="Category">Code of the category; empty for complaints without one, <see cref="All"/> for all of a month.</param>
/// <param name="Part">Which sort.</param>
/// <param name="Bucket">Which value.</param>
public readonly record struct Cell(Measure Measure, int Grain, int Span, string Category, long Part, int Bucket)
{
    /// <summary>Sums of a day.</summary>
    public const int Day = 1;

    /// <summary>Sums of a month.</summary>
    public const int Month = 2;

    /// <summary>All categories together.</summary>
    public const string All = "*";

    /// <summary>The number of the month in which a day lies: twelve times the year, and the month from 0 on.</summary>
    public static int MonthOf(int day) => DateOnly.FromDayNumber(day) is var date ? date.Year * 12 + date.Month - 1 : 0;

    /// <summary>The sums that a mark counts in.</summary>
    public static IEnumerable<Cell> Of(Mark mark, string category)
    {
        var month = MonthOf(mark.Day);
        yield return new(mark.Measure, Day, mark.Day, category, mark.Part, mark.Bucket);
        yield return new(mark.Measure, Month, month, category, mark.Part, mark.Bucket);
        yield return new(mark.Measure, Month, month, All, mark.Part, mark.Bucket);
    }
}

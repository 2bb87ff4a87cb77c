using System.Globalization;
using Amends.Domain.Regulatory;

namespace Amends.Domain.Reports;

/// <summary>One thing that reports count about a case.</summary>
/// <param name="Measure">What.</param>
/// <param name="Day">On which day of the company, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Part">Which sort of it.</param>
/// <param name="Bucket">Which value.</param>
public readonly record struct Mark(Measure Measure, int Day, long Part, int Bucket);

/// <summary>The marks of a case, and how they are written down.</summary>
public static class Marks
{
    /// <summary>How often a customer turned to us is counted up to here.</summary>
    public const int MostContacts = 20;

    private const int Counts = 10;

    /// <summary>The part of a duration: of what, on which clock.</summary>
    /// <param name="of">A <see cref="Milestone"/>, or a step from 1 to 5.</param>
    /// <param name="clock">The clock.</param>
    public static long TimePart(int of, TimeCount clock) => of * Counts + (int)clock;

    /// <summary>The part of what a case cost.</summary>
    /// <param name="found">How easy the customer found it.</param>
    /// <param name="sum">What is added up.</param>
    public static long EffortPart(FoundIt found, EffortSum sum) => (int)found * Counts + (int)sum;

    /// <summary>The bucket of a closed complaint: both bands into which it falls.</summary>
    /// <param name="week">Of weeks.</param>
    /// <param name="quick">Of business days and weeks.</param>
    public static int BandBucket(WeekBand week, QuickBand quick) => (int)week * Counts + (int)quick;

    /// <summary>The bucket of an end by person: from 1 to 9 what was not of our own making, from 10 on what was.</summary>
    /// <param name="ending">How it ended.</param>
    /// <param name="selfMade">Why it was of our own making, as a <see cref="Worth.SelfMadeBy"/>; 0 when it was not.</param>
    public static int EndedBucket(Outcomes.Ending ending, int selfMade) => selfMade * Counts + (int)ending;

    /// <summary>The least bucket of an end that was of our own making.</summary>
    public const int SelfMade = Counts;

    /// <summary>Measures whose part is a person: they are added up, and shown of a team alone.</summary>
    public static bool IsOfPeople(Measure measure) => measure is Measure.CameTo or Measure.EndedBy or Measure.CameAgainTo or Measure.PromisedBy;

    /// <summary>The bands of a bucket made by <see cref="BandBucket"/>.</summary>
    public static (WeekBand Week, QuickBand Quick) BandsOf(int bucket) => ((WeekBand)(bucket / Counts), (QuickBand)(bucket % Counts));

    /// <summary>Of what a part made by <see cref="TimePart"/> is, and on which clock.</summary>
    public static (int Of, TimeCount Clock) TimeOf(long part) => ((int)(part / Counts), (TimeCount)(part % Counts));

    /// <summary>As text, in a fixed order: <c>measure,day,part,bucket,count</c>, a blank between two. Equal marks give equal text.</summary>
    public static string Write(IReadOnlyDictionary<Mark, long> marks) => string.Join(' ', marks.Where(each => each.Value != 0)
        .OrderBy(each => each.Key.Measure).ThenBy(each => each.Key.Day).ThenBy(each => each.Key.Part).ThenBy(each => each.Key.Bucket)
        .Select(each => string.Create(CultureInfo.InvariantCulture, $"{(int)each.Key.Measure},{each.Key.Day},{each.Key.Part},{each.Key.Bucket},{each.Value}")));

    /// <summary>From the text that <see cref="Write"/> gives.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static Dictionary<Mark, long> Read(string text)
    {
        var marks = new Dictionary<Mark, long>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(',') is not [var measure, var day, var sort, var bucket, var count])
                throw new FormatException($"'{part}' is no mark.");
            marks.Add(new((Measure)Number(measure), (int)Number(day), Number(sort), (int)Number(bucket)), Number(count));
        }

        return marks;

        static long Number(string digits) => long.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}

using Amends.Domain.Calendars;

namespace Amends.Domain.Reports;

/// <summary>
/// What is counted of a case because of the other complaints of its customer: whether it was really put right in the first contact, and
/// whether the same came again. A later complaint changes what is counted of an earlier one.
/// </summary>
public static class SameCustomer
{
    /// <summary>Until when a repeat on the same speaks against "put right in the first contact": two weeks, the longer end of what is usual.</summary>
    public static readonly TimeSpan FirstContactWindow = TimeSpan.FromDays(14);

    /// <summary>Until when another complaint of the same counts as the same that came again.</summary>
    public static readonly TimeSpan RecurrenceWindow = TimeSpan.FromDays(30);

    /// <summary>The marks that a case has because of the others.</summary>
    /// <param name="case">The case.</param>
    /// <param name="others">All cases of its customer; itself may be among them.</param>
    /// <param name="zone">The zone of the company's days.</param>
    public static IReadOnlyDictionary<Mark, long> MarksOf(CaseFacts @case, IEnumerable<CaseFacts> others, TimeZoneInfo zone)
    {
        var marks = new Dictionary<Mark, long>();
        if (@case is not { IsComplaint: true, ClosedAt: { } closed })
            return marks;
        var later = others.Where(other => !ReferenceEquals(other, @case) && other.IsComplaint && other.OpenedAt > closed).ToList();
        var day = LocalDay.Of(closed, zone).DayNumber;
        if (@case.AtOnce && !later.Any(other => other.OpenedAt - closed <= FirstContactWindow && MayBeSame(other)))
            marks[new(Measure.FirstContact, day, 0, 0)] = 1;
        var isAgain = later.Any(other => other.OpenedAt - closed <= RecurrenceWindow && other.Category.Length > 0 && other.Category == @case.Category);
        if (isAgain)
            marks[new(Measure.Recurred, day, 0, 0)] = 1;
        marks[new(Measure.CameAgainTo, day, @case.OwnerId, isAgain ? 1 : 0)] = 1;
        return marks;

        // nobody has said yet what one of them is about: it counts against us
        bool MayBeSame(CaseFacts other) => other.Category.Length == 0 || @case.Category.Length == 0 || other.Category == @case.Category;
    }
}

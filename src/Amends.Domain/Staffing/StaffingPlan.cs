using Amends.Domain.Statistics;

namespace Amends.Domain.Staffing;

/// <summary>How many people a half hour of the week needs.</summary>
/// <param name="Contacts">What comes then.</param>
/// <param name="Load">The work, in erlangs.</param>
/// <param name="Patient">So many are needed if nobody hangs up (Erlang C).</param>
/// <param name="HangingUp">So many are needed if callers hang up (Erlang A); <c>null</c> when that is not assumed.</param>
/// <param name="Scheduled">So many on the rota, with breaks, training and illness.</param>
public sealed record PlannedHalfHour(ContactCell Contacts, double Load, int Patient, int? HangingUp, int Scheduled)
{
    /// <summary>So many are needed at the telephone.</summary>
    public int Needed => HangingUp ?? Patient;
}

/// <summary>What so many people at the telephone make of a half hour.</summary>
/// <param name="People">How many.</param>
/// <param name="Patient">If nobody hangs up.</param>
/// <param name="HangingUp">If callers hang up; <c>null</c> when that is not assumed.</param>
/// <param name="Simulated">Whole days of that weekday, where few people make the formulas mislead; otherwise <c>null</c>.</param>
public sealed record WhatIf(int People, ErlangC Patient, ErlangA? HangingUp, SimulatedDesk? Simulated);

/// <summary>What mail and messages ask for.</summary>
/// <param name="PerDay">How many come on an open day, in the mean.</param>
/// <param name="Waiting">How many cases wait for an answer now.</param>
/// <param name="Needed">So many people keep up with what comes in.</param>
/// <param name="Choices">One fewer, as said, and one more: how many they answer in a day, and in how many days nothing waits any more (<c>null</c> for never).</param>
public sealed record WrittenWork(double PerDay, int Waiting, int Needed, IReadOnlyList<(int People, double DonePerDay, double? Days)> Choices);

/// <summary>How many people a week needs, by what came in the weeks before.</summary>
/// <param name="HalfHours">The open half hours, from Monday on.</param>
/// <param name="At">The one that is looked at closely; <c>null</c> when there is none.</param>
/// <param name="Compared">One fewer, as said, and one more.</param>
/// <param name="Written">Mail and messages.</param>
public sealed record StaffingPlan(IReadOnlyList<PlannedHalfHour> HalfHours, PlannedHalfHour? At, IReadOnlyList<WhatIf> Compared, WrittenWork Written)
{
    /// <summary>At a desk of so few people the formulas are replaced by a simulation.</summary>
    public const int SmallDesk = 3;

    /// <summary>The most work in one half hour that is planned, in erlangs.</summary>
    public const int MostLoad = 2000;

    /// <summary>Hours at the telephone in a week.</summary>
    public double HoursNeeded => HalfHours.Sum(each => each.Needed) / 2.0;

    /// <summary>Hours on the rota in a week.</summary>
    public double HoursScheduled => HalfHours.Sum(each => each.Scheduled) / 2.0;

    /// <summary>Whether a busiest half hour with calls of this length is more than is planned.</summary>
    /// <param name="calls">Calls of the weeks before.</param>
    /// <param name="question">What is asked.</param>
    public static bool IsTooMuch(ContactProfile calls, StaffingQuestion question) => calls.Busiest?.PerHour * question.EachSeconds / 3600 > MostLoad;

    /// <summary>Computes the plan.</summary>
    /// <param name="calls">Calls of the weeks before.</param>
    /// <param name="written">Mail and messages of the weeks before.</param>
    /// <param name="waiting">How many cases wait for an answer now.</param>
    /// <param name="question">What is asked.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is more than is planned (<see cref="IsTooMuch"/>).</exception>
    public static StaffingPlan Of(ContactProfile calls, ContactProfile written, int waiting, StaffingQuestion question)
    {
        if (IsTooMuch(calls, question))
            throw new ArgumentOutOfRangeException(nameof(calls), $"More than {MostLoad} erlangs in a half hour are not planned.");
        var known = new Dictionary<double, PlannedHalfHour>(); // many half hours have the same mean
        var halfHours = calls.Cells.Select(cell => known.TryGetValue(cell.PerHour, out var same) ? same with { Contacts = cell } : known[cell.PerHour] = Plan(cell, question)).ToList();
        var at = halfHours.Find(each => each.Contacts.At == question.At) ?? halfHours.MaxBy(each => each.Contacts.Mean);
        var compared = new List<WhatIf>();
        if (at is not null)
        {
            var people = question.People ?? Math.Max(1, at.Needed);
            foreach (var many in new[] { people - 1, people, people + 1 }.Where(many => many > 0))
                compared.Add(Try(many, at.Contacts, people <= SmallDesk && at.Load <= 10 * SmallDesk ? calls : null, question));
        }

        return new(halfHours, at, compared, Write(written, waiting, question));
    }

    private static PlannedHalfHour Plan(ContactCell cell, StaffingQuestion question)
    {
        var patient = ErlangC.Needed(cell.PerHour, question.EachSeconds, question.Target);
        int? hangingUp = question.PatienceSeconds == 0 ? null : ErlangA.Needed(cell.PerHour, question.EachSeconds, question.PatienceSeconds, question.Target);
        return new(cell, cell.PerHour * question.EachSeconds / 3600, patient, hangingUp, Workload.Scheduled(hangingUp ?? patient, question.AwayPercent / 100.0));
    }

    private static WhatIf Try(int people, ContactCell at, ContactProfile? day, StaffingQuestion question) => new(people,
        ErlangC.Of(at.PerHour, question.EachSeconds, people),
        question.PatienceSeconds == 0 ? null : ErlangA.Of(at.PerHour, question.EachSeconds, question.PatienceSeconds, people),
        day is null ? null : SimulatedDesk.Run([.. day.Cells.Where(cell => cell.At.Day == at.At.Day).Select(cell => cell.Mean)], question.EachSeconds, question.PatienceSeconds == 0 ? null : question.PatienceSeconds, people, question.WithinSeconds, question.Seed));

    private static WrittenWork Write(ContactProfile written, int waiting, StaffingQuestion question)
    {
        var busy = question.BusyPercent / 100.0;
        var needed = Workload.Deferred(written.PerDay, question.WriteMinutes, question.DayMinutes, busy);
        var people = question.Writers ?? Math.Max(1, needed);
        return new(written.PerDay, waiting, needed, [.. new[] { people - 1, people, people + 1 }.Where(many => many > 0).Select(many =>
        {
            var done = many * question.DayMinutes * busy / question.WriteMinutes;
            return (many, done, Workload.DaysToClear(waiting, written.PerDay, done));
        })]);
    }
}

using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>
/// How often each step of the way was taken. Whoever works on cases sees their own; of the others only the sum of all, once it comes from
/// enough cases that nobody can be read out of it. Nobody is ranked.
/// </summary>
public static class StepsReport
{
    /// <summary>So many cases and people must be in a sum that is shown to others.</summary>
    public const int Fewest = 5;

    private static readonly (PathStep Step, string Code, string Words, string Definition)[] Steps =
    [
        (PathStep.AskedWhatWouldHelp, "asked", "Asked what would help", "the customer was asked what would put it right"), (PathStep.SummedUp, "summed_up", "Said what we understood", "the customer had what we understood, in our words"),
        (PathStep.Confirmed, "confirmed", "Heard “that is right”", "the customer confirmed what we understood"), (PathStep.GaveChoice, "choice", "Gave a choice", "the customer could choose between two options or more"),
        (PathStep.KeptPromises, "promises", "Broke no promise", "every promised contact came in time or was moved beforehand"), (PathStep.CheckedBack, "check_back", "Checked back", "the customer was asked whether it is put right, or said so"), (PathStep.NamedCause, "cause", "Named the cause", "a cause other than unknown was named"),
    ];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var (now, before) = await ask.Both(Measure.Stepped);
        var me = ask.Reader?.Id ?? 0;
        var people = now.Parts.Count(part => part.Part != 0);
        var isShown = people >= Fewest;
        var isMine = ask.Reader is not null && now.Parts.Any(part => part.Part == me);
        var figures = Steps.Select(each => isMine
                ? Figure.OfShare(each.Code, each.Words, $"Your complaints in which {each.Definition}, of yours that were worked on and closed.", Of(now, each.Step, me), Of(before, each.Step, me), true, ask.CasesOf(Measure.Stepped, me, (int)each.Step * 2, (int)each.Step * 2))
                : Figure.OfShare(each.Code, each.Words, $"Complaints in which {each.Definition}, of all that were worked on and closed.", isShown ? Of(now, each.Step, null) : default, null, true));
        var rows = Steps.Select(each => new ReportRow([each.Words, .. isMine ? new object?[] { Of(now, each.Step, me) } : [], isShown ? Of(now, each.Step, null) : null]));
        return new("steps", "Steps taken", ask.Reader is null ? "How often does the team take each step?" : "How often do you take each step, and the team as a whole?", ask.Slice, [.. figures],
            [
                new("steps", "Step by step", $"Complaints that were worked on and closed, by whose they were at the end. Of others you see the sum of all alone, and only when it is of {Fewest} people or more.",
                    [new("step", "Step"), .. isMine ? new ReportColumn[] { new("mine", "You") } : [], new("team", "All of us")], [.. rows]),
            ])
        {
            Finding = isShown || isMine ? null : $"Fewer than {Fewest} of us closed complaints in these days: the sum would say too much of each.",
        };
    }

    private static Proportion Of(Sums sums, PathStep step, long? person)
    {
        var (no, yes) = ((int)step * 2, (int)step * 2 + 1);
        var (taken, not) = person is { } id ? (sums.Of(id, yes), sums.Of(id, no)) : (sums.At(yes), sums.At(no));
        return Question.Share(taken, taken + not);
    }
}

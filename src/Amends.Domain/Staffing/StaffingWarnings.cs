using System.Globalization;

namespace Amends.Domain.Staffing;

/// <summary>What to know before one believes the figures, in sentences.</summary>
public static class StaffingWarnings
{
    /// <summary>What the formulas take for granted, always.</summary>
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Calls come by chance, at an even rate within each half hour.",
        "Most calls are short and a few are very long (their lengths are exponentially spread).",
        "There is one queue, whoever is free takes the next call in turn, and everybody can take every call.",
        "Erlang C lets nobody hang up and so asks for more people than are needed; Erlang A lets callers hang up after a time that is an assumption until you measure it.",
        "Mail waits for hours, not for seconds: it is reckoned by the day and not with Erlang.",
    ];

    /// <summary>What these weeks say against the figures; empty when nothing does.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="fromList">The telephone wrote the list of calls; otherwise people wrote them down.</param>
    public static IReadOnlyList<string> Of(ContactProfile calls, StaffingPlan plan, bool fromList)
    {
        var words = new List<string>();
        if (calls.Contacts == 0)
            return ["There are no calls to count yet. Import the telephone's list of calls, or write calls down on their cases."];
        if (calls.IsFew)
            words.Add($"The number of calls is too small: {Texts.Count((int)calls.Contacts, "call")} in these weeks, and fewer than {ContactProfile.Few} say little about a week. Take the figures as a first guess, or look at more weeks.");
        if (!fromList)
            words.Add("These are calls that somebody wrote down. Who rang and gave up is missing, and so are calls that belong to no case: the true need is higher.");
        if (calls.Dispersion is > ContactProfile.Bursts and var dispersion)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"Calls come in bursts: single days lie {dispersion:0.0} times as far apart as chance alone makes them. Something drives them, such as letters that go out or a fault; plan more people for such days."));
        if (calls.OutsideShare >= 0.1)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{calls.OutsideShare * 100:0} of a hundred calls come while you are closed. They are in no half hour below."));
        if (plan.At is { Needed: <= StaffingPlan.SmallDesk })
            words.Add($"With {StaffingPlan.SmallDesk} people or fewer the formulas mislead: one long call changes the whole half hour. Look at the days that are played through below instead, and at how long people wait now.");
        return words;
    }
}

using Amends.Domain.Cases;
using Amends.Domain.Offers;

namespace Amends.Data;

/// <summary>How a case goes on when the customer does not answer what we offered, or comes back after its end.</summary>
public sealed record CourseSettings
{
    /// <summary>Reminders before it may be closed for now.</summary>
    public int Reminders { get; init; } = NoReplyRule.Default.Reminders;

    /// <summary>Open days that each reminder leaves for an answer.</summary>
    public int Days { get; init; } = NoReplyRule.Default.Days;

    /// <summary>Days after its end for which a case opens again by itself when the customer writes.</summary>
    public int ReopenDays { get; init; } = ReopenWindow.DefaultDays;

    /// <summary>The rule on reminders for the domain.</summary>
    public NoReplyRule Rule() => new(Reminders, Days);
}

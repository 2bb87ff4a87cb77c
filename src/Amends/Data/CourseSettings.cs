using Amends.Domain.Offers;

namespace Amends.Data;

/// <summary>How a case goes on when the customer does not answer what we offered.</summary>
public sealed record CourseSettings
{
    /// <summary>Reminders before it may be closed for now.</summary>
    public int Reminders { get; init; } = NoReplyRule.Default.Reminders;

    /// <summary>Open days that each reminder leaves for an answer.</summary>
    public int Days { get; init; } = NoReplyRule.Default.Days;

    /// <summary>The same for the domain.</summary>
    public NoReplyRule Rule() => new(Reminders, Days);
}

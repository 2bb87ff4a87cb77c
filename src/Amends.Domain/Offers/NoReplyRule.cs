using Amends.Domain.Calendars;

namespace Amends.Domain.Offers;

/// <summary>What a company does when a customer does not answer what it offered: how often it reminds them, and how long it waits each time.</summary>
/// <param name="Reminders">Reminders, before the case may be closed for now.</param>
/// <param name="Days">Open days that each of them leaves for an answer.</param>
public sealed record NoReplyRule(int Reminders, int Days)
{
    /// <summary>Bounds of what a company may choose.</summary>
    public const int FewestReminders = 1, MostReminders = 5, FewestDays = 2, MostDays = 20;

    /// <summary>Two reminders with four open days each, so that no silence lasts longer than a week: what holds until a company chooses something else.</summary>
    public static readonly NoReplyRule Default = new(2, 4);

    /// <summary>What is wrong with the number of reminders; <c>null</c> when nothing is.</summary>
    public static string? WrongReminders(int reminders) =>
        reminders is < FewestReminders or > MostReminders ? $"Remind them {FewestReminders} to {MostReminders} times: nobody is given up unasked, and more is a burden." : null;

    /// <summary>What is wrong with the number of days; <c>null</c> when nothing is.</summary>
    public static string? WrongDays(int days) =>
        days is < FewestDays or > MostDays ? $"Leave {FewestDays} to {MostDays} open days for an answer." : null;

    /// <summary>Until when a reminder that goes now is waited for: the end of the last of so many open days, beginning tomorrow.</summary>
    /// <param name="calendar">The open days.</param>
    /// <param name="at">Now.</param>
    public DateTimeOffset Until(Calendar calendar, DateTimeOffset at) =>
        calendar.OpenDays(at).Where(day => day.From > at).Skip(Days - 1).Select(day => (DateTimeOffset?)day.To).FirstOrDefault() ?? at.AddDays(Days);
}

/// <summary>A reminder of an offer that the customer had not answered.</summary>
/// <param name="Number">1 for the first one.</param>
/// <param name="Of">How many there are at the most, by the rule that held then.</param>
/// <param name="At">When.</param>
/// <param name="Via">By mail, or by a call.</param>
/// <param name="WaitsUntil">Until when an answer is waited for.</param>
public sealed record OfferReminder(int Number, int Of, DateTimeOffset At, Cases.Channel Via, DateTimeOffset WaitsUntil)
{
    /// <summary>No other one follows.</summary>
    public bool IsLast => Number >= Of;
}

using Amends.Domain.Deadlines;

namespace Amends.Domain.Laws;

/// <summary>What a law says about an order that goes out later than promised: the notice with its choice, and what silence means.</summary>
/// <param name="SilenceUpTo">A first delay to a definite day within this after the promised one: silence means that they wait.</param>
/// <param name="RefundIn">Any other delay: without their express yes the money goes back within this after the promised day, unasked.</param>
public sealed record DelayRule(Term SilenceUpTo, Term RefundIn)
{
    /// <summary>What holds for one delay.</summary>
    /// <param name="promised">The day that it was promised for.</param>
    /// <param name="revised">The new day; <c>null</c> when nobody can name one.</param>
    /// <param name="earlierDelays">How often it was put off before.</param>
    /// <param name="calendar">Which days are business days.</param>
    public DelayNotice For(DateOnly promised, DateOnly? revised, int earlierDelays, HolidayCalendar calendar)
    {
        var last = DueDates.Day(promised, SilenceUpTo, calendar);
        return new DelayNotice(promised, last, earlierDelays == 0 && revised is { } day && day <= last, DueDates.Day(promised, RefundIn, calendar));
    }
}

/// <summary>What holds for one delay.</summary>
/// <param name="NoticeBy">They have the notice, with the choice to wait or to cancel, by this day.</param>
/// <param name="SilenceUntil">The latest new day for which silence can mean that they wait.</param>
/// <param name="SilenceIsConsent">Whether silence means that they wait; otherwise only an express yes does.</param>
/// <param name="RefundBy">Without their yes the money is back by this day.</param>
public sealed record DelayNotice(DateOnly NoticeBy, DateOnly SilenceUntil, bool SilenceIsConsent, DateOnly RefundBy);

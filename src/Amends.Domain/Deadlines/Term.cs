namespace Amends.Domain.Deadlines;

/// <summary>What a period is counted in.</summary>
public enum TimeUnit
{
    /// <summary>Hours of the clock, nights and holidays included.</summary>
    ClockHours = 1,

    /// <summary>Every day counts.</summary>
    CalendarDays,

    /// <summary>Days that are neither weekend nor holiday.</summary>
    BusinessDays,

    /// <summary>Seven calendar days each.</summary>
    Weeks,

    /// <summary>By the calendar; the 31st becomes the last day of a shorter month.</summary>
    Months,

    /// <summary>Complete billing cycles of the customer.</summary>
    BillingCycles,
}

/// <summary>A period, such as eight weeks.</summary>
/// <param name="Amount">How many, 0 at least: 0 days is the day itself.</param>
/// <param name="Unit">Of what.</param>
public sealed record Term(int Amount, TimeUnit Unit)
{
    /// <inheritdoc/>
    public override string ToString() => Amount == 0 ? "the same day" : $"{Amount} {Name(Unit)}{(Amount == 1 ? "" : "s")}";

    private static string Name(TimeUnit unit) => unit switch
    {
        TimeUnit.ClockHours => "hour",
        TimeUnit.CalendarDays => "calendar day",
        TimeUnit.BusinessDays => "business day",
        TimeUnit.Weeks => "week",
        TimeUnit.Months => "month",
        _ => "billing cycle",
    };
}

/// <summary>Where days begin and end for the company.</summary>
/// <param name="Zone">Its time zone.</param>
/// <param name="CutOff">The local hour at which a business day closes.</param>
public sealed record DayRules(TimeZoneInfo Zone, TimeOnly CutOff)
{
    /// <summary>The day of the month on which the customers' billing cycles close, 1 to 31; <c>null</c> when they have no day in common.</summary>
    public int? BillingDay { get; init; }
}

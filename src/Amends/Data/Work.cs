using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>Somebody at work on a case: one change of it, in one unit of work, whether they came by a page or by a program.</summary>
/// <param name="Case">The case, to be told.</param>
/// <param name="Unit">The unit of work.</param>
/// <param name="Number">The case's number.</param>
/// <param name="Company">For its hours, zone and currency.</param>
/// <param name="By">Who.</param>
/// <param name="Now">Now.</param>
public sealed record Work(Case Case, Unit Unit, long Number, Company Company, Actor By, DateTimeOffset Now)
{
    /// <summary>The open hours.</summary>
    public Calendar Calendar { get; } = Company.Calendar();

    /// <summary>What whoever works may give here now; until the unit of work ends nobody else gives.</summary>
    public Task<Power> Power() => MoneyDesk.PowerIn(Unit, Company, By, Case.State.CustomerId, Number, Now);
}

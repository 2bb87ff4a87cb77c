using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>Cases that go on in another one.</summary>
public static class OtherCases
{
    private const int Furthest = 20;

    /// <summary>The case that somebody names as the one in which another goes on.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="own">The one that ends.</param>
    /// <param name="named">The other one.</param>
    /// <exception cref="Refused"><c>goes_on_in</c> when it is none.</exception>
    public static async Task<OtherCase> Named(Unit unit, long own, long? named)
    {
        if (named is not { } other || other == own)
            throw new Refused("goes_on_in", "Name the other case, in which it goes on.");
        return await unit.Value<string?>("select state from cases where number = @other", new { other }) is { } state
            ? new(other, CaseJson.State(state))
            : throw new Refused("goes_on_in", $"There is no case {other}.");
    }

    /// <summary>Tells the case in which another one goes on.</summary>
    public static Task Join(Unit unit, CaseStore cases, OtherCase into, long number, Actor by, DateTimeOffset at) => cases.ChangeIn(unit, into.Number, (main, _) =>
    {
        main.Join(number, by, at);
        return Task.CompletedTask;
    });

    /// <summary>Where a case goes on, as long as both are the same customer's; itself when it goes on nowhere else.</summary>
    public static async Task<long> Last(Unit unit, long number)
    {
        for (var i = 0; i < Furthest && await unit.Value<long?>(Next, new { number }) is { } next; i++)
            number = next;
        return number;
    }

    /// <summary>Whose a case is; <c>null</c> when none is named.</summary>
    /// <exception cref="Refused"><c>follows</c> when there is no such case.</exception>
    public static async Task<FoundCustomer?> CustomerOf(Unit unit, long? number) => number is null ? null
        : await unit.Value<long?>("select customer_id from cases where number = @number", new { number }) is { } id && await Customers.Current(unit, id) is { } customer ? customer
        : throw new Refused("follows", $"There is no case {number} to follow.");

    /// <summary>SQL for the case in which one of the same customer goes on.</summary>
    internal const string Next = "select c.goes_on_in from cases c join cases m on m.number = c.goes_on_in and m.customer_id = c.customer_id where c.number = @number";

    /// <summary>SQL for the numbers of the duplicates of a case, as long as they are the same customer's.</summary>
    internal const string Duplicates = "select d.number from cases d join cases m on m.number = d.goes_on_in and m.customer_id = d.customer_id where d.goes_on_in = @number and d.close_reason = 4";
}

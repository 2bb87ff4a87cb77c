using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>A case that somebody handed on becomes its customer's, because one of us says so.</summary>
public static class HandedOnCase
{
    /// <summary>
    /// Moves the case to whoever wrote the mail that a message hands on. What the forwarder was sent opens nothing any more, and the next
    /// letter goes to the customer.
    /// </summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">The case, to be told.</param>
    /// <param name="number">Its number.</param>
    /// <param name="message">The message that hands something on.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>message</c> when it hands nothing on.</exception>
    public static async Task TheCustomerIs(Unit unit, Case @case, long number, long message, Actor by, DateTimeOffset now)
    {
        if (await unit.One<Row>("select address, name from forwards where message_id = @message and case_number = @number", new { message, number }) is not { } original)
            throw new Refused("message", "This message hands nothing on.");
        var customer = await Customers.FindOrAdd(unit, original.Address, original.Name, null, now);
        @case.ChangeCustomer(customer.Id, customer.Name, by, now);
        await unit.Run(
            """
            update mail_senders set known = case when exists (select 1 from customer_addresses a where a.customer_id = @Id and upper(a.address) = upper(mail_senders.address)) then 1 else 0 end
            where case_number = @number
            """, new { customer.Id, number });
        await CustomerLinks.Revoke(unit, number, now);
        await CustomerMerges.WentAway(unit, number, now);
    }

    private sealed class Row
    {
        public string Address { get; init; } = "";
        public string Name { get; init; } = "";
    }
}

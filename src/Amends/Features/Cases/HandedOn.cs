using Amends.Data;
using Amends.Domain;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>A case that somebody handed on becomes its customer's, because one of us says so.</summary>
public static class HandedOn
{
    /// <summary>
    /// Moves the case to whoever wrote the mail that a message hands on. What the forwarder was sent opens nothing any more, and the next
    /// letter goes to the customer.
    /// </summary>
    public static async Task<IResult> TheCustomerIs(long number, HttpContext context, CaseStore cases, ShowCase show, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var view = form["in"].ToString();
        var message = long.TryParse(form["message"], out var id) ? id : 0;
        var now = clock.GetUtcNow();
        try
        {
            var changed = await cases.Change(number, async (@case, unit) =>
            {
                if (await unit.One<ForwardRow>("select message_id, address, name from forwards where message_id = @message and case_number = @number", new { message, number }) is not { } original)
                    throw new Refused("message", "This message hands nothing on.");
                var customer = await Customers.FindOrAdd(unit, original.Address, original.Name, null, now);
                @case.ChangeCustomer(customer.Id, customer.Name, context.User.Actor(), now);
                await unit.Run(
                    """
                    update mail_senders set known = case when exists (select 1 from customer_addresses a where a.customer_id = @Id and upper(a.address) = upper(mail_senders.address)) then 1 else 0 end
                    where case_number = @number
                    """, new { customer.Id, number });
                await CustomerLinks.Revoke(unit, number, now);
                await CustomerMerges.WentAway(unit, number, now);
            });
            return changed is null ? TypedResults.NotFound() : await show.Done(context, number, view, $"The customer is {changed.CustomerName}");
        }
        catch (Refused refused)
        {
            return await show.Page(context, number, view, model => model with { Composer = model.Composer with { Problem = refused.Message } }, StatusCodes.Status422UnprocessableEntity);
        }
    }
}

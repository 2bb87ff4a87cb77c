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
            var changed = await cases.Change(number, (@case, unit) => HandedOnCase.TheCustomerIs(unit, @case, number, message, context.User.Actor(), now));
            return changed is null ? TypedResults.NotFound() : await show.Done(context, number, view, $"The customer is {changed.CustomerName}");
        }
        catch (Refused refused)
        {
            return await show.Page(context, number, view, model => model with { Composer = model.Composer with { Problem = refused.Message } }, StatusCodes.Status422UnprocessableEntity);
        }
    }
}

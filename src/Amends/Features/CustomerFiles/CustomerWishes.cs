using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerFiles;

/// <summary>What a customer tells one of us beside their case: who sent them, and that they want no letters of thanks.</summary>
public static class CustomerWishes
{
    private const int Longest = 40;

    /// <summary>Maps what is posted.</summary>
    public static void MapCustomerWishes(this IEndpointRouteBuilder app)
    {
        app.MapPost("/customers/{id:long}/sent-by", SentByCode).RequireAuthorization(Policies.Agent);
        app.MapPost("/customers/{id:long}/letters", Letters).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> SentByCode(long id, HttpContext context, Database database, CustomerEndpoints.Pages pages, TimeProvider clock)
    {
        var typed = (await context.Request.ReadFormAsync(context.RequestAborted))["sentBy"].ToString().Replace("\0", "").Trim();
        if (typed.Length is 0 or > Longest)
            return await pages.Show(context, id, typed.Length == 0 ? "Write the code that they named." : "That is too long for a code.", sentBy: typed);
        var counted = await database.Write(async unit => await unit.Value<long?>("select id from customers where id = @id", new { id }) is null ? (bool?)null : await FollowOnDesk.CameBy(unit, id, typed, SentBy.Asked, clock.GetUtcNow()));
        if (counted is null)
            return TypedResults.NotFound();
        if (counted == false)
            return await pages.Show(context, id, "Nobody has this code, it is their own, or they bought something before it went out. Look at it again, or leave it.", sentBy: typed);
        Frame.Say(context, "Noted who sent them.");
        return TypedResults.Redirect303($"/customers/{id}");
    }

    private static async Task<IResult> Letters(long id, HttpContext context, Database database, TimeProvider clock)
    {
        var off = (await context.Request.ReadFormAsync(context.RequestAborted))["letters"] == "off";
        var found = await database.Write(unit => unit.Run($"update customers set letters_off_at = case when @off = 0 then null else coalesce(letters_off_at, @now) end where id in {Customers.AllIds}", new { customer = id, off = off ? 1 : 0, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }));
        if (found == 0)
            return TypedResults.NotFound();
        Frame.Say(context, off ? "Noted: no letters of thanks." : "Noted: letters of thanks are welcome again.");
        return TypedResults.Redirect303($"/customers/{id}");
    }
}

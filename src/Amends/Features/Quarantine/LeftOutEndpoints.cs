using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Quarantine;

/// <summary>A mail that was left out and that chance put before the leads: rightly so, or a complaint after all.</summary>
public static class LeftOutEndpoints
{
    private const string List = "/second-looks";

    /// <summary>Maps the page and its two answers.</summary>
    public static void MapLeftOut(this IEndpointRouteBuilder app)
    {
        app.MapGet("/quarantine/{id:long}/second-look", (long id, HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock) => Show(id, context, database, frame, settings, clock, new(), null)).RequireAuthorization(Policies.Lead);
        app.MapForm("/quarantine/{id:long}/second-look", Say).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> Say(long id, [FromForm] LeftOutPage.Fields? sent, HttpContext context, Database database, TakeMail take, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if (fields.Complaint == "no")
        {
            var done = await database.Write(unit => unit.Run("update intake set second_look = 2, looked_at = @now, looked_by = @by where id = @id and state = 4 and second_look = 1", new { id, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), by = context.User.Actor().Name }));
            return QuarantineEndpoints.Away(context, List, done == 1 ? "Noted: it was rightly left out." : "Somebody has already looked at it.");
        }

        if (fields.Complaint != "yes")
            return await Show(id, context, database, frame, settings, clock, fields, new Dictionary<string, string> { ["main"] = "Say whether it was rightly left out, or is a complaint." });
        if (await HeldMail.FindLeftOut(database, id, context.RequestAborted) is not { } found)
            return QuarantineEndpoints.Away(context, List, "Somebody has already looked at it.");
        var (me, now) = (context.User.Actor(), clock.GetUtcNow());
        try
        {
            var number = await take.TakeByHand(found.Row, fields.Address, fields.Name, me, await settings.Company(context.RequestAborted), context.RequestAborted, async unit =>
            {
                if (await unit.Run("update intake set state = 3, second_look = 3, looked_at = @at, looked_by = @by where id = @id and state = 4 and second_look = 1", new { id, at = now.ToUnixTimeMilliseconds(), by = me.Name }) != 1)
                    throw new LeaseLost();
            });
            return QuarantineEndpoints.Away(context, $"/cases/{number}", "It is a case now.");
        }
        catch (Refused no)
        {
            return await Show(id, context, database, frame, settings, clock, fields, new Dictionary<string, string> { [no.Code == "address" ? "Address" : "main"] = no.Message });
        }
        catch (LeaseLost)
        {
            return QuarantineEndpoints.Away(context, List, "Somebody has already looked at it.");
        }
    }

    private static async Task<IResult> Show(long id, HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock, LeftOutPage.Fields fields, IReadOnlyDictionary<string, string>? errors) =>
        await HeldMail.FindLeftOut(database, id, context.RequestAborted) is { } found
            ? Html.Show<LeftOutPage, LeftOutPage.View>(new(await frame.For(context), found.Mail, fields, errors ?? new Dictionary<string, string>(), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}

using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Quarantine;

/// <summary>Mail that could not be read by itself: people see it, make a case of it, or leave it out with a reason.</summary>
public static class QuarantineEndpoints
{
    private const int PageSize = 25;

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder app)
    {
        app.MapGet("/quarantine", List).RequireAuthorization(Policies.Agent);
        app.MapGet("/quarantine/{id:long}", One).RequireAuthorization(Policies.Agent);
        app.MapGet("/quarantine/{id:long}/raw", Raw).RequireAuthorization(Policies.Agent);
        app.MapForm("/quarantine/{id:long}/case", MakeCase).RequireAuthorization(Policies.Agent);
        app.MapPost("/quarantine/{id:long}/again", ReadAgain).RequireAuthorization(Policies.Agent);
        app.MapForm("/quarantine/{id:long}/discard", Discard).RequireAuthorization(Policies.Agent);
        app.MapLeftOut();
    }

    private static async Task<IResult> List(long? before, HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var held = await HeldMail.Page(database, before ?? long.MaxValue, PageSize, context.RequestAborted);
        return Html.Show<QuarantineList, QuarantineList.View>(new(await frame.For(context), held, clock.GetUtcNow(), (await settings.Company()).Zone(), held.Count == PageSize ? held[^1].Id : null));
    }

    private static async Task<IResult> One(long id, HttpContext context, Pages pages) => await pages.Show(context, id, new(), null);

    private static async Task<IResult> Raw(long id, HttpContext context, Database database)
    {
        if (await HeldMail.Find(database, id, context.RequestAborted) is not { Row.RawDigest.Length: > 0 } found)
            return TypedResults.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(await Blobs.Get(database, found.Row.RawDigest, context.RequestAborted), "application/octet-stream", $"mail-{id}.eml");
    }

    private static async Task<IResult> MakeCase(long id, [FromForm] QuarantinePage.Fields? sent, HttpContext context, Pages pages, Database database, TakeMail take, StoredSettings settings)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if (await HeldMail.Find(database, id, context.RequestAborted) is not { } found)
            return Gone(context);
        try
        {
            var number = await take.TakeByHand(found.Row, fields.Address, fields.Name, context.User.Actor(), await settings.Company(), context.RequestAborted);
            return Away(context, $"/cases/{number}", "It is a case now.");
        }
        catch (Refused no)
        {
            return await pages.Show(context, id, fields, new Dictionary<string, string> { [no.Code == "address" ? "Address" : "main"] = no.Message });
        }
        catch (LeaseLost)
        {
            return Gone(context);
        }
    }

    private static async Task<IResult> ReadAgain(long id, HttpContext context, MailLedger ledger) =>
        await ledger.ReadAgain(id) ? Away(context, "/quarantine", "It is read again. If that fails, too, it comes back here.") : Gone(context);

    private static async Task<IResult> Discard(long id, [FromForm] QuarantinePage.Fields? sent, HttpContext context, Pages pages, Database database, TimeProvider clock)
    {
        var fields = sent ?? new();
        if (string.IsNullOrWhiteSpace(fields.Reason))
            return await pages.Show(context, id, fields, new Dictionary<string, string> { ["Reason"] = "Say in a few words why it can be left out." });
        var done = await database.Write(unit => unit.Run("update intake set state = @state, reason = @reason, done_at = @now, done_by = @by, second_look = @look where id = @id and state = 3",
            new { id, state = (int)IntakeState.Discarded, reason = fields.Reason.Trim(), now = clock.GetUtcNow().ToUnixTimeMilliseconds(), by = context.User.Actor().Name, look = SecondLook.IsDrawn(SecondLook.ChanceOf($"mail:{id}")) ? 1 : 0 }));
        return done == 1 ? Away(context, "/quarantine", "Left out. The mail is kept.") : Gone(context);
    }

    private static IResult Gone(HttpContext context) => Away(context, "/quarantine", "Somebody has already taken care of it.");

    internal static IResult Away(HttpContext context, string to, string words)
    {
        Frame.Say(context, words);
        context.Response.Headers.Location = to;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page of one mail.</summary>
    public sealed class Pages(Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        /// <summary>The page, with what was typed and what was wrong with it.</summary>
        public async Task<IResult> Show(HttpContext context, long id, QuarantinePage.Fields fields, IReadOnlyDictionary<string, string>? errors) =>
            await HeldMail.Find(database, id, context.RequestAborted) is { } found
                ? Html.Show<QuarantinePage, QuarantinePage.View>(new(await frame.For(context), found.Mail, fields, errors ?? new Dictionary<string, string>(), clock.GetUtcNow(), (await settings.Company()).Zone()),
                    errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
    }
}

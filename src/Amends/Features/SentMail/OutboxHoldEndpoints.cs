using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.SentMail;

/// <summary>What a person decides on a restored desk: which letters are not to go, and when the others may.</summary>
public static class OutboxHoldEndpoints
{
    private const string Page = "/outbox";

    /// <summary>Maps the forms on the outbox page.</summary>
    public static void MapOutboxHold(this IEndpointRouteBuilder app)
    {
        app.MapPost("/outbox/release", Release).RequireAuthorization(Policies.Lead);
        app.MapPost("/outbox/{id:long}/drop", Drop).RequireAuthorization(Policies.Lead);
    }

    /// <summary>Whether mail is held, and how much of it; <c>null</c> on a desk as usual.</summary>
    internal static async Task<Held?> Find(Database database, StoredSettings settings, CancellationToken ct)
    {
        if (await settings.Get<OutboxHold>(OutboxHold.Setting, ct) is not { } mail)
            return null;
        var (all, waited) = await database.Read(connection => mail.Count(connection), ct);
        return new Held(mail, all, waited);
    }

    private static async Task<IResult> Release(HttpContext context, Database database, StoredSettings settings, TimeProvider clock, [FromForm] string? waited)
    {
        if (await settings.Get<OutboxHold>(OutboxHold.Setting, context.RequestAborted) is { } held)
        {
            await database.Write(unit => held.Release(unit, waited is not null, clock.GetUtcNow()));
            Frame.Say(context, "Mail goes out again.");
        }

        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Drop(HttpContext context, long id, Database database, TimeProvider clock)
    {
        var dropped = await database.Write(unit => OutboxHold.Drop(unit, id, clock.GetUtcNow()));
        Frame.Say(context, dropped ? "This letter is not sent." : "This letter does not wait any more.");
        return TypedResults.Redirect303(Page + "?state=waiting");
    }
}

/// <summary>Mail that is held.</summary>
/// <param name="Mail">Since when, and why.</param>
/// <param name="All">How many letters wait.</param>
/// <param name="Waited">How many of them waited in the backup already.</param>
public sealed record Held(OutboxHold Mail, long All, long Waited);

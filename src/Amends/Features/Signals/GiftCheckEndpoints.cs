using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Signals;

/// <summary>What managers look at among what was given.</summary>
public static class GiftCheckEndpoints
{
    /// <summary>Maps the page and noting what was found.</summary>
    public static void MapGiftChecks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/gifts", (HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock) => Show(context, checks, frame, clock, null)).RequireAuthorization(Policies.Manager);
        app.MapPost("/reports/gifts", Note).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock, (Refused No, GiftFields Typed)? refused) =>
        Html.Show<GiftsPage, GiftsPage.View>(new(await frame.For(context), await checks.Read(clock.GetUtcNow(), context.RequestAborted), context.User.Actor().Id, refused?.Typed, refused?.No.Message), refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Note([FromForm] GiftFields? sent, HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            if (fields.Right is not ("yes" or "no"))
                throw new Refused("right", "Say whether it is as it should be.");
            await checks.Note(fields.Case ?? 0, fields.Offer ?? 0, fields.Right == "yes", fields.Words, context.User.Actor(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, "Noted.");
            return TypedResults.Redirect303("/reports/gifts");
        }
        catch (Refused no)
        {
            return await Show(context, checks, frame, clock, (no, fields));
        }
    }
}

/// <summary>What was found about a gift.</summary>
public sealed record GiftFields
{
    public long? Case { get; init; }
    public int? Offer { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Right { get; init; }
    public string? Words { get; init; }
}

using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.SelfCare;

/// <summary>Asking a colleague to take over one's hours on a day.</summary>
public static class SwapEndpoints
{
    private const string Page = "/my/swaps";

    /// <summary>Maps the page and its forms.</summary>
    public static void MapSwaps(this RouteGroupBuilder my)
    {
        my.MapGet("/swaps", (HttpContext context, OwnPages pages) => pages.Swaps(context));
        my.MapForm("/swaps", Ask);
        my.MapPost("/swaps/{id:long}/answer", Answer);
        my.MapPost("/swaps/{id:long}/end", async (long id, HttpContext context, ShiftSwaps swaps, TimeProvider clock) =>
            await swaps.End(id, context.User.Actor(), clock.GetUtcNow()) ? SelfCareEndpoints.Done(context, "Taken back. Your colleague hears of it.", Page) : TypedResults.NotFound());
    }

    private static async Task<IResult> Ask(HttpContext context, ShiftSwaps swaps, OwnPages pages, StoredSettings settings, TimeProvider clock, [FromForm] SwapsPage.Fields? sent)
    {
        var fields = sent ?? new();
        try
        {
            var day = DateOnly.TryParseExact(fields.Day?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? typed : throw new Refused("day", "Choose the day.");
            var colleague = long.TryParse(fields.Colleague, CultureInfo.InvariantCulture, out var id) ? id : throw new Refused("colleague", "Choose a colleague who handles cases.");
            await swaps.Ask(colleague, day, fields.Why, context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.Swaps(context, fields, no);
        }

        return SelfCareEndpoints.Done(context, "Asked. You hear when they answer.", Page);
    }

    private static async Task<IResult> Answer(long id, HttpContext context, ShiftSwaps swaps, OwnPages pages, TimeProvider clock, [FromForm] string? answer, [FromForm] string? words)
    {
        try
        {
            var yes = answer switch { "yes" => true, "no" => false, _ => throw new Refused("answer", "Say whether you take it over.") };
            return await swaps.Answer(id, yes, words, context.User.Actor(), clock.GetUtcNow()) ? SelfCareEndpoints.Done(context, yes ? "Agreed. Thank you." : "They hear that you cannot.", Page) : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.Swaps(context, new() { Words = words }, no, id);
        }
    }
}

using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.SelfCare;

/// <summary>A colleague reads a draft before it goes.</summary>
public static class ReaderEndpoints
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapSecondReader(this IEndpointRouteBuilder app, RouteGroupBuilder my)
    {
        app.MapGet("/cases/{number:long}/second-reader", (long number, HttpContext context, OwnPages pages) => pages.Reader(context, number)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/second-reader", Ask).RequireAuthorization(Policies.Agent);
        my.MapPost("/readings/{id:long}/comments", Comment);
        my.MapPost("/readings/{id:long}/back", async (long id, HttpContext context, DraftReadings readings, TimeProvider clock) =>
            await readings.TakeBack(id, context.User.Actor(), clock.GetUtcNow()) is { } number ? SelfCareEndpoints.Done(context, "Your draft is back where you write.", $"/cases/{number}") : TypedResults.NotFound());
    }

    private static async Task<IResult> Ask(long number, HttpContext context, DraftReadings readings, OwnPages pages, CaseStore cases, TimeProvider clock, [FromForm] SecondReaderPage.Fields? sent)
    {
        var fields = sent ?? new();
        if (await cases.Find(number, context.RequestAborted) is null)
            return TypedResults.NotFound();
        try
        {
            var reader = long.TryParse(fields.Reader, CultureInfo.InvariantCulture, out var id) ? id : 0;
            await readings.Ask(number, fields.Text, reader, fields.Question, context.User.Actor(), clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.Reader(context, number, fields, no);
        }

        return SelfCareEndpoints.Done(context, "Parked. You hear when they have read it.", $"/cases/{number}/second-reader");
    }

    private static async Task<IResult> Comment(long id, HttpContext context, DraftReadings readings, OwnPages pages, TimeProvider clock, [FromForm] string? comments, [FromForm] long? number)
    {
        try
        {
            return await readings.Comment(id, comments, context.User.Actor(), clock.GetUtcNow()) is { } about
                ? SelfCareEndpoints.Done(context, "They have your words.", $"/cases/{about}/second-reader")
                : TypedResults.NotFound();
        }
        catch (Refused no) when (number is not null)
        {
            return await pages.Reader(context, number.Value, new() { Comments = comments }, no);
        }
    }
}

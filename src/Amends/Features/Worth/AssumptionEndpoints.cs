using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Worth;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Worth;

/// <summary>What the figures on worth assume: read, and changed with a source.</summary>
public static class AssumptionEndpoints
{
    /// <summary>Maps the pages and the form.</summary>
    public static void MapAssumptions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/settings/assumptions", async (HttpContext context, WorthDesk desk, Frame frame, StoredSettings settings) =>
            Html.Show<AssumptionsPage, AssumptionsPage.View>(new(await frame.For(context), await desk.Book(context.RequestAborted), (await settings.Company(context.RequestAborted)).Currency))).RequireAuthorization(Policies.Manager);
        app.MapGet("/settings/assumptions/{key}", (string key, HttpContext context, Pages pages) => pages.Show(key, context, null, null)).RequireAuthorization(Policies.Manager);
        app.MapForm("/settings/assumptions/{key}", Change).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Change(string key, [FromForm] AssumptionPage.Fields? sent, HttpContext context, WorthDesk desk, Database database, Pages pages, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        if ((await desk.Book(context.RequestAborted)).All.FirstOrDefault(held => held.Of.Key == key) is not { Of: { } before })
            return TypedResults.NotFound();
        try
        {
            double Read(string code, string? typed) => double.TryParse(typed?.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? before.Measure == Measure.Share ? number / 100 : number : throw new Refused(code, "Write a number.");
            var after = before.With(Read("low", fields.Low), Read("value", fields.Value), Read("high", fields.High), fields.Source, fields.Dated, Enum.TryParse<Grade>(fields.Grade, out var grade) ? grade : 0);
            await database.Write(unit => AssumptionBook.Change(unit, after, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted);
        }
        catch (Refused no)
        {
            return await pages.Show(key, context, fields, (char.ToUpperInvariant(no.Code[0]) + no.Code[1..], no.Message));
        }

        desk.Forget();
        Frame.Say(context, "Saved. What was believed before stays below.");
        return TypedResults.Redirect303($"/settings/assumptions/{key}");
    }

    /// <summary>Shows one.</summary>
    public sealed class Pages(WorthDesk desk, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        /// <summary>The page; with an error as 422.</summary>
        public async Task<IResult> Show(string key, HttpContext context, AssumptionPage.Fields? typed, (string Field, string Words)? error)
        {
            if ((await desk.Book(context.RequestAborted)).All.FirstOrDefault(each => each.Of.Key == key) is not { } held)
                return TypedResults.NotFound();
            var company = await settings.Company(context.RequestAborted);
            return Html.Show<AssumptionPage, AssumptionPage.View>(new(await frame.For(context), held, typed ?? AssumptionPage.Fields.Of(held.Of), error, await AssumptionBook.History(database, key, context.RequestAborted), company.Currency, clock.GetUtcNow(), company.Zone()),
                error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }
    }
}

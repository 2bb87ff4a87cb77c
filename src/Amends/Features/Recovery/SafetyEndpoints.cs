using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Somebody may be in danger: whether it is sold on, and who else has it.</summary>
public static class SafetyEndpoints
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapSafety(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/stop-sale", (long number, string? product, string? lot, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, new() { Product = product, Lot = lot }, null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/stop-sale", Answer).RequireAuthorization(Policies.Lead);
        app.MapForm("/cases/{number:long}/affected", Count).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Answer(long number, [FromForm] SafetyPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        return await Does(number, fields, context, pages, database, "Noted.", () => fields.Stop is not ("yes" or "no")
            ? throw new Refused("stop", "Say whether it is sold no more.")
            : cases.Change(number, @case => @case.AnswerStopSale(fields.Stop == "yes", fields.Words, fields.Product, fields.Lot, context.User.Actor(), clock.GetUtcNow())));
    }

    private static async Task<IResult> Count(long number, [FromForm] SafetyPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (product, lot) = ((fields.Product ?? "").Trim(), (fields.Lot ?? "").Trim());
        return await Does(number, fields, context, pages, database, "Counted, and kept with the case.", () => cases.Change(number, async (@case, unit) =>
        {
            var (orders, customers) = product.Length is 0 or > 200 || lot.Length > 100 ? (0, 0) : await AffectedOrders.Count(unit, number, product, lot);
            @case.CountAffected(product, lot, orders, customers, context.User.Actor(), clock.GetUtcNow());
        }));
    }

    private static async Task<IResult> Does(long number, SafetyPage.Fields fields, HttpContext context, CasePages pages, Database database, string words, Func<Task<CaseState?>> change)
    {
        try
        {
            if (await change() is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/stop-sale");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, fields, FieldErrors.Of(no, ("stop", "Stop"), ("words", "Words"), ("product", "Product"), ("lot", "Lot")));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, SafetyPage.Fields fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        var (product, lot) = await AffectedOrders.Of(database, number, context.RequestAborted);
        var (known, which) = page.State.StopSale switch
        {
            { Affected: { } counted } => (counted.Product, counted.Lot),
            { Product.Length: > 0 } said => (said.Product, said.Lot),
            _ => (product, lot),
        };
        fields = fields with { Product = fields.Product ?? known, Lot = fields.Lot ?? which };
        var (orders, count) = string.IsNullOrWhiteSpace(fields.Product) ? ([], new()) : await AffectedOrders.List(database, number, fields.Product.Trim(), (fields.Lot ?? "").Trim(), context.RequestAborted);
        return Html.Show<SafetyPage, SafetyPage.View>(new(page, fields, orders, count, context.User.Actor()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

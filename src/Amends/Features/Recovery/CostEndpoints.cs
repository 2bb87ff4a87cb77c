using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What is at stake in a case, and what it cost so far; minutes and other costs are added by hand.</summary>
public static class CostEndpoints
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapCosts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/cost", (long number, HttpContext context, CasePages pages, WorthDesk desk, Database database) => Show(number, context, pages, desk, database, new(), null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/costs", Add).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/costs/{id:long}/removal", async (long number, long id, HttpContext context, Database database) =>
            await database.Write(unit => CaseCosts.TakeBack(unit, number, id), context.RequestAborted) ? Answers.Back(context, number, "Taken back.", "cost") : TypedResults.NotFound()).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Add(long number, [FromForm] CostPage.Fields? sent, HttpContext context, CasePages pages, WorthDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company(context.RequestAborted);
        try
        {
            var kind = Enum.TryParse<CostKind>(fields.Kind, out var chosen) ? chosen : 0;
            var minutes = kind == CostKind.Minutes && int.TryParse(fields.HowMuch?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
            var amount = kind is not CostKind.Minutes && decimal.TryParse(fields.HowMuch?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) ? Money.FromMajor(major, company.Currency) : Money.Zero(company.Currency);
            return await database.Write(unit => CaseCosts.Add(unit, number, kind, minutes, amount, fields.Why, clock.GetUtcNow()), context.RequestAborted) is null ? TypedResults.NotFound() : Answers.Back(context, number, "Noted.", "cost");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, desk, database, fields, FieldErrors.Of(no, ("kind", "Kind"), ("minutes", "HowMuch"), ("amount", "HowMuch"), ("why", "Why")));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, WorthDesk desk, Database database, CostPage.Fields typed, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        var stake = await desk.StakeOf(page.State, context.RequestAborted);
        return Html.Show<CostPage, CostPage.View>(new(page, stake, await CaseCosts.Of(database, number, page.State, stake.Book, page.Company.Currency, context.RequestAborted), typed), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>How much is there of what is sold and of what can be given on top, for the programs that know.</summary>
public sealed class StockApi(Database database, ContentDesk content, DoOnce once, StoredSettings settings, TimeProvider clock)
{
    private const int MostProducts = 500;

    /// <summary>Products that are counted, those of which least is left first.</summary>
    public async Task<StockListAnswer> Products(string? named, CancellationToken ct) =>
        new([.. (await ProductStock.List(database, Checked.Text("named", named, 200) ?? "", MostProducts, ct)).Select(row => new StockAnswer(row.Product, row.Pieces, row.ToldAt))]);

    /// <summary>Takes what a shop says; all of it or nothing.</summary>
    public async Task<IResult> Tell(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<TellStock>(context.Request);
        if (asked.Products is not { Count: > 0 and <= MostProducts } told)
            throw new BadField("products", $"Send one product at least, and {MostProducts} at the most.");
        List<(string Product, int Pieces)> rows = [.. told.Select((each, i) => (Checked.Needed($"products[{i}].product", each?.Product, 200), Pieces($"products[{i}].pieces", each?.Pieces, ProductStock.Most) ?? throw new BadField($"products[{i}].pieces", "Say how many there are.")))];
        return await once.Run(context, body, async (unit, _, now) =>
        {
            var added = 0;
            foreach (var (product, pieces) in rows)
                added += await ProductStock.Put(unit, product, pieces, now) ? 1 : 0;
            return new Written(StatusCodes.Status201Created, "/api/v1/stock", new StockToldAnswer(added, rows.Count - added));
        });
    }

    /// <summary>Says how many are left of something extra, beside what is promised; without a number nobody counts it any more.</summary>
    public async Task<IResult> Extra(string key, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<TellExtra>(context.Request);
        var pieces = Pieces("pieces", asked.Pieces, ExtraStock.Most);
        var today = PlaybookDesk.DayOf(clock.GetUtcNow(), await settings.Company(context.RequestAborted));
        if (!(await content.On(today, context.RequestAborted)).Items.Any(item => item.Key == key && item.Kind == Domain.Contents.ContentKind.Extra))
            return TypedResults.NotFound();
        return await once.Run(context, body, async (unit, by, now) =>
        {
            if (by is not { Role: >= Domain.People.Role.Manager })
                throw new Refused("not_a_manager", "A manager says how many there are. Use a token that acts for one.");
            await ExtraStock.Set(unit, key, pieces, by, now);
            return new Written(StatusCodes.Status201Created, $"/api/v1/content/{key}", new ExtraToldAnswer(key, pieces));
        });
    }

    private static int? Pieces(string field, int? pieces, int most) => pieces is null or >= 0 && !(pieces > most) ? pieces : throw new BadField(field, $"A whole number from 0 to {most}.");
}

/// <summary>Maps them.</summary>
internal static class StockApiEndpoints
{
    /// <summary>Maps what is read and told.</summary>
    public static void MapStock(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stock", async (StockApi stock, CancellationToken ct, string? named) => ApiJson.Answer(await stock.Products(named, ct)))
            .Describe<StockListAnswer>("How much is there of what is sold, the least first", Scopes.CasesRead).ProducesProblem(400);
        api.MapPost("/stock", (HttpContext context, StockApi stock, [FromHeader(Name = DoOnce.Header)] string? key) => stock.Tell(context))
            .Accepts<TellStock>("application/json").Describe<StockToldAnswer>("Says how much is there; replacements are looked at by it", Scopes.CustomersWrite, 201).ProducesProblem(400);
        api.MapPost("/content/{key}/stock", (string key, HttpContext context, StockApi stock, [FromHeader(Name = DoOnce.Header)] string? key2) => stock.Extra(key, context))
            .Accepts<TellExtra>("application/json").Describe<ExtraToldAnswer>("Says how many are left of something extra", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }
}

/// <summary>What is counted.</summary>
public sealed record StockListAnswer(IReadOnlyList<StockAnswer> Products);

/// <summary>How much is there of a product, and when that was said.</summary>
public sealed record StockAnswer(string Product, int Pieces, DateTimeOffset ToldAt);

/// <summary>How much is there of each product.</summary>
public sealed record TellStock(IReadOnlyList<ToldProduct>? Products);

/// <summary>A product as orders name it, and how many there are.</summary>
public sealed record ToldProduct(string? Product, int? Pieces);

/// <summary>How many products were new, and how many were known.</summary>
public sealed record StockToldAnswer(int Added, int Updated);

/// <summary>How many are left; <c>null</c> when nobody counts it.</summary>
public sealed record TellExtra(int? Pieces = null);

/// <summary>How many are left of something extra.</summary>
public sealed record ExtraToldAnswer(string Key, int? Left);

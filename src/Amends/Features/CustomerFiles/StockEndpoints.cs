using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerFiles;

/// <summary>How much is there of what is sold: told by a file, put right by hand, and looked at before the same thing is sent again.</summary>
public static class StockEndpoints
{
    private const int Shown = 200;

    /// <summary>Maps the page and its forms.</summary>
    public static void MapStock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/settings/stock", (string? q, HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, database, frame, settings, clock, q)).RequireAuthorization(Policies.Manager);
        app.MapPost("/settings/stock", Import).RequireAuthorization(Policies.Manager);
        app.MapPost("/settings/stock/count", Count).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Import(HttpContext context, StockImport import, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            if (form.Files.GetFile("file") is not { Length: > 0 } file)
                throw new Refused("file", "Choose a file first.");
            if (file.Length > OrderImport.MostBytes)
                throw new Refused("file", $"This file is larger than {OrderImport.MostBytes / 1024 / 1024} MB. Split it and bring in one part after the other.");
            using var text = new StreamReader(file.OpenReadStream(), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return await Show(context, database, frame, settings, clock, null, await import.Run(text, ct: context.RequestAborted));
        }
        catch (Refused no)
        {
            return await Show(context, database, frame, settings, clock, null, problem: no.Message);
        }
    }

    private static async Task<IResult> Count(HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (product, typed) = (Storable.Of(form["product"].ToString().Trim()), form["pieces"].ToString().Trim());
        if (product.Length is 0 or > 200)
            return await Show(context, database, frame, settings, clock, null, counted: (product, typed, "product", product.Length == 0 ? "Say which product it is." : "A product's name has 200 characters at the most."));
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) || pieces > ProductStock.Most)
            return await Show(context, database, frame, settings, clock, null, counted: (product, typed, "pieces", "Write how many there are, as a whole number from 0."));
        await database.Write(unit => ProductStock.Put(unit, product, pieces, clock.GetUtcNow()));
        Frame.Say(context, $"Noted: {pieces} of “{product}”.");
        return TypedResults.Redirect303("/settings/stock");
    }

    private static async Task<IResult> Show(HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock, string? q, OrderImport.Result? result = null, string? problem = null, (string Product, string Pieces, string Field, string Wrong)? counted = null)
    {
        var query = Domain.Texts.Cut((q ?? "").Trim(), 100);
        var rows = await ProductStock.List(database, query, Shown, context.RequestAborted);
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<StockPage, StockPage.View>(new(await frame.For(context), query, rows, result, problem, counted, clock.GetUtcNow(), company.Zone()),
            problem is null && counted is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Worth;

/// <summary>What finding customers costs, brought in by a file.</summary>
public static class SpendEndpoints
{
    private const int Shown = 60;

    /// <summary>Maps the page and its form.</summary>
    public static void MapSpend(this IEndpointRouteBuilder app)
    {
        app.MapGet("/settings/spend", (HttpContext context, Database database, Frame frame) => Show(context, database, frame, null, null)).RequireAuthorization(Policies.Manager);
        app.MapPost("/settings/spend", Import).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Import(HttpContext context, SpendImport import, Database database, Frame frame, StoredSettings settings)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            if (form.Files.GetFile("file") is not { Length: > 0 } file)
                throw new Refused("file", "Choose a file first.");
            if (file.Length > SpendImport.MostBytes)
                throw new Refused("file", "This file is larger than 1 MB. A line a month is enough.");
            using var text = new StreamReader(file.OpenReadStream(), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return await Show(context, database, frame, await import.Run(text, (await settings.Company(context.RequestAborted)).Currency, ct: context.RequestAborted), null);
        }
        catch (Refused no)
        {
            return await Show(context, database, frame, null, no.Message);
        }
    }

    private static async Task<IResult> Show(HttpContext context, Database database, Frame frame, SpendImport.Result? result, string? problem) =>
        Html.Show<SpendPage, SpendPage.View>(new(await frame.For(context), await AcquisitionSpend.Newest(database, Shown, context.RequestAborted), result, problem), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

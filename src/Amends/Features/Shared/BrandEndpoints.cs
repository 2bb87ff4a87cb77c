using Amends.Data;
using Amends.Web;

namespace Amends.Features.Shared;

/// <summary>The company's colour as a style sheet, since pages carry no style of their own (content security policy).</summary>
public static class BrandEndpoints
{
    /// <summary>Maps <c>/brand.css</c>.</summary>
    public static void MapBrand(this IEndpointRouteBuilder app) => app.MapGet("/brand.css", async (HttpContext context, StoredSettings settings, CancellationToken ct) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Text(Shades.Of((await settings.Company(ct)).BrandColour)?.Sheet() ?? "", "text/css");
    }).RequireAuthorization(Policies.Public);
}

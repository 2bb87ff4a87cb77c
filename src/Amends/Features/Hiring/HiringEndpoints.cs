using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Hiring;

/// <summary>The hiring kit: to look at and to print. There is nothing to fill in, so nothing about applicants can be kept.</summary>
public static class HiringEndpoints
{
    private const int Stories = 3, Furthest = 57;

    /// <summary>Maps the page.</summary>
    public static void MapHiring(this IEndpointRouteBuilder app) => app.MapGet("/hiring", Show).RequireAuthorization(Policies.Manager);

    private static async Task<IResult> Show(HttpContext context, HiringKit kit, StoredSettings settings, Frame frame, int? from)
    {
        var skip = Math.Clamp(from ?? 0, 0, Furthest);
        var company = await settings.Company(context.RequestAborted);
        var stories = await kit.Stories(skip, Stories + 1, company, context.RequestAborted);
        return Html.Show<HiringPage, HiringPage.View>(new(await frame.For(context), company.Content.Situations, [.. stories.Take(Stories)], stories.Count > Stories ? skip + Stories : null));
    }
}

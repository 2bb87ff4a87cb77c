using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerFiles;

/// <summary>Who hears nothing from us, before they leave.</summary>
public static class NeglectedEndpoints
{
    /// <summary>Maps the page.</summary>
    public static void MapNeglected(this IEndpointRouteBuilder app) => app.MapGet("/customers/neglected", Page).RequireAuthorization(Policies.Lead);

    private static async Task<IResult> Page(HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var (now, company) = (clock.GetUtcNow(), await settings.Company(context.RequestAborted));
        return Html.Show<NeglectedPage, NeglectedPage.View>(new(await frame.For(context), await Neglected.Find(database, company.Calendar(), now, context.RequestAborted), now, company.Zone(), company.Replies.SilenceDays));
    }
}

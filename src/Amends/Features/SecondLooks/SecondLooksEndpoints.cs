using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.SecondLooks;

/// <summary>What chance put before the leads, cases and mails, and how often something had ended wrongly.</summary>
public static class SecondLooksEndpoints
{
    /// <summary>Maps the page.</summary>
    public static void MapSecondLooks(this IEndpointRouteBuilder app) => app.MapGet("/second-looks", Page).RequireAuthorization(Policies.Lead);

    private static async Task<IResult> Page(HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return Html.Show<SecondLooksPage, SecondLooksPage.View>(new(await frame.For(context), await SampleCounts.Read(database, 365, now, context.RequestAborted), now, (await settings.Company(context.RequestAborted)).Zone()));
    }
}

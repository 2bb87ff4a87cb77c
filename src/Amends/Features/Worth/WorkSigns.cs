using System.Globalization;
using Amends.Data;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Worth;

/// <summary>
/// Sees work on a case go by: words that are typed and kept, something that is noted or sent. Looking at a page writes nothing, and is none. What comes of it is minutes of the case, for its cost; nothing is kept of
/// who it was but their last sign, until the next.
/// </summary>
public static class WorkSigns
{
    private static readonly string[] NoWork = ["/presence", "/as-customer", "/unread"];

    /// <summary>Notes a sign once the answer has gone.</summary>
    public static void UseWorkSigns(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/cases", out var rest) && !NoWork.Any(end => rest.Value!.EndsWith(end, StringComparison.Ordinal)))
        {
            var at = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            context.Response.OnCompleted(() => Note(context, at));
        }

        return next(context);
    });

    private static async Task Note(HttpContext context, DateTimeOffset at)
    {
        if (context.Response.StatusCode >= 400 || !long.TryParse(context.Request.RouteValues["number"]?.ToString(), CultureInfo.InvariantCulture, out var number)
            || !Enum.TryParse<Role>(context.User.FindFirst(Policies.RoleClaim)?.Value, out var role) || role < Role.Agent)
            return;
        var company = await context.RequestServices.GetRequiredService<StoredSettings>().Company();
        await CaseCosts.Sign(context.RequestServices.GetRequiredService<Database>(), context.User.Actor().Id, number, at, company.Zone());
    }
}

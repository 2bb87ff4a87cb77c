using System.Globalization;
using Amends.Data;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Worth;

/// <summary>
/// Sees work on a case go by: a page of it that is opened, words that are typed, something that is sent. What a page asks for by itself is none. What comes of it is minutes of the case, for its cost; nothing is kept of
/// who it was but their last sign, until the next.
/// </summary>
public static class WorkSigns
{
    private static readonly string[] NoWork = ["/presence", "/timeline", "/body", "/raw", "/pdf", "/as-customer", "/unread"];

    /// <summary>Notes a sign once the answer has gone.</summary>
    public static void UseWorkSigns(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        if (context.Request.Path.StartsWithSegments("/cases", out var rest) && !NoWork.Any(end => rest.Value!.EndsWith(end, StringComparison.Ordinal)) && !rest.Value!.Contains("/files/", StringComparison.Ordinal)
            && !context.Request.Headers["HX-Source"].ToString().StartsWith("section", StringComparison.Ordinal)) // the case that is open asks for itself again
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

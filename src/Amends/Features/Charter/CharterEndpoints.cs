using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Charter;

/// <summary>What the company promises when something goes wrong, for everybody to read.</summary>
public static class CharterEndpoints
{
    /// <summary>Maps <c>/promise</c>.</summary>
    public static void MapCharter(this IEndpointRouteBuilder app) => app.MapGet("/promise", async (StoredSettings settings, CancellationToken ct) =>
        Html.Show<CharterPage, Company>(await settings.Company(ct))).RequireAuthorization(Policies.Public);
}

using Amends.Data;
using Amends.Features.Shared;

namespace Amends.Features.CustomerPages;

/// <summary>Where we are: the customer's first page.</summary>
public static class StatusEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapStatus(this IEndpointRouteBuilder pages) => pages.MapGet("", Status);

    private static async Task<IResult> Status(Visit visit, string? said, Database database, CancellationToken ct) =>
        Html.Show<StatusPage, CustomerPage>(new CustomerPage(visit) { Said = Confirmations.Of(said), Past = await PastSteps.Read(database, visit.Number, visit.State, ct) });
}

using Amends.Data;
using Amends.Web;

namespace Amends.Features.Recovery;

/// <summary>The case as a file, for a body outside or for the complainant.</summary>
public static class CaseFileEndpoints
{
    /// <summary>Maps the download.</summary>
    public static void MapCaseFile(this IEndpointRouteBuilder app) => app.MapGet("/cases/{number:long}/case-file", Download).RequireAuthorization(Policies.Agent);

    private static async Task<IResult> Download(long number, string? notes, CaseStore cases, CaseFile file, CancellationToken ct) =>
        await cases.Find(number, ct) is { } state
            ? TypedResults.File(await file.Make(number, state, notes == "yes", ct), "application/zip", $"case-{number}.zip")
            : TypedResults.NotFound();
}

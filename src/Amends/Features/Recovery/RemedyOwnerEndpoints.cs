using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Remedies;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Whose a line is: of whoever has the case, a colleague's, or somebody's outside.</summary>
public static class RemedyOwnerEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapRemedyOwners(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/remedies/{id:int}/owner", (long number, int id, HttpContext context, RemedyPages pages) => pages.Owner(context, number, id)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/owner", Hand).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> Hand(long number, int id, [FromForm] string? to, [FromForm] string? outside, HttpContext context, RemedyPages pages) =>
        pages.Take(context, number, "Handed on.", $"/cases/{number}/delivery", async (@case, unit, _, now) => @case.HandRemedy(id, await Whose(unit, to, outside), context.User.Actor(), now), no => pages.Owner(context, number, id, no));

    private static async Task<RemedyOwner?> Whose(Unit unit, string? to, string? outside) => to switch
    {
        null or "" => null,
        "outside" => new RemedyOwner(null, outside ?? ""),
        _ => long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var person) && await Colleagues.Find(unit, person) is { } colleague
            ? new RemedyOwner(colleague.Id, colleague.Name) : throw new Refused("owner", "Choose one of those who handle cases."),
    };
}

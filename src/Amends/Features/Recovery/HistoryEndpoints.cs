using Amends.Data;
using Amends.Domain.Customers;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Recovery;

/// <summary>What the customer has been through with us before this case.</summary>
public static class HistoryEndpoints
{
    /// <summary>Maps the page.</summary>
    public static void MapHistory(this IEndpointRouteBuilder app) => app.MapGet("/cases/{number:long}/history", Show).RequireAuthorization(Policies.Reader);

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database) =>
        await pages.Load(context, number) is { } page
            ? Html.Show<HistoryPage, HistoryPage.View>(new(page, LastStraw.Of(page.State, await database.Read(connection => EarlierComplaints.Of(connection, number), context.RequestAborted))))
            : TypedResults.NotFound();
}

using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Demo;

/// <summary>The five-minute walk: one complaint from both sides, by mail and by phone, on the demo's own cases.</summary>
public static class WalkEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapWalk(this IEndpointRouteBuilder app) => app.MapGet("/walk", Walk).RequireAuthorization(Policies.Agent);

    private static async Task<IResult> Walk(HttpContext context, Database database, StoredSettings settings, Frame frame, Surroundings surroundings)
    {
        var me = context.User.Actor();
        var fresh = await database.Read(connection => connection.ExecuteScalarAsync<long?>(
            "select number from cases where stage = 1 and kind = 1 order by case when owner_id = @Id then 0 when owner_id is null then 1 else 2 end, number desc limit 1", new { me.Id }), context.RequestAborted);
        return Html.Show<WalkPage, WalkPage.View>(new(await frame.For(context), await settings.Company(), fresh, surroundings.SmtpListen?.ToString()));
    }
}

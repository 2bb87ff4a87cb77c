using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Today;

/// <summary>The page to begin the day with.</summary>
public static class TodayEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapToday(this IEndpointRouteBuilder app) => app.MapGet("/today", Page).RequireAuthorization(Policies.Reader);

    private static async Task<IResult> Page(HttpContext context, TodayQuery query, SelfCareDesk own, ImprovementDesk improvements, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var zone = company.Zone();
        var me = context.User.Actor();
        return Html.Show<TodayPage, TodayPage.View>(new(await frame.For(context), await query.Read(me.Id, zone, context.RequestAborted), me, clock.GetUtcNow(), zone, await own.Day(me.Id, company, clock.GetUtcNow(), context.RequestAborted))
        {
            Improvements = await improvements.Due(LocalDay.Of(clock.GetUtcNow(), zone), me.Id, lateOnly: false, context.RequestAborted),
            Other = me.Role < Role.Manager ? null : await CauseQuery.Other(database, CauseSpan.Until(clock.GetUtcNow(), null, zone), context.RequestAborted),
        });
    }
}

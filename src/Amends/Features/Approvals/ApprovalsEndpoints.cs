using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Approvals;

/// <summary>What waits for a second person, and how long people wait for one.</summary>
public static class ApprovalsEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddApprovals(this IServiceCollection services) => services.AddSingleton<ApprovalsQuery>().AddSingleton<ApprovalFigures>().AddSingleton<GivenByLaw>();

    /// <summary>Maps the pages.</summary>
    public static void MapApprovalPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/approvals", List).RequireAuthorization(Policies.Agent);
        app.MapGet("/approvals/by-law", ByLaw).RequireAuthorization(Policies.Lead);
        app.MapPost("/approvals/by-law", Seen).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/approvals", Report).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> List(HttpContext context, ApprovalsQuery query, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var (authority, _) = await MoneyDesk.PowerOf(database, company, me, 0, 0, now, context.RequestAborted);
        return Html.Show<ApprovalsPage, ApprovalsPage.View>(new(await frame.For(context), await query.Waiting(context.RequestAborted), me, authority.RoleOf(me), now, company));
    }

    private static async Task<IResult> ByLaw(HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock) => await Shown(context, given, settings, frame, clock, null);

    private static async Task<IResult> Shown(HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock, Refused? no) =>
        Html.Show<ByLawPage, ByLawPage.View>(new(await frame.For(context), await given.AboveLimits(clock.GetUtcNow(), context.RequestAborted), context.User.Actor(), clock.GetUtcNow(), await settings.Company(context.RequestAborted), no?.Message), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Seen([FromForm] long? @case, [FromForm] int? offer, HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        try
        {
            await given.See(@case ?? 0, offer ?? 0, context.User.Actor(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, "Noted that you have seen it.");
            return TypedResults.Redirect303("/approvals/by-law");
        }
        catch (Refused no)
        {
            return await Shown(context, given, settings, frame, clock, no);
        }
    }

    private static async Task<IResult> Report(int? days, HttpContext context, ApprovalFigures figures, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var span = days is 30 or 365 ? days.Value : 90;
        return Html.Show<ApprovalReportPage, ApprovalReportPage.View>(new(await frame.For(context), span, await figures.Read(span, company, clock.GetUtcNow(), context.RequestAborted)));
    }
}

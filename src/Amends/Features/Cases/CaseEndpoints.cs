using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>The page of a case and all that is done on it.</summary>
public static class CaseEndpoints
{
    /// <summary>What the page needs.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<ShowCase>();
        services.AddSingleton<ActionEndpoints.Forms>();
        services.AddSingleton<InlineImages>();
        services.AddSingleton<PhrasePacks>().AddSingleton<WordingDesk>().AddSingleton<WordingChoices>().AddSingleton<ReadOver>();
        services.AddLoop<ReleaseReplies>();
    }

    /// <summary>Maps it.</summary>
    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}");
        group.MapGet("", (long number, string? @in, HttpContext context, ShowCase show) => show.Page(context, number, @in)).RequireAuthorization(Policies.Reader);
        group.MapGet("/timeline", Older).RequireAuthorization(Policies.Reader);
        group.MapActions();
        group.MapPost("/customer", HandedOn.TheCustomerIs).RequireAuthorization(Policies.Agent);

        group.MapPost("/messages", MessageEndpoints.Send).RequireAuthorization(Policies.Agent);
        group.MapPost("/wording", ReadOver.Hints).RequireAuthorization(Policies.Agent);
        group.MapPost("/held/{id:long}/undo", HeldReplies.Undo).RequireAuthorization(Policies.Agent);
        group.MapPost("/draft", Drafts.Save).RequireAuthorization(Policies.Agent);
        group.MapPost("/draft/other", Drafts.TakeOther).RequireAuthorization(Policies.Agent);
        group.MapPost("/presence", Presence.Say).RequireAuthorization(Policies.Agent);
        group.MapGet("/presence", Presence.Show).RequireAuthorization(Policies.Reader);
        group.MapPost("/unread", Presence.Unread).RequireAuthorization(Policies.Agent);

        group.MapGet("/messages/{id:long}", BodyEndpoints.Whole).RequireAuthorization(Policies.Reader);
        group.MapGet("/messages/{id:long}/body", BodyEndpoints.Body).RequireAuthorization(Policies.Reader);
        group.MapGet("/messages/{id:long}/raw", BodyEndpoints.Raw).RequireAuthorization(Policies.Lead);
        group.MapGet("/files/{file:long}", BodyEndpoints.Download).RequireAuthorization(Policies.Reader);
        app.MapGet("/files/{file:long}", BodyEndpoints.Inline).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Older(long number, long before, HttpContext context, CaseQuery query, Frame frame) =>
        await query.Older(number, before, context.User.Actor(), context.RequestAborted) is not { } timeline ? TypedResults.NotFound()
        : context.Request.IsFragment() ? Html.Show<TimelineFragment, TimelineModel>(timeline)
        : Html.Show<OlderPage, OlderPage.View>(new(await frame.For(context), timeline));
}

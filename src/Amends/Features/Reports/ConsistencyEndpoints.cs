using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>Whether like cases got like answers.</summary>
public static class ConsistencyEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddConsistency(this IServiceCollection services) => services.AddSingleton<ConsistencyQuery>();

    /// <summary>Maps the page and the file.</summary>
    public static void MapConsistency(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/consistency", Show).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/consistency/export", Export).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, Frame frame, TimeProvider clock) =>
        Html.Show<ConsistencyPage, ConsistencyPage.View>(new(await frame.For(context), ConsistencyQuery.DaysOf(days), await Read(days, context, query, settings, clock)));

    private static async Task<IResult> Export(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, TimeProvider clock) =>
        TableFile.Of(ConsistencyQuery.Csv(await Read(days, context, query, settings, clock)), $"like-answers-{ConsistencyQuery.DaysOf(days)}-days", context);

    private static async Task<IReadOnlyList<ConsistencyQuery.Row>> Read(int? days, HttpContext context, ConsistencyQuery query, StoredSettings settings, TimeProvider clock) =>
        await query.Read(ConsistencyQuery.DaysOf(days), (await settings.Company(context.RequestAborted)).Currency, clock.GetUtcNow(), context.RequestAborted);
}

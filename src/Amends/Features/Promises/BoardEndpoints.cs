using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Promises;

/// <summary>The team's promises on one page: who is late, what is due, and who waits for it.</summary>
public static class BoardEndpoints
{
    /// <summary>Maps the page.</summary>
    public static void MapBoard(this IEndpointRouteBuilder app) => app.MapGet("/promises", Page).RequireAuthorization(Policies.Reader);

    private static async Task<IResult> Page(string? when, string? who, string? after, HttpContext context, BoardQuery query, TeamDesk desk, Database database, ImprovementDesk improvements, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var span = when is not null && BoardQuery.Spans.ContainsKey(when) ? when : "all";
        var teams = await desk.InUse(context.RequestAborted);
        var whose = who is "mine" or "unassigned" || long.TryParse(who, out _) || teams.Any(team => team.Id == BoardQuery.TeamOf(who)) ? who! : "all";
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var board = await query.Read(span, whose, context.User.Actor().Id, zone, after, context.RequestAborted);
        var late = span is "all" or "overdue" && after is null && BoardQuery.TeamOf(whose) is null
            ? await OwedLines.Late(database, clock.GetUtcNow(), whose == "mine" ? context.User.Actor().Id : long.TryParse(whose, out var person) ? person : null, whose == "unassigned", context.RequestAborted) : [];
        return Html.Show<BoardPage, BoardPage.View>(new(await frame.For(context), board, span, whose, context.User.Actor().Id, clock.GetUtcNow(), zone, after is not null, late)
        {
            Teams = teams,
            Improvements = span is "all" or "overdue" && after is null && whose != "unassigned" && BoardQuery.TeamOf(whose) is null ? await improvements.Due(Domain.Calendars.LocalDay.Of(clock.GetUtcNow(), zone), whose == "mine" ? context.User.Actor().Id : long.TryParse(whose, out var owner) ? owner : null, lateOnly: true, context.RequestAborted) : [],
        });
    }
}

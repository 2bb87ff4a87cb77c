using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Listening;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Recovery.Listening;

/// <summary>How much one listens on the phone, week by week: for oneself alone.</summary>
public static class TalkEndpoints
{
    private const int Weeks = 12;

    /// <summary>Maps the page. It shows whoever opens it their own calls, and nobody else's.</summary>
    public static void MapTalk(this IEndpointRouteBuilder app) => app.MapGet("/profile/listening", Show).RequireAuthorization(Policies.Agent);

    private static async Task<IResult> Show(HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var today = LocalDay.Of(clock.GetUtcNow(), zone);
        var monday = LocalDay.MondayOf(today);
        var from = LocalDay.Begins(monday.AddDays(-7 * (Weeks - 1)), zone);
        var rows = await database.Read(async connection => (await connection.QueryAsync<Row>(
            "select case_number, at, minutes, balance, their_seconds, our_seconds from call_log where person_id = @me and at >= @from order by at", new { me = context.User.Actor().Id, from = from.ToUnixTimeMilliseconds() })).AsList(), context.RequestAborted);
        var weeks = Enumerable.Range(0, Weeks).Select(back => monday.AddDays(-7 * (Weeks - 1 - back))).Select(begins => TalkPage.Week.Of(begins,
            [.. rows.Where(row => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.At), zone) is var day && day >= begins && day < begins.AddDays(7))])).ToList();
        return Html.Show<TalkPage, TalkPage.View>(new(await frame.For(context), weeks));
    }

    /// <summary>A call of the log.</summary>
    public sealed class Row
    {
        public long CaseNumber { get; init; }
        public long At { get; init; }
        public int? Minutes { get; init; }
        public int? Balance { get; init; }
        public int? TheirSeconds { get; init; }
        public int? OurSeconds { get; init; }

        /// <summary>Their part of what was tapped.</summary>
        public double? TheirShare => SpokenCall.ShareOf(TheirSeconds, OurSeconds);
    }
}

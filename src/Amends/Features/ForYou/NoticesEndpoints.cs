using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.ForYou;

/// <summary>What Amends tells somebody of us: promises that come due or were missed, escalations, letters that could not be sent.</summary>
public static class NoticesEndpoints
{
    private const int Most = 100;

    /// <summary>Maps the page, and marking as read.</summary>
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/notices", Page).RequireAuthorization(Policies.Reader);
        app.MapPost("/notices/read", Read).RequireAuthorization(Policies.Reader);
    }

    private static async Task<IResult> Page(HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var me = context.User.Actor();
        var rows = await database.Read(async connection => (await connection.QueryAsync<Notice>(
            """
            select n.id, n.case_number, n.text, n.at, n.read_at, c.subject, u.name as customer from notices n
                left join cases c on c.number = n.case_number left join customers u on u.id = c.customer_id
            where n.person_id = @Id order by n.id desc limit @Most
            """, new { me.Id, Most })).AsList(), context.RequestAborted);
        return Html.Show<NoticesPage, NoticesPage.View>(new(await frame.For(context), rows, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()));
    }

    /// <summary>Marks one as read and opens its case, or all of them that the page showed.</summary>
    private static async Task<IResult> Read([FromForm] long? id, [FromForm] long? upTo, HttpContext context, Database database, TimeProvider clock)
    {
        var me = context.User.Actor();
        var number = await database.Write(async unit =>
        {
            await unit.Run("update notices set read_at = @now where person_id = @Id and read_at is null and (id = @id or id <= @upTo)", new { me.Id, id = id ?? 0, upTo = upTo ?? 0, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
            return await unit.Value<long?>("select case_number from notices where id = @id and person_id = @Id", new { me.Id, id = id ?? 0 });
        });
        return TypedResults.Redirect303(number is { } found ? $"/cases/{found}" : "/notices");
    }
}

/// <summary>A notice as the page shows it.</summary>
public sealed class Notice
{
    public long Id { get; init; }
    public long? CaseNumber { get; init; }
    public string Text { get; init; } = "";
    public string? Subject { get; init; }
    public string? Customer { get; init; }

    /// <summary>Unix milliseconds, as the next.</summary>
    public long At { get; init; }
    public long? ReadAt { get; init; }
}

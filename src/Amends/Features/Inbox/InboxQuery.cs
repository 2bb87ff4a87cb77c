using System.Globalization;
using Amends.Data;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Features.Inbox;

/// <summary>Reads a page of a list with one query.</summary>
public sealed class InboxQuery(Database database, TimeProvider clock)
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 50;

    private const string Columns =
        """
        select c.number, c.subject, c.preview, u.name as customer, p.name as owner, c.owner_id, c.channel, c.kind, c.stage, c.step, c.with_customer, c.waits_for_us,
            c.severity, c.close_reason, c.last_message_at, c.next_contact_at, c.fix_due_at, c.check_back_at, c.call_at, c.closed_at, r.seen_at, substr(d.text, 1, 140) as draft
        from cases c join customers u on u.id = c.customer_id
            left join people p on p.id = c.owner_id
            left join case_reads r on r.person_id = @me and r.case_number = c.number
            left join drafts d on d.person_id = @me and d.case_number = c.number and d.kind = 1
        """;

    /// <summary>A page of a view.</summary>
    /// <param name="view">Which.</param>
    /// <param name="me">The reader's id.</param>
    /// <param name="zone">The company's zone: where today ends.</param>
    /// <param name="after">Where the page before ended, as <see cref="Page.Next"/> gave it.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Page> Read(InboxView view, long me, TimeZoneInfo zone, string? after, CancellationToken ct)
    {
        var (at, number) = Cursor(after);
        var now = clock.GetUtcNow();
        var rows = await database.Read(async connection => (await connection.QueryAsync<InboxRow>(SqlOf(view, at is not null),
            new { me, at, number, now = now.ToUnixTimeMilliseconds(), today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds() })).AsList(), ct);
        var more = rows.Count > PageSize;
        if (more)
            rows.RemoveAt(PageSize);
        var last = rows.Count > 0 ? rows[^1] : null;
        return new Page(rows, more && last is not null ? $"{(view.Descending ? last.ClosedAt : last.NextContactAt)}-{last.Number}" : null, after is not null);
    }

    /// <summary>The query for a page of a view. Its limit stands in it: PostgreSQL plans one that it does not know anew at each execution.</summary>
    internal static string SqlOf(InboxView view, bool isLater) =>
        $"""
        {Columns}
        where {view.Where}{(isLater ? $" and (c.{view.Column}, c.number) {(view.Descending ? '<' : '>')} (@at, @number)" : "")}
        order by c.{view.Column}{(view.Descending ? " desc" : "")}, c.number{(view.Descending ? " desc" : "")} limit {PageSize + 1}
        """;

    /// <summary>One case's row; <c>null</c> when the view does not have it (any more).</summary>
    public Task<InboxRow?> Row(InboxView view, long number, long me, TimeZoneInfo zone, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Read(connection => connection.QuerySingleOrDefaultAsync<InboxRow>($"{Columns} where c.number = @number and ({view.Where})",
            new { me, number, now = now.ToUnixTimeMilliseconds(), today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds() }), ct);
    }

    private static (long? At, long Number) Cursor(string? after) =>
        after?.Split('-') is [var at, var number] && long.TryParse(at, CultureInfo.InvariantCulture, out var time) && long.TryParse(number, CultureInfo.InvariantCulture, out var last) ? (time, last) : (null, 0);

    /// <summary>A page of a list.</summary>
    /// <param name="Rows">In order.</param>
    /// <param name="Next">Where the next page begins; <c>null</c> at the end.</param>
    /// <param name="IsLater">Not the first page.</param>
    public sealed record Page(IReadOnlyList<InboxRow> Rows, string? Next, bool IsLater);
}

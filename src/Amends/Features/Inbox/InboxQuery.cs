using System.Globalization;
using Amends.Data;
using Amends.Domain.Cases;
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
        c.number, c.subject, c.preview, u.name as customer, p.name as owner, c.owner_id, c.channel, c.kind, c.stage, c.step, c.with_customer, c.waits_for_us,
            c.severity, c.mood, c.close_reason, c.last_message_at, c.next_contact_at, c.fix_due_at, c.check_back_at, c.call_at, c.snoozed_until, c.closed_at, r.seen_at, substr(d.text, 1, 140) as draft
        """;

    private const string Joins =
        """
        join customers u on u.id = c.customer_id
            left join people p on p.id = c.owner_id
            left join case_reads r on r.person_id = @me and r.case_number = c.number
            left join drafts d on d.person_id = @me and d.case_number = c.number and d.kind = 1
        """;

    // Overdue, due today, due today but put aside, later. What is due is sorted by urgency: among what is overdue nobody is worth more
    // than another. Later cases are read in the order of the index, however many there are. Of one bound whose value it does not know
    // PostgreSQL expects a third of all cases, of two few (DEFAULT_RANGE_INEQ_SEL): with both it keeps its plan instead of making one
    // at each execution, which took three times as long as the rows.
    private static readonly (string Where, string Rank)[] Bands =
    [
        ("c.next_contact_at >= 0 and c.next_contact_at < @now", $"case when c.urgency <= {(int)Urgency.Deadline} then c.urgency else {(int)Urgency.Usual} end"),
        ($"c.next_contact_at >= @now and c.next_contact_at < @today and c.urgency <> {(int)Urgency.Resting}", "c.urgency"),
        ($"c.next_contact_at >= @now and c.next_contact_at < @today and c.urgency = {(int)Urgency.Resting}", "0"),
        ("c.next_contact_at >= @today", "0"),
    ];

    /// <summary>A page of a view.</summary>
    /// <param name="view">Which.</param>
    /// <param name="me">The reader's id.</param>
    /// <param name="zone">The company's zone: where today ends.</param>
    /// <param name="after">Where the page before ended, as <see cref="Page.Next"/> gave it.</param>
    /// <param name="team">The team whose cases alone are wanted; <c>null</c> for all.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Page> Read(InboxView view, long me, TimeZoneInfo zone, string? after, long? team, CancellationToken ct)
    {
        view = team is null ? view : view.OfTeam;
        var cursor = view.Bands > 0 ? Place.ReadBanded(after, view.Bands) : Place.Read(after);
        var now = clock.GetUtcNow();
        var rows = await database.Read(async connection => (await connection.QueryAsync<InboxRow>(view.Bands > 0 ? UrgentSql(view, cursor?.Band) : SqlOf(view, cursor is not null),
            new { me, team, at = cursor?.At ?? 0, number = cursor?.Number ?? 0, rank = cursor?.Rank ?? 0, now = now.ToUnixTimeMilliseconds(), today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds() })).AsList(), ct);
        var more = rows.Count > PageSize;
        if (more)
            rows.RemoveAt(PageSize);
        var last = rows.Count > 0 ? rows[^1] : null;
        return new Page(rows, !more || last is null ? null : view.Bands > 0 ? $"{last.Band}-{last.Rank}-{last.NextContactAt}-{last.Number}" : $"{(view.Descending ? last.ClosedAt : last.NextContactAt)}-{last.Number}", after is not null);
    }

    /// <summary>The query for a page of a view in one order. Its limit stands in it: PostgreSQL plans one that it does not know anew at each execution.</summary>
    internal static string SqlOf(InboxView view, bool isLater) =>
        $"""
        select {Columns} from cases c {Joins}
        where {view.Where}{(isLater ? $" and (c.{view.Column}, c.number) {(view.Descending ? '<' : '>')} (@at, @number)" : "")}
        order by c.{view.Column}{(view.Descending ? " desc" : "")}, c.number{(view.Descending ? " desc" : "")} limit {PageSize + 1}
        """;

    /// <summary>The query for a page of a view in the order of urgency: the bands one after the other, each only as far as the page needs it.</summary>
    /// <param name="view">Which.</param>
    /// <param name="from">The band in which the page before ended; <c>null</c> for the first page.</param>
    internal static string UrgentSql(InboxView view, int? from) =>
        $"""
        with page as (
            {string.Join(" union all ", Enumerable.Range(from ?? 0, view.Bands - (from ?? 0)).Select(band => $"""
            select * from (select c.number, c.next_contact_at as at, {band} as band, {Bands[band].Rank} as place from cases c
                where {view.Where} and {Bands[band].Where}{(band == from ? Bands[band].Rank == "0" ? " and (c.next_contact_at, c.number) > (@at, @number)" : $" and ({Bands[band].Rank}, c.next_contact_at, c.number) > (@rank, @at, @number)" : "")}
                order by {(Bands[band].Rank == "0" ? "" : $"{Bands[band].Rank}, ")}c.next_contact_at, c.number limit {PageSize + 1}) b{band}
            """))} limit {PageSize + 1})
        select {Columns}, page.band, page.place as rank from page join cases c on c.number = page.number {Joins}
        order by page.band, page.place, page.at, page.number
        """;

    /// <summary>One case's row; <c>null</c> when the view does not have it (any more).</summary>
    public Task<InboxRow?> Row(InboxView view, long number, long me, TimeZoneInfo zone, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Read(connection => connection.QuerySingleOrDefaultAsync<InboxRow>($"select {Columns} from cases c {Joins} where c.number = @number and ({view.Where}){view.Until}",
            new { me, number, now = now.ToUnixTimeMilliseconds(), today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds() }), ct);
    }

    /// <summary>Where a page ended.</summary>
    private sealed record Place(int Band, int Rank, long At, long Number)
    {
        /// <summary>Reads <c>time-number</c>; anything else is the beginning.</summary>
        public static Place? Read(string? after) => Numbers(after) is [var at, var number] ? new(0, 0, at, number) : null;

        /// <summary>Reads <c>band-rank-time-number</c>; anything else is the beginning.</summary>
        public static Place? ReadBanded(string? after, int bands) =>
            Numbers(after) is [var band, var rank, var at, var number] && band >= 0 && band < bands && rank is >= 0 and <= 9 ? new((int)band, (int)rank, at, number) : null;

        private static long[] Numbers(string? after) =>
            after?.Split('-').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray() is { } all && !all.Contains(-1) ? all : [];
    }

    /// <summary>A page of a list.</summary>
    /// <param name="Rows">In order.</param>
    /// <param name="Next">Where the next page begins; <c>null</c> at the end.</param>
    /// <param name="IsLater">Not the first page.</param>
    public sealed record Page(IReadOnlyList<InboxRow> Rows, string? Next, bool IsLater);
}

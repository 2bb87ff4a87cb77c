using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Dapper;

namespace Amends.Features.Api;

/// <summary>Cases a page at a time: newest first, or in the order in which they changed since a moment.</summary>
public sealed class ListCases(Database database, TimeProvider clock)
{
    private const int Usual = 50, Most = 200;

    private static readonly Dictionary<string, string> Views = new()
    {
        ["open"] = "c.closed_at is null",
        ["closed"] = "c.closed_at is not null",
        ["unassigned"] = "c.closed_at is null and c.owner_id is null",
        ["overdue"] = "c.closed_at is null and c.next_contact_at < @now",
        ["with_customer"] = "c.with_customer = 1",
    };

    /// <summary>One page.</summary>
    /// <exception cref="BadField">A filter or the cursor cannot be read.</exception>
    public async Task<CaseListAnswer> Page(string? view, string? state, string? updatedSince, string? cursor, string? limit, CancellationToken ct)
    {
        var conditions = new List<string>();
        if (view is not null)
            conditions.Add(Views.TryGetValue(view, out var condition) ? condition : throw new BadField("view", $"There are the views {string.Join(", ", Views.Keys)}."));
        if (state is not null)
            conditions.Add("c.stage = @stage");
        var since = SinceOf(updatedSince);
        var (at, number) = Start(cursor, since is not null);
        if (since is not null)
            conditions.Add(at is null ? "e.at >= @since" : "e.at >= @since and (e.at, e.case_number) > (@at, @number)");
        else if (number is not null)
            conditions.Add("c.number < @number");
        var rows = limit is null ? Usual : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted is > 0 and <= Most ? wanted : throw new BadField("limit", $"A number from 1 to {Most}.");
        var found = await database.Read(async connection => (await connection.QueryAsync<Row>(
            $"""
            select c.number, c.stage, c.kind, c.channel, c.severity, c.subject, c.customer_id, u.name as customer, c.owner_id, p.name as owner, c.opened_at, c.closed_at, c.close_reason,
                c.next_contact_at, c.missed, e.at as updated_at
            from cases c join events e on e.case_number = c.number and e.seq = c.chain_length
                join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id
            {(conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions))}
            order by {(since is null ? "c.number desc" : "e.at, e.case_number")} limit @rows
            """,
            new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), stage = StageOf(state), since, at, number, rows = rows + 1 })).AsList(), ct);
        var more = found.Count > rows;
        if (more)
            found.RemoveAt(rows);
        return new CaseListAnswer([.. found.Select(Item)], more ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(since is null ? $"n.{found[^1].Number}" : $"u.{found[^1].UpdatedAt}.{found[^1].Number}")) : null);
    }

    private static int StageOf(string? state)
    {
        if (state is null)
            return 0;
        foreach (var stage in Enum.GetValues<CaseStage>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()) == state)
                return (int)stage;
        }

        throw new BadField("state", $"There are the states {string.Join(", ", Enum.GetNames<CaseStage>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
    }

    private static long? SinceOf(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since.ToUnixTimeMilliseconds()
        : throw new BadField("updated_since", "A moment such as 2026-03-04T10:00:00Z.");

    private static (long? At, long? Number) Start(string? cursor, bool byChange)
    {
        if (cursor is null)
            return (null, null);
        try
        {
            return (Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.'), byChange) switch
            {
                (["n", var number], false) => (null, long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)),
                (["u", var at, var number], true) => (long.Parse(at, NumberStyles.None, CultureInfo.InvariantCulture), long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)),
                _ => throw new FormatException(),
            };
        }
        catch (Exception odd) when (odd is FormatException or OverflowException)
        {
            throw new BadField("cursor", "Send what the page before gave as next_cursor, with the same filters.");
        }
    }

    private static CaseItem Item(Row row) => new(
        row.Number, (CaseStage)row.Stage, (CaseKind)row.Kind, (Channel)row.Channel, (Severity)row.Severity, row.Subject, new Named(row.CustomerId, row.Customer),
        row.OwnerId is { } owner ? new Named(owner, row.Owner ?? "") : null, Moment(row.OpenedAt), row.ClosedAt is { } closed ? Moment(closed) : null, (CloseReason?)row.CloseReason,
        row.NextContactAt is { } due ? Moment(due) : null, row.Missed == 1, Moment(row.UpdatedAt));

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    private sealed class Row
    {
        public long Number { get; init; }
        public int Stage { get; init; }
        public int Kind { get; init; }
        public int Channel { get; init; }
        public int Severity { get; init; }
        public string Subject { get; init; } = "";
        public long CustomerId { get; init; }
        public string Customer { get; init; } = "";
        public long? OwnerId { get; init; }
        public string? Owner { get; init; }
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public int? CloseReason { get; init; }
        public long? NextContactAt { get; init; }
        public int Missed { get; init; }
        public long UpdatedAt { get; init; }
    }
}

using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Dapper;

namespace Amends.Features.CallBacks;

/// <summary>Reads the calls that we owe.</summary>
public sealed class CallsQuery(Database database)
{
    /// <summary>More than anybody calls on a day.</summary>
    private const int Most = 300;

    /// <summary>Calls that are due before <paramref name="until"/> and after <paramref name="from"/>, in order.</summary>
    public Task<IReadOnlyList<CallRow>> Read(DateTimeOffset? from, DateTimeOffset until, CancellationToken ct) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select c.number, c.state, p.name as owner,
                (select min(o.name) from shift_swaps s join people o on o.id = s.asked_of where s.asked_by = c.owner_id and s.state = 2 and s.from_at < @until and s.to_at >= @until) as stand_in
            from cases c left join people p on p.id = c.owner_id
            where c.call_at is not null and c.call_at >= @from and c.call_at < @until order by c.call_at, c.number limit @Most
            """, new { from = from?.ToUnixTimeMilliseconds() ?? 0, until = until.ToUnixTimeMilliseconds(), Most });
        return (IReadOnlyList<CallRow>)[.. rows.Select(row => (row, state: CaseJson.State(row.State))).Where(each => each.state.CallBack is not null)
            .Select(each => new CallRow(each.row.Number, each.state.CustomerName, each.row.StandIn is { } other ? $"{other} for {each.row.Owner}" : each.row.Owner, each.state.CallBack!, LineOf(each.state)))];
    }, ct);

    /// <summary>Calls that are due now with the question whether it is put right, the longest first.</summary>
    public Task<IReadOnlyList<CheckBackCall>> ToAsk(CancellationToken ct) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select c.number, c.state, p.name as owner, u.phone from cases c join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id
            where c.call_at is not null and c.stage = 6 order by c.call_at, c.number limit @Most
            """, new { Most });
        return (IReadOnlyList<CheckBackCall>)[.. rows.Select(row => (row, state: CaseJson.State(row.State))).Where(each => each.state.CheckBack?.CallDueAt is not null)
            .Select(each => new CheckBackCall(each.row.Number, each.state.CustomerName, each.row.Owner, each.row.Phone, each.state.CheckBack!.CallDueAt!.Value, each.state.CheckBack.Attempts, each.state.CheckBack.Rules.Attempts, LineOf(each.state)))];
    }, ct);

    /// <summary>What it is about, in one line: as we understood it, or as it was told.</summary>
    private static string LineOf(CaseState state)
    {
        var words = state.Summary?.Happened is { Length: > 0 } happened ? happened : state.Subject;
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 140 ? line : Domain.Texts.Cut(line, 139) + "…";
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public string State { get; init; } = "";
        public string? Owner { get; init; }
        public string? Phone { get; init; }
        public string? StandIn { get; init; }
    }
}

/// <summary>A call as the list shows it.</summary>
/// <param name="Number">The case.</param>
/// <param name="Customer">Whom.</param>
/// <param name="Owner">Who calls, and for whom where a colleague stands in on that day; <c>null</c> when nobody owns the case.</param>
/// <param name="Call">The call.</param>
/// <param name="About">The case in one line.</param>
public sealed record CallRow(long Number, string Customer, string? Owner, CallBack Call, string About);

/// <summary>A call with the question whether it is put right.</summary>
/// <param name="Number">The case.</param>
/// <param name="Customer">Whom.</param>
/// <param name="Owner">Who calls; <c>null</c> when nobody owns the case.</param>
/// <param name="Phone">Their number; <c>null</c> when we have none.</param>
/// <param name="Since">Since when it is due.</param>
/// <param name="Attempt">Which attempt it is.</param>
/// <param name="Of">Of how many.</param>
/// <param name="About">The case in one line.</param>
public sealed record CheckBackCall(long Number, string Customer, string? Owner, string? Phone, DateTimeOffset Since, int Attempt, int Of, string About);

using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Dapper;

namespace Amends.Features.Shared;

/// <summary>Reads what waits for a second person.</summary>
public sealed class ApprovalsQuery(Database database)
{
    /// <summary>More than anybody decides in one sitting.</summary>
    private const int Most = 200;

    /// <summary>What waits, the longest first.</summary>
    public Task<IReadOnlyList<ApprovalRow>> Waiting(CancellationToken ct) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select c.number, c.state, (select p.name from people p where p.id = c.owner_id) as owner from cases c where c.approval_at is not null order by c.approval_at, c.number limit @Most
            """, new { Most });
        var read = rows.Select(row => (row, State: CaseJson.State(row.State))).Where(each => each.State.Offer is { AwaitsApproval: true }).ToList();
        var names = (await connection.QueryAsync<(long Id, string Name)>("select id, name from people")).ToDictionary(each => each.Id, each => each.Name);
        return (IReadOnlyList<ApprovalRow>)[.. read.Select(each => new ApprovalRow(each.row.Number, each.State, each.State.Offer!, names.GetValueOrDefault(each.State.Offer!.PreparedById, "Somebody"), each.row.Owner))];
    }, ct);

    private sealed class Row
    {
        public long Number { get; init; }
        public string State { get; init; } = "";
        public string? Owner { get; init; }
    }
}

/// <summary>An offer that waits.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">As it stands.</param>
/// <param name="Offer">What waits.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="Owner">Who has the case.</param>
public sealed record ApprovalRow(long Number, CaseState State, Offer Offer, string PreparedBy, string? Owner);

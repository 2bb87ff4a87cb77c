using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Remedies;
using Amends.Domain.Signals;
using Dapper;

namespace Amends.Data;

/// <summary>Reads what signals look at. Nothing of it is kept about a customer but what somebody explained.</summary>
public static class SignalDesk
{
    private const int MostClaims = 200;
    private const int FewestOrders = 3; // of a peer

    /// <summary>The signals of a customer, for the case at hand.</summary>
    /// <param name="database">Where.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="number">The case at hand.</param>
    /// <param name="now">Now.</param>
    /// <param name="withOthers">Looks at other customers, too: who has the same phone number, and how usual so many complaints are. It reads more.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<IReadOnlyList<CustomerSignal>> Of(Database database, long customer, long number, DateTimeOffset now, bool withOthers, CancellationToken ct = default) => database.Read(async connection =>
    {
        var since = (now - CustomerSignals.Window).ToUnixTimeMilliseconds();
        var claims = (await connection.QueryAsync<Row>("select number, opened_at, customer_id, state from cases where customer_id = @customer and kind = @complaint and opened_at > @since order by opened_at desc limit @MostClaims",
            new { customer, complaint = (int)CaseKind.Complaint, since, MostClaims })).AsList();
        if (claims.Count == 0)
            return (IReadOnlyList<CustomerSignal>)[];
        var orders = await connection.ExecuteScalarAsync<int>("select count(*) from orders where customer_id = @customer and placed_at > @since", new { customer, since });
        var explained = (await connection.QueryAsync<(int Kind, long At)>($"select kind, at from signal_corrections where customer_id in {Customers.AllIds}", new { customer })).Select(row => new Explained((SignalKind)row.Kind, DateTimeOffset.FromUnixTimeMilliseconds(row.At))).ToList();
        var (linked, peers) = withOthers ? (await Linked(database, connection, customer), await PeersOf(connection, customer, since)) : ([], null);
        if (linked.Count > 0)
            claims.AddRange(await connection.QueryAsync<Row>($"select number, opened_at, customer_id, state from cases where customer_id in ({string.Join(", ", linked)}) and kind = @complaint and opened_at > @since order by opened_at desc limit @MostClaims",
                new { complaint = (int)CaseKind.Complaint, since, MostClaims }));
        return CustomerSignals.Of(new ClaimHistory([.. claims.Select(row => Claim(row, customer))], orders, linked.Count, peers) { Marks = [.. claims.Where(row => row.CustomerId == customer).SelectMany(Marks)] }, number, explained, now);
    }, ct);

    /// <summary>What was explained about a customer, the newest first.</summary>
    public static Task<IReadOnlyList<Correction>> Corrections(Database database, long customer, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<Correction>)[.. (await connection.QueryAsync<CorrectionRow>(
            $"select s.kind, s.why, s.at, p.name from signal_corrections s join people p on p.id = s.person_id where s.customer_id in {Customers.AllIds} order by s.at desc, s.id desc", new { customer }))
            .Select(row => new Correction((SignalKind)row.Kind, row.Why, row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))], ct);

    /// <summary>What was counted until now is explained.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="kind">What.</param>
    /// <param name="why">In whose words and how.</param>
    /// <param name="person">Who looked.</param>
    /// <param name="now">Now.</param>
    public static Task Explain(Unit unit, long customer, SignalKind kind, string why, long person, DateTimeOffset now) => unit.Run(
        "insert into signal_corrections (customer_id, kind, why, person_id, at) values (@customer, @kind, @why, @person, @at)", new { customer, kind = (int)kind, why, person, at = now.ToUnixTimeMilliseconds() });

    private static Claimed Claim(Row row, long customer)
    {
        var state = CaseJson.State(row.State);
        var raised = state.Raised.ToList();
        return new Claimed(row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), state.Category?.Code, raised.Count > 0 && raised.All(issue => issue.Decision?.Finding == Finding.Upheld), row.CustomerId != customer);
    }

    /// <summary>What came back in a case and was another than was sent.</summary>
    private static IEnumerable<OtherMark> Marks(Row row) => row.State.Contains("\"mark\":", StringComparison.Ordinal)
        ? from remedy in CaseJson.State(row.State).Remedies
          where remedy.Return is { IsAnother: true } && remedy.Moves.Any(move => move.Step == RemedyStep.Inspected)
          select new OtherMark(row.Number, remedy.Return!.Number, remedy.Moves.Last(move => move.Step == RemedyStep.Inspected).At, remedy.Return!.Mark!, remedy.Return!.Sent!)
        : [];

    /// <summary>Others with the same phone number, however it is written.</summary>
    private static async Task<IReadOnlyList<long>> Linked(Database database, System.Data.Common.DbConnection connection, long customer) => [.. await connection.QueryAsync<long>(
        $"""
        select b.id from customers a join customers b on {LikelyDuplicates.NumberOf(database, "b")} = {LikelyDuplicates.NumberOf(database, "a")} and b.phone is not null
        where a.id = @customer and a.phone is not null and length({LikelyDuplicates.NumberOf(database, "a")}) >= {LikelyDuplicates.FewestDigits} and b.id <> a.id and b.merged_into is null order by b.id limit 20
        """, new { customer })];

    private static async Task<Peers> PeersOf(System.Data.Common.DbConnection connection, long customer, long since) => Peers.Of([.. await connection.QueryAsync<double>(
        $"""
        select (select count(*) from cases c where c.customer_id = o.customer_id and c.kind = 1 and c.opened_at > @since) * 1.0 / count(*) from orders o
        where o.placed_at > @since and o.customer_id <> @customer group by o.customer_id having count(*) >= {FewestOrders}
        """, new { customer, since })]);

    private sealed class Row
    {
        public long Number { get; init; }
        public long OpenedAt { get; init; }
        public long CustomerId { get; init; }
        public string State { get; init; } = "";
    }

    private sealed class CorrectionRow
    {
        public int Kind { get; init; }
        public string Why { get; init; } = "";
        public string Name { get; init; } = "";
        public long At { get; init; }
    }
}

/// <summary>What somebody explained.</summary>
/// <param name="Kind">What was counted.</param>
/// <param name="Why">The explanation.</param>
/// <param name="By">Who looked.</param>
/// <param name="At">When.</param>
public sealed record Correction(SignalKind Kind, string Why, string By, DateTimeOffset At);

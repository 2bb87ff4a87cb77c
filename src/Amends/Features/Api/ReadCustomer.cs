using Amends.Data;
using Amends.Domain.Cases;
using Dapper;

namespace Amends.Features.Api;

/// <summary>One customer: how to reach them, what they bought, their cases.</summary>
public sealed class ReadCustomer(Database database)
{
    /// <summary>The customer, or <c>null</c>.</summary>
    public async Task<CustomerAnswer?> Find(long asked, CancellationToken ct)
    {
        var id = await Customers.CurrentId(database, asked, ct); // an old id leads to whom it belongs to by now
        var (came, sentBy) = await FollowOnDesk.Of(database, id, ct);
        return await Read(id, ct) is { } found ? found with { SentBy = sentBy, Brought = came } : null;
    }

    private async Task<CustomerAnswer?> Read(long id, CancellationToken ct) => await database.Read(async connection =>
    {
        using var all = await connection.QueryMultipleAsync(
            $"""
            select name, phone, place, language, since, preferred_name, preferred_channel, support, support_words, representative from customers where id = @id;
            select address from customer_addresses where customer_id = @id order by address;
            select number, placed_at, total_minor, currency, product, status from orders where customer_id = @id order by placed_at desc, id desc limit 200;
            select number, subject, kind, stage, opened_at, closed_at from cases where customer_id = @id order by opened_at desc, number desc limit 200;
            select {AddressBounce.Columns} from {AddressBounce.Join} where a.customer_id = @id order by b.at desc;
            select id from customers where merged_into = @id order by id
            """, new { id });
        var who = await all.ReadSingleOrDefaultAsync<Row>();
        var addresses = (await all.ReadAsync<string>()).AsList();
        var orders = (await all.ReadAsync<OrderRow>()).AsList();
        var cases = (await all.ReadAsync<CaseRow>()).AsList();
        var bounces = (await all.ReadAsync<AddressBounce>()).AsList();
        var joined = (await all.ReadAsync<long>()).AsList();
        return who is null ? null : new CustomerAnswer(id, who.Name, who.Phone, who.Place, who.Language, Moment(who.Since), addresses,
            [.. orders.Select(row => new OrderAnswer(row.Number, Moment(row.PlacedAt), new Amount(row.TotalMinor, row.Currency), row.Product, row.Status))],
            [.. cases.Select(row => new CustomerCase(row.Number, row.Subject, (CaseKind)row.Kind, (CaseStage)row.Stage, Moment(row.OpenedAt), row.ClosedAt is { } closed ? Moment(closed) : null))])
        {
            PreferredName = who.PreferredName, PreferredChannel = who.Care.Channel, SupportNeeds = who.Care.Needs,
            Representative = RepresentativeAnswer.Of(who.Care.Representative),
            JoinedIds = joined,
            BouncedAddresses = [.. bounces.Select(row => new BouncedAddress(row.Address, row.Hard == 1, row.Reason, row.Words, Moment(row.At)))],
        };
    }, ct);

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    private sealed class Row : CareRow
    {
        public string Name { get; init; } = "";
        public string? Phone { get; init; }
        public string? Place { get; init; }
        public string? Language { get; init; }
        public long Since { get; init; }
    }

    private sealed class OrderRow
    {
        public string Number { get; init; } = "";
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
        public string Product { get; init; } = "";
        public string Status { get; init; } = "";
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public int Kind { get; init; }
        public int Stage { get; init; }
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
    }
}

using Amends.Data;
using Amends.Domain;
using Dapper;

namespace Amends.Features.Payments;

/// <summary>Reads what customers paid with.</summary>
public sealed class PaymentsQuery(Database database)
{
    /// <summary>The payments that a customer's orders were paid with; that of the case's own order first, then the newest.</summary>
    /// <param name="number">The case.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<PaidWith>> PaidWith(long number, long customer, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<PaidWith>)[.. (await connection.QueryAsync<OrderRow>(
            """
            select o.payment, o.number, o.total_minor, o.currency from orders o where o.customer_id = @customer and o.payment <> ''
            order by case when o.id = (select order_id from cases where number = @number) then 0 else 1 end, o.placed_at desc limit 10
            """, new { number, customer })).Select(row => new PaidWith(row.Payment, row.Number, new Money(row.TotalMinor, row.Currency)))], ct);

    private sealed class OrderRow
    {
        public string Payment { get; init; } = "";
        public string Number { get; init; } = "";
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
    }
}

/// <summary>What an order was paid with.</summary>
/// <param name="Payment">As the provider calls it.</param>
/// <param name="Order">The order's number.</param>
/// <param name="Total">What was paid.</param>
public sealed record PaidWith(string Payment, string Order, Money Total);

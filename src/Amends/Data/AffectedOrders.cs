using Amends.Domain.Outreach;
using Dapper;

namespace Amends.Data;

/// <summary>Who else has a product or a lot of it, from the orders.</summary>
public static class AffectedOrders
{
    private const int Most = 200;

    /// <summary>The product and lot of a case's order; both empty when it has none.</summary>
    public static async Task<(string Product, string Lot)> Of(Database database, long number, CancellationToken ct = default) =>
        await database.Read(async connection => await connection.QuerySingleOrDefaultAsync<Thing>("select o.product, o.lot from cases c join orders o on o.id = c.order_id where c.number = @number", new { number }), ct) is { } thing ? (thing.Product, thing.Lot) : ("", "");

    /// <summary>How many orders of how many others have it.</summary>
    /// <param name="unit">The unit of work in which that is noted.</param>
    /// <param name="number">The case; its own customer does not count.</param>
    /// <param name="product">The product, as orders name it.</param>
    /// <param name="lot">The lot; empty for all.</param>
    public static async Task<(int Orders, int Customers)> Count(Unit unit, long number, string product, string lot)
    {
        var (audience, but) = (new Audience(product, lot), await unit.Value<long?>(CustomerOf, new { number }) ?? 0);
        var count = await unit.One<AudienceCount>(SameOrders.Count(audience), SameOrders.Values(audience, TimeZoneInfo.Utc, but));
        return (count?.Orders ?? 0, count?.Customers ?? 0);
    }

    /// <summary>The same, to look at: the newest orders, and how many there are of how many others, of whom so many said nothing.</summary>
    public static Task<(IReadOnlyList<AffectedOrder> Orders, AudienceCount Count)> List(Database database, long number, string product, string lot, CancellationToken ct = default) => database.Read(async connection =>
    {
        var audience = new Audience(product, lot);
        var values = SameOrders.Values(audience, TimeZoneInfo.Utc, await connection.ExecuteScalarAsync<long?>(CustomerOf, new { number }) ?? 0);
        var count = await connection.QuerySingleAsync<AudienceCount>(SameOrders.Count(audience), values);
        var rows = (await connection.QueryAsync<AffectedOrder>(
            $"select o.number, o.lot, o.placed_at, o.customer_id, u.name as customer, (select max(k.number) from cases k where k.order_id = o.id and k.kind = 1) as case_number {SameOrders.From(audience)} order by o.placed_at desc, o.id desc limit {Most}", values)).AsList();
        return ((IReadOnlyList<AffectedOrder>)rows, count);
    }, ct);

    private const string CustomerOf = "select customer_id from cases where number = @number";

    private sealed class Thing
    {
        public string Product { get; init; } = "";
        public string Lot { get; init; } = "";
    }
}

/// <summary>An order of somebody else who has it, too.</summary>
public sealed class AffectedOrder
{
    public string Number { get; init; } = "";
    public string Lot { get; init; } = "";
    public long PlacedAt { get; init; }
    public long CustomerId { get; init; }
    public string Customer { get; init; } = "";

    /// <summary>The newest complaint about this order.</summary>
    public long? CaseNumber { get; init; }
}

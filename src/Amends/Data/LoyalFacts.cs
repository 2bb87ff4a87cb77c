using System.Data.Common;
using Dapper;

namespace Amends.Data;

/// <summary>What customers who stay bring, beside the order with which they began, from their own orders: minor units, a value a customer.</summary>
/// <param name="First">What the first order cost.</param>
/// <param name="Lifetime">What all of them cost together.</param>
/// <param name="Newest">Who of them ordered last, <see cref="WorthCaseList.Most"/> at the most.</param>
internal sealed record LoyalFacts(IReadOnlyList<double> First, IReadOnlyList<double> Lifetime, IReadOnlyList<long> Newest)
{
    /// <summary>Who ordered so often, and for two years or longer, is a loyal customer here.</summary>
    public const int FewestOrders = 3;

    private const int Most = 20_000, NewestOrders = 30_000;

    /// <summary>All of it by the first, for each.</summary>
    public IReadOnlyList<double> Times { get; } = [.. Lifetime.Zip(First, (all, first) => all / first)];

    /// <summary>Reads those of the company's currency whose first order cost something, those who ordered last first: of so many of the newest orders, since nobody needs more of them to know a mean.</summary>
    public static async Task<LoyalFacts> Read(DbConnection connection, string currency, DateTimeOffset now)
    {
        var rows = (await connection.QueryAsync<(long First, long All, long Customer)>(
            $"""
            select f.total_minor as first_minor, b.total as all_minor, b.customer_id from (
                select o.customer_id, cast(sum(o.total_minor) as bigint) as total, max(o.placed_at) as last
                from (select distinct customer_id from (select customer_id from orders where placed_at <= @until order by placed_at desc limit {NewestOrders}) r) n join orders o on o.customer_id = n.customer_id where o.currency = @currency and o.placed_at <= @until
                group by o.customer_id having count(*) >= {FewestOrders} and min(o.placed_at) <= @begun order by max(o.placed_at) desc, o.customer_id limit {Most}) b
            join orders f on f.id = (select e.id from orders e where e.customer_id = b.customer_id and e.currency = @currency order by e.placed_at, e.id limit 1) where f.total_minor > 0 order by b.last desc, b.customer_id
            """, new { currency, until = now.ToUnixTimeMilliseconds(), begun = now.AddDays(-730).ToUnixTimeMilliseconds() })).AsList();
        return new([.. rows.Select(row => (double)row.First)], [.. rows.Select(row => (double)row.All)], [.. rows.Take(WorthCaseList.Most).Select(row => row.Customer)]);
    }
}

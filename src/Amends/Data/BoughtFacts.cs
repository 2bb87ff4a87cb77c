using System.Data.Common;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>Whether customers who complained bought again, beside those alike.</summary>
/// <param name="Again">For 90, 180 and 365 days.</param>
/// <param name="OneIn">Of so many customers one was looked at; 1 for everybody.</param>
internal sealed record BoughtFacts(IReadOnlyList<Repurchase> Again, long OneIn)
{
    private const long Orders = 20_000, Customers = 30_000;

    /// <summary>Reads the orders of two years, with the first complaint about each. Of more orders or customers than can be read at once every so many customers are looked at, with all that they ordered: a part of the newest orders would end before anybody's days are over.</summary>
    /// <param name="connection">From here.</param>
    /// <param name="database">Of which kind it is.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="zone">Where months begin.</param>
    /// <param name="from">The first moment of the report; a year more is read.</param>
    /// <param name="now">Now.</param>
    public static async Task<BoughtFacts> Read(DbConnection connection, Database database, string currency, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset now)
    {
        var last = await connection.QuerySingleAsync<Last>("select coalesce((select max(id) from orders), 0) as orders, coalesce((select max(id) from customers), 0) as customers");
        var oneIn = Math.Max(1, Math.Max((last.Orders + Orders - 1) / Orders, (last.Customers + Customers - 1) / Customers));
        var ids = oneIn == 1 ? [] : Enumerable.Range(1, (int)(last.Customers / oneIn)).Select(i => i * oneIn).ToArray();
        var chosen = oneIn == 1 ? "" : $" and customer_id {database.Among("@ids")}";
        var time = oneIn == 1 ? "placed_at > @since and placed_at <= @until" : "+placed_at > @since and +placed_at <= @until"; // by customer, and not along the time
        var span = new { since = from.AddDays(-365).ToUnixTimeMilliseconds(), until = now.ToUnixTimeMilliseconds(), currency, ids };
        var orders = (await connection.QueryAsync<OrderRow>($"select id, customer_id, placed_at, total_minor from orders where {time} and currency = @currency{chosen} order by placed_at desc", span)).AsList();
        var complaints = (await connection.QueryAsync<ComplaintRow>($"select number, customer_id, order_id, opened_at from cases where kind = 1 and opened_at > @since and opened_at <= @until{chosen}", span)).ToLookup(row => row.CustomerId);
        List<BoughtOnce> bought = [.. orders.GroupBy(order => order.CustomerId).SelectMany(theirs =>
        {
            var first = complaints[theirs.Key].MinBy(row => row.OpenedAt);
            var about = first is null ? null : theirs.FirstOrDefault(order => order.Id == first.OrderId) ?? theirs.Where(order => order.PlacedAt <= first.OpenedAt).MaxBy(order => order.PlacedAt);
            return first is not null && about is null ? [] : theirs.Select(order => new BoughtOnce(theirs.Key, order.PlacedAt, MonthOf(order.PlacedAt, zone), order.TotalMinor, order == about ? first!.Number : null, order == about ? first!.OpenedAt : null));
        })];
        return new([.. WorthReport.WithinChoices.Select(days => Repurchase.Of(bought, days, now.ToUnixTimeMilliseconds()))], oneIn);
    }

    private static int MonthOf(long at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone) is var local ? local.Year * 12 + local.Month : 0;

    private sealed class Last
    {
        public long Orders { get; init; }
        public long Customers { get; init; }
    }

    private sealed class OrderRow
    {
        public long Id { get; init; }
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
    }

    private sealed class ComplaintRow
    {
        public long Number { get; init; }
        public long CustomerId { get; init; }
        public long? OrderId { get; init; }
        public long OpenedAt { get; init; }
    }
}

using Amends.Domain.Calendars;
using Amends.Domain.Outreach;
using Dapper;

namespace Amends.Data;

/// <summary>Whose orders share a product, a lot, a carrier, a place or days, and which of these customers complained: for the stop of a sale and for notices alike.</summary>
internal static class SameOrders
{
    /// <summary>SQL from <c>orders o</c> and <c>customers u</c> with the condition: what the audience names, and not <c>@but</c>.</summary>
    /// <param name="audience">What they share; empty fields ask for nothing.</param>
    internal static string From(Audience audience) => "from orders o join customers u on u.id = o.customer_id where " + string.Join(" and ", new[]
    {
        "u.merged_into is null", "o.customer_id <> @but", audience.Product.Length > 0 ? "o.product = @Product" : "", audience.Lot.Length > 0 ? "o.lot = @Lot" : "", audience.Carrier.Length > 0 ? "o.carrier = @Carrier" : "",
        audience.Place.Length > 0 ? "u.place = @Place" : "", audience.From is null ? "" : "o.placed_at >= @from", audience.To is null ? "" : "o.placed_at < @to",
    }.Where(condition => condition.Length > 0));

    /// <summary>SQL that names these customers <c>who</c>, for a statement to follow. Complained has who did about such an order, or about none that is named and after it came.</summary>
    /// <param name="audience">What they share.</param>
    internal static string Who(Audience audience) =>
        $"""
        with hit as (
            select o.customer_id, count(*) as orders, max(o.placed_at) as placed_at,
                max(case when exists (select 1 from cases c where c.customer_id = o.customer_id and c.kind = 1 and (c.order_id = o.id or (c.order_id is null and c.opened_at >= o.placed_at))) then 1 else 0 end) as complained
            {From(audience)} group by o.customer_id),
        who as (
            select h.customer_id, h.orders, h.placed_at, h.complained, u.name, u.place, u.letters_off_at,
                (select min(a.address) from customer_addresses a where a.customer_id = h.customer_id and not exists (select 1 from address_bounces b where b.address_key = a.address_key and b.hard = 1)) as address
            from hit h join customers u on u.id = h.customer_id)
        """;

    /// <summary>SQL that counts them, as <see cref="AudienceCount"/>.</summary>
    /// <param name="audience">What they share.</param>
    internal static string Count(Audience audience) =>
        $"""
        {Who(audience)} select count(*) as customers, coalesce(sum(orders), 0) as orders, coalesce(sum(complained), 0) as complained,
            coalesce(sum(case when complained = 0 and letters_off_at is not null then 1 else 0 end), 0) as want_none,
            coalesce(sum(case when complained = 0 and letters_off_at is null and address is null then 1 else 0 end), 0) as no_address,
            coalesce(sum(case when complained = 0 and letters_off_at is null and address is not null then 1 else 0 end), 0) as reachable from who
        """;

    /// <summary>The parameters of all of these.</summary>
    /// <param name="audience">What they share.</param>
    /// <param name="zone">In which its days begin.</param>
    /// <param name="but">A customer who does not count; 0 for none.</param>
    internal static DynamicParameters Values(Audience audience, TimeZoneInfo zone, long but = 0) => new(new
    {
        but, audience.Product, audience.Lot, audience.Carrier, audience.Place,
        from = audience.From is { } from ? LocalDay.Begins(from, zone).ToUnixTimeMilliseconds() : (long?)null,
        to = audience.To is { } to ? LocalDay.Begins(to.AddDays(1), zone).ToUnixTimeMilliseconds() : (long?)null,
    });
}

/// <summary>How many customers have it, and to how many one may write.</summary>
public sealed class AudienceCount
{
    public int Customers { get; init; }
    public int Orders { get; init; }
    public int Complained { get; init; }

    /// <summary>They said nothing.</summary>
    public int Silent => Customers - Complained;

    /// <summary>They want no letters that are not about a case.</summary>
    public int WantNone { get; init; }
    public int NoAddress { get; init; }
    public int Reachable { get; init; }
}

using System.Data.Common;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Customers;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Who hears nothing from us: open cases without a word for longer than a silence may last, mail that nobody answered in time, and
/// customers who used to order and stopped after a complaint.
/// </summary>
/// <param name="Silent">Cases without a word, the longest silence first.</param>
/// <param name="SilentCount">How many there are.</param>
/// <param name="Unanswered">Cases where the customer waits for an answer past its time, the longest first.</param>
/// <param name="UnansweredCount">How many there are.</param>
/// <param name="Dormant">Customers who went quiet, those who used to order most often first.</param>
public sealed record Neglected(IReadOnlyList<NeglectedCase> Silent, long SilentCount, IReadOnlyList<NeglectedCase> Unanswered, long UnansweredCount, IReadOnlyList<DormantCustomer> Dormant)
{
    /// <summary>The most rows of each kind.</summary>
    public const int Most = 100;

    /// <summary>How long ago a complaint may be for its customer to be looked at.</summary>
    public static readonly TimeSpan Since = TimeSpan.FromDays(365);

    private const int MostLookedAt = 5000;

    /// <summary>Looks.</summary>
    /// <param name="database">Where.</param>
    /// <param name="calendar">For the longest silence.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Stops it.</param>
    public static Task<Neglected> Find(Database database, Calendar calendar, DateTimeOffset now, CancellationToken ct = default) => database.Read(async connection =>
    {
        const string columns = "select c.number, c.subject, u.id as customer_id, u.name as customer, p.name as owner, c.silent_since, c.reply_due_at from cases c join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id";
        const string silent = "c.closed_at is null and c.silent_since < @before", unanswered = "c.closed_at is null and c.reply_due_at < @now";
        using var all = await connection.QueryMultipleAsync(
            $"""
            {columns} where {silent} order by c.silent_since, c.number limit {Most};
            select count(*) from cases c where {silent};
            {columns} where {unanswered} order by c.reply_due_at, c.number limit {Most};
            select count(*) from cases c where {unanswered}
            """, new { now = now.ToUnixTimeMilliseconds(), before = calendar.SilentBefore(now).ToUnixTimeMilliseconds() });
        var (quiet, quietCount) = ((await all.ReadAsync<NeglectedCase>()).AsList(), await all.ReadSingleAsync<long>());
        var (waiting, waitingCount) = ((await all.ReadAsync<NeglectedCase>()).AsList(), await all.ReadSingleAsync<long>());
        return new Neglected(quiet, quietCount, waiting, waitingCount, await WentQuiet(connection, database, now));
    }, ct);

    private static async Task<IReadOnlyList<DormantCustomer>> WentQuiet(DbConnection connection, Database database, DateTimeOffset now)
    {
        var uncounted = await Uncounted.Read(connection, database);
        var values = new { since = (now - Since).ToUnixTimeMilliseconds(), customers = uncounted.Customers };
        var found = new List<DormantCustomer>();
        if (!uncounted.IsMany)
        {
            found.AddRange(await connection.QueryAsync<DormantCustomer>(
                $"""
                select f.customer_id as id, f.case_number as number, f.opened_at, f.orders, f.first_order_at as first_at, f.last_order_at as last_at from case_facts f
                where f.last_order_at is not null and f.opened_at > @since{uncounted.Without(database, "f.customer_id", "@customers")} order by f.last_order_at limit {MostLookedAt}
                """, values));
        }

        if (uncounted.IsMany || uncounted.Customers.Length > 0)
        {
            found.AddRange(await connection.QueryAsync<DormantCustomer>(
                $"""
                select k.customer_id as id, k.number, k.opened_at, count(*) as orders, min(o.placed_at) as first_at, max(o.placed_at) as last_at
                from cases k join orders o on o.customer_id = k.customer_id
                where k.kind = 1 and k.opened_at > @since{(uncounted.IsMany ? "" : $" and k.customer_id {database.Among("@customers")}")}
                    and k.number = (select max(n.number) from cases n where n.customer_id = k.customer_id and n.kind = 1) and not exists (select 1 from cases n where n.customer_id = k.customer_id and n.kind = 1 and n.closed_at is null)
                group by k.customer_id, k.number, k.opened_at having count(*) >= {Dormancy.FewestOrders} and max(o.placed_at) <= k.opened_at
                order by max(o.placed_at) limit {MostLookedAt}
                """, values));
        }

        var dormant = found.OrderBy(row => row.LastAt).Take(MostLookedAt).Where(row => Dormancy.IsDormant(row.Orders, Moment(row.FirstAt), Moment(row.LastAt), Moment(row.OpenedAt), now))
            .OrderBy(row => row.UsualDays).ThenBy(row => row.Id).Take(Most).ToList();
        var names = (await connection.QueryAsync<(long Id, string Name)>($"select id, name from customers where id {database.Among("@ids")}", new { ids = dormant.Select(row => row.Id).ToArray() })).ToDictionary(row => row.Id, row => row.Name);
        return [.. dormant.Select(row => row.Called(names[row.Id]))];
    }

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);
}

/// <summary>A case whose customer waits.</summary>
public sealed class NeglectedCase
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public long CustomerId { get; init; }
    public string Customer { get; init; } = "";
    public string? Owner { get; init; }
    public long SilentSince { get; init; }
    public long? ReplyDueAt { get; init; }
}

/// <summary>A customer who went quiet after a complaint.</summary>
public sealed class DormantCustomer
{
    public long Id { get; init; }
    public string Name { get; private set; } = "";

    /// <summary>Their last complaint, and when it began.</summary>
    public long Number { get; init; }
    public long OpenedAt { get; init; }
    public long Orders { get; init; }
    public long FirstAt { get; init; }
    public long LastAt { get; init; }

    /// <summary>The same with their name.</summary>
    internal DormantCustomer Called(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Days between two orders, as it used to be.</summary>
    public int UsualDays => (int)Math.Round((LastAt - FirstAt) / 86_400_000d / Math.Max(1, Orders - 1));
}

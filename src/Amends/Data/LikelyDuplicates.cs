using Dapper;

namespace Amends.Data;

/// <summary>Customers who look like one person twice. It proposes; a person decides.</summary>
public static class LikelyDuplicates
{
    /// <summary>The most pairs that are shown.</summary>
    public const int Most = 100;

    /// <summary>Fewer digits are no number to know somebody by.</summary>
    internal const int FewestDigits = 7;

    internal const int NumberLength = 9;

    /// <summary>Those who look like one customer, or all pairs.</summary>
    /// <param name="database">Where to look.</param>
    /// <param name="id">The customer; <c>null</c> for all pairs.</param>
    /// <param name="ct">Stops it.</param>
    public static Task<IReadOnlyList<Pair>> Find(Database database, long? id, CancellationToken ct = default) => database.Read(async connection =>
    {
        var postgres = database.Dialect == "postgres";
        string Alike(string row) => postgres ? $"split_part(split_part({row}.address_key, '@', 1), '+', 1) || '@' || split_part({row}.address_key, '@', 2)"
            : $"case when instr({row}.address_key, '+') between 2 and instr({row}.address_key, '@') then substr({row}.address_key, 1, instr({row}.address_key, '+') - 1) || substr({row}.address_key, instr({row}.address_key, '@')) else {row}.address_key end";
        string Number(string row) => NumberOf(database, row);
        string Whose(string one, string other) => id is null ? "" : $"and ({one} = @id or {other} = @id)";
        string First(string row, string column) => id is null ? $"{row}.{column} < " : $"{row}.{column} = @id and {row}.{column} <> ";
        var pairs = (await connection.QueryAsync<Row>(
            $"""
            select p.one_id, u.name as one, p.other_id, v.name as other, min(p.reason) as reason from (
                select a.customer_id as one_id, b.customer_id as other_id, 1 as reason from customer_addresses a join customer_addresses b on {Alike("b")} = {Alike("a")} where {First("a", "customer_id")} b.customer_id
                union all select a.id, b.id, 2 from customers a join customers b on {Number("b")} = {Number("a")} and b.phone is not null where a.phone is not null and length({Number("a")}) >= {FewestDigits} and {First("a", "id")} b.id
                union all select a.id, b.id, 3 from customers a join customers b on lower(b.name) = lower(a.name) and lower(b.place) = lower(a.place) where a.name <> 'Somebody' and {First("a", "id")} b.id
                union all select c.customer_id, o.customer_id, 4 from cases c join orders o on o.id = c.order_id where c.customer_id <> o.customer_id {Whose("c.customer_id", "o.customer_id")}
            ) p join customers u on u.id = p.one_id join customers v on v.id = p.other_id
            where u.merged_into is null and v.merged_into is null
                and not exists (select 1 from customers_apart x where (x.one_id = p.one_id and x.other_id = p.other_id) or (x.one_id = p.other_id and x.other_id = p.one_id))
            group by p.one_id, u.name, p.other_id, v.name order by min(p.reason), p.one_id, p.other_id limit {Most * 2}
            """, new { id })).AsList();
        return (IReadOnlyList<Pair>)[.. pairs.Select(row => row.OtherId == id ? new Pair(row.OtherId, row.Other, row.OneId, row.One, row.Reason) : new Pair(row.OneId, row.One, row.OtherId, row.Other, row.Reason))
            .DistinctBy(pair => (Math.Min(pair.OneId, pair.OtherId), Math.Max(pair.OneId, pair.OtherId))).Take(Most)];
    }, ct);

    /// <summary>SQL for the end of a customer's number, by which the same one is known however it is written; there is an index on it.</summary>
    /// <param name="database">Whose words it is in.</param>
    /// <param name="row">The customer's row.</param>
    internal static string NumberOf(Database database, string row) => database.Dialect == "postgres" ? $"right(regexp_replace({row}.phone, '[^0-9]', '', 'g'), {NumberLength})"
        : $"substr(replace(replace(replace(replace(replace(replace({row}.phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '+', ''), -{NumberLength})";

    /// <summary>Two who look alike.</summary>
    /// <param name="OneId">The one that was asked about.</param>
    /// <param name="One">Their name.</param>
    /// <param name="OtherId">The other.</param>
    /// <param name="Other">Their name.</param>
    /// <param name="Reason">1 address, 2 phone, 3 name and place, 4 an order.</param>
    public sealed record Pair(long OneId, string One, long OtherId, string Other, int Reason)
    {
        /// <summary>Why, in words.</summary>
        public string Why => Reason switch
        {
            1 => "the same mail address, but for what follows a plus",
            2 => "the same phone number",
            3 => "the same name and place",
            _ => "a case of one is about an order of the other",
        };
    }

    private sealed class Row
    {
        public long OneId { get; init; }
        public string One { get; init; } = "";
        public long OtherId { get; init; }
        public string Other { get; init; } = "";
        public int Reason { get; init; }
    }
}

using System.Security.Cryptography;
using System.Text;
using Amends.Domain.FollowOns;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;

namespace Amends.Data;

/// <summary>Follow-on letters beside their cases: the code for a friend, who came with one, and who wants no more of them.</summary>
public static class FollowOnDesk
{
    private const int Bytes = 32, Tries = 5;

    /// <summary>The path with which a customer says no to such letters; the token follows.</summary>
    public const string OffPath = "/no-letters/";

    /// <summary>
    /// SQL that begins a query with the rows <c>came</c> (<c>follow_on_id</c>, <c>customer_id</c>, <c>at</c>): who came with the code of which letter,
    /// as customers are joined now. A person counts once, by the first code that they named and that is not their own; a letter is whose its case is. So
    /// what was joined counts together, and apart again once it is taken back. Customers are asked for one by one: joined, SQLite would read all of them.
    /// </summary>
    internal const string Came =
        """
        with recursive up (id, root, follow_on_id, at) as (
            select r.id, r.customer_id, r.follow_on_id, r.at from referrals r
            union all select up.id, (select c.merged_into from customers c where c.id = up.root), up.follow_on_id, up.at from up where exists (select 1 from customers c where c.id = up.root and c.merged_into is not null)),
        named (follow_on_id, customer_id, at, nth) as (
            select up.follow_on_id, up.root, up.at, row_number() over (partition by up.root order by up.at, up.id)
            from up join follow_ons f on f.id = up.follow_on_id join cases k on k.number = f.case_number
            where not exists (select 1 from customers c where c.id = up.root and c.merged_into is not null) and k.customer_id <> up.root),
        came (follow_on_id, customer_id, at) as (select n.follow_on_id, n.customer_id, n.at from named n where n.nth = 1)
        """;

    /// <summary>How many came with the codes of a customer, and the code that the customer came with.</summary>
    /// <param name="database">Where.</param>
    /// <param name="customer">A customer who is nobody else.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<(long Came, string? SentBy)> Of(Database database, long customer, CancellationToken ct = default) => database.Read(async connection =>
    {
        var has = await connection.ExecuteScalarAsync<long>("select count(*) from follow_ons f join cases k on k.number = f.case_number where k.customer_id = @customer and f.code is not null", new { customer }) > 0;
        return (has ? await connection.ExecuteScalarAsync<long>($"{Came} select count(*) from came n join follow_ons f on f.id = n.follow_on_id join cases k on k.number = f.case_number where k.customer_id = @customer", new { customer }) : 0,
            await connection.ExecuteScalarAsync<string?>($"select f.code from referrals r join follow_ons f on f.id = r.follow_on_id join cases k on k.number = f.case_number where r.customer_id in {Customers.AllIds} and k.customer_id <> @customer order by r.at, r.id limit 1", new { customer }));
    }, ct);

    /// <summary>Whether the customer of a case said no to such letters.</summary>
    public static async Task<bool> WantsNone(Unit unit, long customer) =>
        await unit.Value<long?>($"select min(letters_off_at) from customers where id in {Customers.AllIds}", new { customer }) is not null;

    /// <inheritdoc cref="WantsNone(Unit, long)"/>
    public static async Task<bool> WantsNone(Database database, long customer, CancellationToken ct = default) =>
        await database.Read(connection => connection.ExecuteScalarAsync<long?>($"select min(letters_off_at) from customers where id in {Customers.AllIds}", new { customer }), ct) is not null;

    /// <summary>A code that nobody has yet.</summary>
    public static async Task<string> NewCode(Unit unit)
    {
        for (var i = 0; i < Tries; i++)
        {
            var code = ReferralCode.Of([.. Enumerable.Range(0, 7).Select(_ => RandomNumberGenerator.GetInt32(ReferralCode.Alphabet.Length))]);
            if (await unit.Value<long?>("select id from follow_ons where code = @code", new { code }) is null)
                return code;
        }

        throw new InvalidOperationException("No code was free, which cannot be by chance.");
    }

    /// <summary>A token for the link with which the customer says no.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Keeps a letter that went.</summary>
    public static Task Keep(Unit unit, long number, long customer, bool asksReview, string? code, string token, DateTimeOffset at) => unit.Run(
        "insert into follow_ons (case_number, customer_id, sent_at, asks_review, code, off_hash) values (@number, @customer, @at, @asks, @code, @hash)",
        new { number, customer, at = at.ToUnixTimeMilliseconds(), asks = asksReview ? 1 : 0, code, hash = HashOf(token) });

    /// <summary>Whether a token belongs to a letter. Changes nothing.</summary>
    public static async Task<bool> IsToken(Database database, string token, CancellationToken ct = default) =>
        await database.Read(connection => connection.ExecuteScalarAsync<long?>("select id from follow_ons where off_hash = @hash union all select case_number from improvement_letters where off_hash = @hash union all select id from outreach_letters where off_hash = @hash", new { hash = HashOf(token) }), ct) is not null;

    /// <summary>The customer of a letter wants no more of them; <c>false</c> when the token is unknown.</summary>
    public static async Task<bool> SayNo(Unit unit, string token, DateTimeOffset at) => await unit.Run(
        "update customers set letters_off_at = coalesce(letters_off_at, @at) where id = (select customer_id from follow_ons where off_hash = @hash union all select c.customer_id from improvement_letters l join cases c on c.number = l.case_number where l.off_hash = @hash union all select customer_id from outreach_letters where off_hash = @hash)", new { hash = HashOf(token), at = at.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>
    /// Notes who sent a customer. The first code counts, whomever they were joined to since. Their own does not count, nor one that nobody has, nor that
    /// of a letter which went when they had bought something already.
    /// </summary>
    /// <returns>Whether it counts.</returns>
    public static async Task<bool> CameBy(Unit unit, long id, string typed, SentBy via, DateTimeOffset at)
    {
        if (await Customers.Current(unit, id) is not { Id: var customer } || ReferralCode.Read(typed) is not { } code
            || await unit.One<Row>("select f.id, k.customer_id, f.sent_at from follow_ons f join cases k on k.number = f.case_number where f.code = @code", new { code }) is not { } letter || letter.CustomerId == customer)
            return false;
        if (await unit.Value<long>("select count(*) from orders where customer_id = @customer and placed_at < @SentAt", new { customer, letter.SentAt }) > 0)
            return false; // nobody was sent who was here before
        if (await unit.Value<long>($"select count(*) from referrals r where r.customer_id in {Customers.AllIds}", new { customer }) == 0)
            await unit.Run("insert into referrals (follow_on_id, customer_id, at, via) values (@Id, @customer, @at, @via) on conflict do nothing", new { letter.Id, customer, at = at.ToUnixTimeMilliseconds(), via = (int)via });
        await unit.Run("update customers set sent_by = coalesce(sent_by, @code) where id = @customer", new { customer, code });
        return true;
    }

    internal static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed class Row
    {
        public long Id { get; init; }
        public long CustomerId { get; init; }
        public long SentAt { get; init; }
    }
}

/// <summary>How we learned who sent a customer.</summary>
public enum SentBy
{
    /// <summary>One of us asked them.</summary>
    Asked = 1,

    /// <summary>It stood with an order.</summary>
    Order,

    /// <summary>It stood in a list of customers.</summary>
    List,
}

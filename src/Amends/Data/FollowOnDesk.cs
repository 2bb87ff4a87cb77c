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
        await database.Read(connection => connection.ExecuteScalarAsync<long?>("select id from follow_ons where off_hash = @hash", new { hash = HashOf(token) }), ct) is not null;

    /// <summary>The customer of a letter wants no more of them; <c>false</c> when the token is unknown.</summary>
    public static async Task<bool> SayNo(Unit unit, string token, DateTimeOffset at) => await unit.Run(
        "update customers set letters_off_at = coalesce(letters_off_at, @at) where id = (select customer_id from follow_ons where off_hash = @hash)", new { hash = HashOf(token), at = at.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>
    /// Notes who sent a customer. The first code counts. Their own does not count, nor one that nobody has, nor that of a letter which went
    /// when they had bought something already.
    /// </summary>
    /// <returns>Whether it counts.</returns>
    public static async Task<bool> CameBy(Unit unit, long customer, string typed, SentBy via, DateTimeOffset at)
    {
        if (ReferralCode.Read(typed) is not { } code || await unit.One<Row>("select id, customer_id, sent_at from follow_ons where code = @code", new { code }) is not { } letter || letter.CustomerId == customer)
            return false;
        if (await unit.Value<long>("select count(*) from orders where customer_id = @customer and placed_at < @SentAt", new { customer, letter.SentAt }) > 0)
            return false; // nobody was sent who was here before
        await unit.Run("insert into referrals (follow_on_id, customer_id, at, via) values (@Id, @customer, @at, @via) on conflict do nothing", new { letter.Id, customer, at = at.ToUnixTimeMilliseconds(), via = (int)via });
        await unit.Run("update customers set sent_by = coalesce(sent_by, @code) where id = @customer", new { customer, code });
        return true;
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

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

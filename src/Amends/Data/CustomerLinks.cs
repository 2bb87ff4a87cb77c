using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;

namespace Amends.Data;

/// <summary>
/// Secure links to a customer's pages. A link carries a random token of which only the SHA-256 is kept; a browser
/// exchanges it for a session that sees this one case. Whoever reads the database can make neither.
/// </summary>
public static class CustomerLinks
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(60);

    /// <summary>How long a browser stays with the case before the link must be opened again. Longer than 20 hours, so that nobody runs out of time (WCAG 2.2.1).</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a link for one of us works, who looks at the pages as the customer does.</summary>
    public static readonly TimeSpan LookLifetime = TimeSpan.FromHours(4);

    private const int Bytes = 32;

    /// <summary>Makes a link for the customer of a case.</summary>
    /// <param name="unit">The unit of work; the link works once it is committed.</param>
    /// <param name="number">The case.</param>
    /// <param name="at">Now.</param>
    /// <param name="shownTo">One of us who wants to see the pages as the customer does; <c>null</c> for the customer.</param>
    /// <param name="through">Who acts for the customer, when the link goes to them; <c>null</c> for the customer.</param>
    /// <returns>The token: 43 characters that are safe in a path. It cannot be read again later.</returns>
    public static async Task<string> Issue(Unit unit, long number, DateTimeOffset at, long? shownTo = null, string? through = null)
    {
        var (token, hash) = New();
        await unit.Put("insert into customer_links (token_hash, case_number, issued_at, expires_at, shown_to, through) values (@hash, @number, @now, @until, @shownTo, @through)",
            new { hash, number, now = Ms(at), until = Ms(at + (shownTo is null ? LinkLifetime : LookLifetime)), shownTo, through });
        return token;
    }

    /// <summary>The path of a link, to be put behind the public address.</summary>
    public static string PathOf(string token) => "/c/" + token;

    /// <summary>Whether a token opens anything now. Changes nothing.</summary>
    public static async Task<bool> Works(Database database, string token, DateTimeOffset at, CancellationToken ct = default)
    {
        var hash = HashOf(token);
        return await database.Read(connection => connection.ExecuteScalarAsync<long?>(
            "select case_number from customer_links where token_hash = @hash and revoked_at is null and expires_at > @now", new { hash, now = Ms(at) }), ct) is not null;
    }

    /// <summary>Exchanges a token for the id of a new session; <c>null</c> when the link is unknown, expired or revoked.</summary>
    public static async Task<string?> Redeem(Unit unit, string token, DateTimeOffset at)
    {
        var tokenHash = HashOf(token);
        var (id, hash) = New();
        var made = await unit.Run(
            """
            insert into customer_sessions (id_hash, token_hash, case_number, began_at, expires_at)
            select @hash, token_hash, case_number, @now, @until from customer_links
            where token_hash = @tokenHash and revoked_at is null and expires_at > @now
            """, new { hash, tokenHash, now = Ms(at), until = Ms(at + SessionLifetime) });
        if (made == 0)
            return null;
        await unit.Run("delete from customer_sessions where expires_at <= @now", new { now = Ms(at) });
        return id;
    }

    /// <summary>Ends all links of a case and every session that came from them.</summary>
    public static Task Revoke(Unit unit, long number, DateTimeOffset at) =>
        unit.Run("update customer_links set revoked_at = @now where case_number = @number and revoked_at is null", new { number, now = Ms(at) });

    /// <summary>Whose session this is; <c>null</c> when it ended or never was.</summary>
    public static Task<CustomerSession?> Find(Database database, string id, DateTimeOffset at, CancellationToken ct = default)
    {
        var hash = HashOf(id);
        return database.Read(connection => connection.QuerySingleOrDefaultAsync<CustomerSession>(
            """
            select s.case_number, k.customer_id, u.name as customer_name, l.shown_to, l.through, l.expires_at as link_expires_at
            from customer_sessions s join customer_links l on l.token_hash = s.token_hash
                join cases k on k.number = s.case_number join customers u on u.id = k.customer_id
            where s.id_hash = @hash and s.expires_at > @now and l.revoked_at is null and l.expires_at > @now
                and (l.through is null or exists (select 1 from case_representatives r where r.case_number = s.case_number and r.name = l.through and (r.until_at is null or r.until_at > @now)))
            """, new { hash, now = Ms(at) }), ct);
    }

    private static (string Text, byte[] Hash) New()
    {
        var text = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));
        return (text, HashOf(text));
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}

/// <summary>A browser that a secure link was exchanged in.</summary>
public sealed class CustomerSession
{
    /// <summary>The one case that it sees.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Whose case it is.</summary>
    public long CustomerId { get; init; }

    /// <summary>The customer's name.</summary>
    public string CustomerName { get; init; } = "";

    /// <summary>One of us who looks at the pages as the customer; <c>null</c> when it is the customer.</summary>
    public long? ShownTo { get; init; }

    /// <summary>Who acts for the customer, when the link was theirs.</summary>
    public string? Through { get; init; }

    /// <summary>Until when the link works, Unix milliseconds.</summary>
    public long LinkExpiresAt { get; init; }
}

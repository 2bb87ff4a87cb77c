using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Dapper;

namespace Amends.Features.Api;

/// <summary>The tokens of programs: made by an owner, shown once, kept as a digest, known until they are revoked.</summary>
public sealed class ApiTokens(Database database, TimeProvider clock)
{
    /// <summary>What every token begins with, so that scanners for leaked secrets know it.</summary>
    public const string Prefix = "amends_";

    private const int LongestName = 60;
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(10);

    /// <summary>Makes a token; returns it, the only time that it is to be had.</summary>
    /// <param name="name">As the timeline names what the program did.</param>
    /// <param name="scopes">Some of <see cref="Scopes.All"/>.</param>
    /// <param name="madeBy">The owner's id; 0 for the console.</param>
    /// <exception cref="Refused">The name is missing, too long or in use, or a scope is unknown or missing.</exception>
    public async Task<string> Make(string name, IReadOnlyList<string> scopes, long madeBy)
    {
        var shown = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (shown.Length is 0 or > LongestName || shown.Any(char.IsControl))
            throw new Refused("name", $"Give the program a name of up to {LongestName} characters; the timeline shows it.");
        if (scopes.FirstOrDefault(scope => !Scopes.All.Any(known => known.Scope == scope)) is { } unknown)
            throw new Refused("scopes", $"There is no scope {unknown}; there are {string.Join(", ", Scopes.All.Select(known => known.Scope))}.");
        if (scopes.Count == 0)
            throw new Refused("scopes", "Choose at least one thing that the program may do.");
        var token = Prefix + Tokens.New();
        var sorted = string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal));
        await database.Write(async unit =>
        {
            if (await unit.Value<long>("select count(*) from api_tokens where name = @shown and revoked_at is null", new { shown }) > 0)
                throw new Refused("name", $"{shown} has a token already. Revoke it first, or choose another name.");
            await unit.Run("insert into api_tokens (name, token_hash, scopes, made_at, made_by) values (@shown, @hash, @sorted, @now, @madeBy)",
                new { shown, hash = Tokens.HashOf(token), sorted, now = Now, madeBy });
        });
        return token;
    }

    /// <summary>All tokens, those that work first, newest first.</summary>
    public Task<List<ApiToken>> List(CancellationToken ct = default) => database.Read(async connection => (await connection.QueryAsync<ApiToken>(
        """
        select t.id, t.name, t.scopes, t.made_at, t.used_at, t.revoked_at, coalesce(p.name, '') as maker from api_tokens t left join people p on p.id = t.made_by
        order by case when t.revoked_at is null then 0 else 1 end, t.id desc
        """)).AsList(), ct);

    /// <summary>Ends a token at once; <c>false</c> when there is none that works under this number.</summary>
    public Task<bool> Revoke(long id) => database.Write(async unit => await unit.Run("update api_tokens set revoked_at = @Now where id = @id and revoked_at is null", new { id, Now }) == 1);

    /// <summary>The working token that a request carries, or <c>null</c>.</summary>
    internal async Task<ApiToken?> Find(string token, CancellationToken ct)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
            return null;
        var known = await database.Read(connection => connection.QuerySingleOrDefaultAsync<ApiToken>(
            "select id, name, scopes, made_at, used_at from api_tokens where token_hash = @hash and revoked_at is null", new { hash = Tokens.HashOf(token) }), ct);
        if (known is not null && Now - (known.UsedAt ?? 0) > TouchAfter.TotalMilliseconds) // so that an owner sees which are in use
            await database.Write(unit => unit.Run("update api_tokens set used_at = @Now where id = @Id", new { Now, known.Id }), ct);
        return known;
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A program's token, without the token.</summary>
public sealed class ApiToken
{
    public long Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Parted by spaces.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long MadeAt { get; init; }

    /// <summary>Unix milliseconds, some minutes behind; <c>null</c> while nobody used it.</summary>
    public long? UsedAt { get; init; }

    /// <summary>Unix milliseconds; <c>null</c> while it works.</summary>
    public long? RevokedAt { get; init; }

    /// <summary>The owner who made it; empty for the console.</summary>
    public string Maker { get; init; } = "";
}

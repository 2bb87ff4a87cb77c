using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Dapper;

namespace Amends.Features.Api;

/// <summary>
/// The tokens of programs: made by an owner, shown once, kept as a digest, known until they are revoked. One that acts for somebody ends
/// with them, too.
/// </summary>
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
    /// <param name="actsAs">The id of one of us for whom it acts; <c>null</c> for a program that acts for itself.</param>
    /// <exception cref="Refused">The name is missing, too long or in use, a scope is unknown or missing, or <c>acts_as</c>: nobody who handles cases is named, or the scope needs somebody.</exception>
    public async Task<string> Make(string name, IReadOnlyList<string> scopes, long madeBy, long? actsAs = null)
    {
        var shown = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (shown.Length is 0 or > LongestName || shown.Any(char.IsControl))
            throw new Refused("name", $"Give the program a name of up to {LongestName} characters; the timeline shows it.");
        if (scopes.FirstOrDefault(scope => !Scopes.All.Any(known => known.Scope == scope)) is { } unknown)
            throw new Refused("scopes", $"There is no scope {unknown}; there are {string.Join(", ", Scopes.All.Select(known => known.Scope))}.");
        if (scopes.Count == 0)
            throw new Refused("scopes", "Choose at least one thing that the program may do.");
        if (scopes.Contains(Scopes.RecoveryWrite) && actsAs is null)
            throw new Refused("acts_as", $"{Scopes.RecoveryWrite} is for a token that acts for a person, whose role and limits then hold. Choose for whom, or leave the scope out.");
        var token = Prefix + Tokens.New();
        var sorted = string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal));
        await database.Write(async unit =>
        {
            if (await unit.Value<long>("select count(*) from api_tokens where name = @shown and revoked_at is null", new { shown }) > 0)
                throw new Refused("name", $"{shown} has a token already. Revoke it first, or choose another name.");
            if (actsAs is { } whom && await Colleagues.Find(unit, whom) is null)
                throw new Refused("acts_as", "Choose somebody who works here and handles cases.");
            var id = await unit.Value<long>("insert into api_tokens (name, token_hash, scopes, made_at, made_by, acts_as) values (@shown, @hash, @sorted, @now, @madeBy, @actsAs) returning id",
                new { shown, hash = Tokens.HashOf(token), sorted, now = Now, madeBy, actsAs });
            if (actsAs is { } person && person != madeBy) // nobody acts in somebody's name without their knowing
                await Notices.Tell(unit, person, null, $"token:{id}", $"The program {shown} may act for you now ({sorted}). An owner of this desk made its token; ask them if you did not expect that.", clock.GetUtcNow());
        });
        return token;
    }

    /// <summary>All tokens, those that work first, newest first.</summary>
    public Task<List<ApiToken>> List(CancellationToken ct = default) => database.Read(async connection => (await connection.QueryAsync<ApiToken>(
        """
        select t.id, t.name, t.scopes, t.made_at, t.used_at, t.revoked_at, coalesce(p.name, '') as maker, t.acts_as, a.name as person
        from api_tokens t left join people p on p.id = t.made_by left join people a on a.id = t.acts_as
        order by case when t.revoked_at is null then 0 else 1 end, t.id desc
        """)).AsList(), ct);

    /// <summary>Ends a token at once; <c>false</c> when there is none that works under this number.</summary>
    public Task<bool> Revoke(long id) => database.Write(async unit => await unit.Run("update api_tokens set revoked_at = @Now where id = @id and revoked_at is null", new { id, Now }) == 1);

    /// <summary>Those for whom a token can act, by name.</summary>
    public Task<IReadOnlyList<Colleague>> People(CancellationToken ct = default) => Colleagues.All(database, ct);

    /// <summary>The working token that a request carries, or <c>null</c>; none when whom it acts for handles cases no more.</summary>
    internal async Task<ApiToken?> Find(string token, CancellationToken ct)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
            return null;
        var known = await database.Read(connection => connection.QuerySingleOrDefaultAsync<ApiToken>(
            """
            select t.id, t.name, t.scopes, t.made_at, t.used_at, t.acts_as, a.name as person, a.role from api_tokens t left join people a on a.id = t.acts_as
            where t.token_hash = @hash and t.revoked_at is null and (t.acts_as is null or (a.active = 1 and a.role > @reader))
            """, new { hash = Tokens.HashOf(token), reader = (int)Domain.People.Role.Reader }), ct);
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

    /// <summary>For whom it acts; <c>null</c> for itself.</summary>
    public long? ActsAs { get; init; }

    /// <summary>Their name.</summary>
    public string? Person { get; init; }

    /// <summary>Their role now.</summary>
    public int? Role { get; init; }
}

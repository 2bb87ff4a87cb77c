using System.Collections.Concurrent;
using Amends.Data;
using Dapper;

namespace Amends.Web;

/// <summary>
/// Who is signed in, kept in the database so that every node knows and so that it can be listed and ended. Each node
/// remembers what it read for a moment; an end on another node is seen that much later.
/// </summary>
public sealed class Sessions(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private const int MemoryMs = 3_000;
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(10);
    private const int MostRemembered = 20_000;

    private const string Columns =
        "s.id, s.person_id, s.created_at, s.seen_at, s.address, s.browser, p.name, p.email, p.role as role_number";

    private readonly ConcurrentDictionary<string, (Session Session, long At)> _remembered = [];

    /// <summary>Starts a session with a new token in the caller's unit of work; the cookie gets the token, the table its digest.</summary>
    public async Task<string> Start(Unit unit, long personId, string address, string browser)
    {
        var token = Tokens.New();
        var now = Now;
        await unit.Run("delete from sessions where seen_at < @idle or created_at < @oldest", Limits(now));
        await unit.Run("insert into sessions (token_hash, person_id, created_at, seen_at, address, browser) values (@hash, @personId, @now, @now, @address, @browser)",
            new { hash = Tokens.HashOf(token), personId, now, address, browser = browser.Length > 300 ? browser[..300] : browser });
        return token;
    }

    /// <summary>The session that a cookie's token stands for; <c>null</c> when it ended, is too old, or never was.</summary>
    public async Task<Session?> Find(string token, CancellationToken ct)
    {
        var hash = Tokens.HashOf(token);
        var key = Convert.ToHexString(hash);
        if (_remembered.TryGetValue(key, out var known) && Now - known.At is >= 0 and < MemoryMs && IsAlive(known.Session))
            return known.Session;

        var session = await database.Read(connection => connection.QuerySingleOrDefaultAsync<Session>(
            $"select {Columns} from sessions s join people p on p.id = s.person_id where s.token_hash = @hash and p.active = 1", new { hash }), ct);
        if (session is null || !IsAlive(session))
        {
            _remembered.TryRemove(key, out _);
            return null;
        }

        if (Now - session.SeenAt > TouchAfter.TotalMilliseconds) // keeps somebody who works signed in; no page shows a change by it
        {
            await database.Write(unit => unit.Run("update sessions set seen_at = @Now where id = @Id", new { Now, session.Id }), ct);
            session = session with { SeenAt = Now };
        }

        if (_remembered.Count > MostRemembered)
            _remembered.Clear();
        _remembered[key] = (session, Now);
        return session;
    }

    /// <summary>Somebody's living sessions, newest use first.</summary>
    public async Task<IReadOnlyList<Session>> ListOf(long personId, CancellationToken ct) =>
        [.. (await database.Read(connection => connection.QueryAsync<Session>(
            $"select {Columns} from sessions s join people p on p.id = s.person_id where s.person_id = @personId order by s.seen_at desc", new { personId }), ct)).Where(IsAlive)];

    /// <summary>Ends one of somebody's sessions.</summary>
    public Task End(long personId, long sessionId) => database.Write(async unit =>
    {
        await unit.Run("delete from sessions where id = @sessionId and person_id = @personId", new { sessionId, personId });
        unit.AfterCommit(Forget);
    });

    /// <summary>Ends the session of a token, whoever's it is; nothing happens when there is none.</summary>
    public async Task End(Unit unit, string token)
    {
        await unit.Run("delete from sessions where token_hash = @hash", new { hash = Tokens.HashOf(token) });
        unit.AfterCommit(Forget);
    }

    /// <summary>Ends all sessions of a person, but one when it is named.</summary>
    public async Task EndAllOf(Unit unit, long personId, long but = 0)
    {
        await unit.Run("delete from sessions where person_id = @personId and id <> @but", new { personId, but });
        unit.AfterCommit(Forget);
    }

    /// <summary>Reads everything anew, as after a change to a person.</summary>
    public void Forget() => _remembered.Clear();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsAlive(Session session) => session.SeenAt >= Now - (long)Idle.TotalMilliseconds && session.CreatedAt >= Now - (long)Longest.TotalMilliseconds;

    private static object Limits(long now) => new { idle = now - (long)Idle.TotalMilliseconds, oldest = now - (long)Longest.TotalMilliseconds };
}

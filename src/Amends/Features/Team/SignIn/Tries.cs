using Amends.Data;
using Amends.Web;

namespace Amends.Features.Team.SignIn;

/// <summary>Counts the tries to sign in to one account, so that a password cannot be guessed by trying.</summary>
public sealed class Tries(Database database, TimeProvider clock)
{
    private const int Most = 10;
    private const int MostDoublings = 6; // 15 min, 30 min … 16 h
    private static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(2);

    /// <summary>
    /// Counts a try before the password is looked at, so that many at once count as many. The account may not exist: the
    /// answer is the same.
    /// </summary>
    /// <returns>How long the account stays locked; <c>null</c> when the try may go on.</returns>
    public Task<TimeSpan?> Begin(string email) => database.Write(async unit =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var hash = HashOf(email);
        await unit.Run("delete from sign_in_tries where last_at < @old and locked_until < @now", new { now, old = now - (long)Forgotten.TotalMilliseconds });
        var row = (await unit.One<Row>(
            """
            insert into sign_in_tries (address_hash, tries, last_at) values (@hash, 1, @now)
            on conflict (address_hash) do update set last_at = excluded.last_at,
                tries = sign_in_tries.tries + case when sign_in_tries.locked_until > @now then 0 else 1 end
            returning tries, locks, locked_until
            """, new { hash, now }))!;
        if (row.LockedUntil > now)
            return TimeSpan.FromMilliseconds(row.LockedUntil - now);
        if (row.Tries >= Most) // this one may still be right; the next waits
            await unit.Run("update sign_in_tries set tries = 0, locks = locks + 1, locked_until = @until where address_hash = @hash",
                new { hash, until = now + (long)(FirstLock * Math.Pow(2, Math.Min(row.Locks, MostDoublings))).TotalMilliseconds });
        return (TimeSpan?)null;
    });

    /// <summary>The password was right, or somebody at the console says so: all tries are forgotten.</summary>
    public static Task Forget(Unit unit, string email) => unit.Run("delete from sign_in_tries where address_hash = @hash", new { hash = HashOf(email) });

    private static byte[] HashOf(string email) => Tokens.HashOf(Customers.KeyOf(email));

    private sealed class Row
    {
        public int Tries { get; init; }
        public int Locks { get; init; }
        public long LockedUntil { get; init; }
    }
}

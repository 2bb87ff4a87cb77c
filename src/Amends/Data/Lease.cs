namespace Amends.Data;

/// <summary>
/// Work that one node does at a time. A lease ends by itself, and every taking of it has a higher epoch: whoever writes
/// for the lease names its epoch in the condition, so a holder that slept through its lease changes nothing.
/// </summary>
public sealed class Leases(Database database, TimeProvider clock)
{
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():n}";

    /// <summary>Takes or extends the lease; returns its epoch, or <c>null</c> while somebody else has it.</summary>
    public Task<long?> Take(string name, TimeSpan length, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        return database.Write(unit => unit.Value<long?>(
            """
            insert into leases (name, owner, until, epoch) values (@name, @_owner, @until, 1)
            on conflict (name) do update set owner = excluded.owner, until = excluded.until,
                epoch = leases.epoch + case when leases.owner = excluded.owner and leases.until >= @now then 0 else 1 end
            where leases.owner = excluded.owner or leases.until < @now
            returning epoch
            """, new { name, _owner, until = (now + length).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() }), ct);
    }

    /// <summary>Extends a lease that is still held; one that was lost stays lost.</summary>
    public Task Prolong(string name, long epoch, TimeSpan length)
    {
        var until = (clock.GetUtcNow() + length).ToUnixTimeMilliseconds();
        return database.Write(unit => unit.Run("update leases set until = @until where name = @name and owner = @_owner and epoch = @epoch and until > 0", new { name, _owner, epoch, until }));
    }

    /// <summary>Gives the lease back before its end.</summary>
    public Task Release(string name, long epoch) =>
        database.Write(unit => unit.Run("update leases set until = 0 where name = @name and owner = @_owner and epoch = @epoch", new { name, _owner, epoch }));
}

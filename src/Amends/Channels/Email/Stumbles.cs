using System.Collections.Concurrent;

namespace Amends.Channels.Email;

/// <summary>
/// Mails at which a server ends the connection, as Dovecot does for one it cannot read. Without this the mails behind such
/// a one would wait for ever. Remembered by a node for as long as it runs; the comparison with the server counts what is missing.
/// </summary>
internal sealed class Stumbles(TimeProvider clock)
{
    /// <summary>Times that it must have happened at the same mail, so that a bad line alone passes over nothing.</summary>
    private const int Enough = 2;

    private static readonly TimeSpan PassedOver = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(long Box, long Validity, uint Uid), (int Times, DateTimeOffset Last)> _at = new();
    private readonly ConcurrentDictionary<long, bool> _careful = new();

    /// <summary>Whether the connection broke in the last round, so that mails are asked for one by one to see at which.</summary>
    public bool IsCareful(long box) => _careful.ContainsKey(box);

    /// <summary>The connection broke; at this mail, when that is known.</summary>
    public void Broke(long box, long validity, uint? uid)
    {
        _careful[box] = true;
        if (uid is { } at)
            _at.AddOrUpdate((box, validity, at), _ => (1, clock.GetUtcNow()), (_, before) => (before.Times + 1, clock.GetUtcNow()));
    }

    /// <summary>A round went well.</summary>
    public void Went(long box) => _careful.TryRemove(box, out _);

    /// <summary>Whether this mail is left for later.</summary>
    public bool PassOver(long box, long validity, uint uid) =>
        _at.TryGetValue((box, validity, uid), out var known) && known.Times >= Enough && clock.GetUtcNow() - known.Last < PassedOver;

    /// <summary>It could be fetched after all.</summary>
    public void Forget(long box, long validity, uint uid) => _at.TryRemove((box, validity, uid), out _);
}

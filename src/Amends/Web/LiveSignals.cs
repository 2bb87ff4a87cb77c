using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Amends.Data;

namespace Amends.Web;

/// <summary>Something changed that a page may be showing: its sort, its id, its version. Never its content.</summary>
/// <param name="Type">For example <c>case</c>, <c>presence</c>, <c>counts</c>.</param>
/// <param name="Id">For example a case number.</param>
/// <param name="Version">Counts up with each change; 0 where there is none.</param>
/// <param name="PersonId">Whom it concerns most, such as the owner.</param>
/// <param name="Text">A few words for presence, such as "Jo is writing".</param>
public sealed record LiveSignal(string Type, long Id, long Version = 0, long? PersonId = null, string? Text = null);

/// <summary>Hands signals to every page that listens on this node, and through PostgreSQL to the other nodes.</summary>
public sealed class LiveSignals(Database database)
{
    internal const string Topic = "amends";

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20); // nobody sees it, and a hundred changes at once are one message

    private readonly string _node = Guid.NewGuid().ToString("n");
    private readonly ConcurrentDictionary<Guid, Channel<LiveSignal>> _listeners = [];
    private readonly Channel<LiveSignal> _forOthers = Channel.CreateBounded<LiveSignal>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Announces a change once the unit of work is durable.</summary>
    public void Announce(Unit unit, LiveSignal signal) => unit.AfterCommit(() =>
    {
        Spread(signal);
        if (database is PostgresDatabase)
            _forOthers.Writer.TryWrite(signal);
    });

    /// <summary>Signals from now on, until the token ends. A listener that does not keep up loses the oldest ones.</summary>
    public async IAsyncEnumerable<LiveSignal> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var id = Guid.NewGuid();
        var mine = _listeners[id] = Channel.CreateBounded<LiveSignal>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        try
        {
            await foreach (var signal in mine.Reader.ReadAllAsync(ct))
                yield return signal;
        }
        finally
        {
            _listeners.TryRemove(id, out _);
        }
    }

    /// <summary>Gives a signal to every listener on this node.</summary>
    public void Spread(LiveSignal signal)
    {
        foreach (var listener in _listeners.Values)
            listener.Writer.TryWrite(signal);
    }

    /// <summary>Waits for signals that other nodes must hear; returns the payloads to send, the same change once.</summary>
    /// <param name="most">How many at the most.</param>
    /// <param name="ct">Ends the waiting.</param>
    internal async Task<string[]> ForOthers(int most, CancellationToken ct)
    {
        var signals = new HashSet<LiveSignal> { await _forOthers.Reader.ReadAsync(ct) };
        await Task.Delay(Gather, ct);
        while (signals.Count < most && _forOthers.Reader.TryRead(out var next))
            signals.Add(next);
        return [.. signals.Select(signal => JsonSerializer.Serialize(new FromNode(_node, signal)))];
    }

    /// <summary>Gives what another node said to every listener here; what this node said comes back, too, and is known.</summary>
    internal void Heard(string payload)
    {
        if (JsonSerializer.Deserialize<FromNode>(payload) is not { } heard || heard.Node == _node)
            return;
        database.Changed(); // before a page that hears it asks
        Spread(heard.Signal);
    }

    private sealed record FromNode(string Node, LiveSignal Signal);
}

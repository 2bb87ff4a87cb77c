using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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

/// <summary>
/// Hands signals to every page that listens on this node, and through PostgreSQL to the other nodes. The newest are kept:
/// between the moment at which a page was read and the one at which its browser listens, others go on working.
/// </summary>
public sealed class LiveSignals(Database database)
{
    internal const string Topic = "amends";

    /// <summary>A signal that says: too much was missed, ask for the page again.</summary>
    public const string Resync = "resync";

    /// <summary>How many are kept.</summary>
    public const int MostKept = 512;

    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10); // what a page of another node, whose count is another one, may not have seen
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20); // nobody sees it, and a hundred changes at once are one message

    private readonly string _node = Guid.NewGuid().ToString("n")[..8];
    private readonly Lock _gate = new();
    private readonly HashSet<Listening> _listeners = [];
    private readonly Queue<(Heard Heard, long At)> _kept = [];
    private readonly Channel<LiveSignal> _forOthers = Channel.CreateBounded<LiveSignal>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private long _count;

    /// <summary>Announces a change once the unit of work is durable.</summary>
    public void Announce(Unit unit, LiveSignal signal) => unit.AfterCommit(() =>
    {
        Spread(signal);
        if (database is PostgresDatabase)
            _forOthers.Writer.TryWrite(signal);
    });

    /// <summary>How far this node's signals have come; what is read after asking for it knows of all of them.</summary>
    public string Position => PositionAt(Interlocked.Read(ref _count));

    /// <summary>Begins to listen: to signals since a position, then to those that come.</summary>
    /// <param name="since">A <see cref="Position"/>, of this node or another one; <c>null</c> for only those that come.</param>
    public Listening Listen(string? since)
    {
        lock (_gate)
        {
            var listening = new Listening(this, since is null ? [] : Since(since));
            _listeners.Add(listening);
            return listening;
        }
    }

    /// <summary>Gives a signal to every listener on this node.</summary>
    public void Spread(LiveSignal signal)
    {
        lock (_gate)
        {
            var heard = new Heard(PositionAt(Interlocked.Increment(ref _count)), signal);
            _kept.Enqueue((heard, Stopwatch.GetTimestamp()));
            if (_kept.Count > MostKept)
                _kept.Dequeue();
            foreach (var listener in _listeners)
                listener.Tell(heard);
        }
    }

    private string PositionAt(long count) => $"{_node}.{count}";

    private static bool IsRecent(long at) => Stopwatch.GetElapsedTime(at) < Recent;

    private IEnumerable<Heard> Since(string position)
    {
        var missed = position.StartsWith(_node + '.', StringComparison.Ordinal) && long.TryParse(position.AsSpan(_node.Length + 1), CultureInfo.InvariantCulture, out var count)
            ? Math.Max(_count - count, 0)
            : _kept.Count < MostKept || !IsRecent(_kept.Peek().At) ? _kept.Count(kept => IsRecent(kept.At)) : _count;
        return missed > _kept.Count ? [new(Position, new(Resync, 0))] : _kept.Skip(_kept.Count - (int)missed).Select(kept => kept.Heard);
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
    internal void Hear(string payload)
    {
        if (JsonSerializer.Deserialize<FromNode>(payload) is not { } heard || heard.Node == _node)
            return;
        database.Changed(); // before a page that hears it asks
        Spread(heard.Signal);
    }

    /// <summary>A signal as a listener hears it.</summary>
    /// <param name="Position">How far it has heard with this one.</param>
    /// <param name="Signal">The signal.</param>
    public sealed record Heard(string Position, LiveSignal Signal);

    /// <summary>Somebody who listens. One that does not keep up hears that it missed something, once.</summary>
    public sealed class Listening : IDisposable
    {
        private readonly LiveSignals _signals;
        private readonly Channel<Heard> _waiting;
        private int _missed;

        internal Listening(LiveSignals signals, IEnumerable<Heard> first)
        {
            _signals = signals;
            _waiting = Channel.CreateBounded<Heard>(new BoundedChannelOptions(MostKept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Volatile.Write(ref _missed, 1));
            foreach (var heard in first)
                Tell(heard);
        }

        internal void Tell(Heard heard) => _waiting.Writer.TryWrite(heard);

        /// <summary>Waits until there is something to hear.</summary>
        public Task Wait(CancellationToken ct) => _waiting.Reader.WaitToReadAsync(ct).AsTask();

        /// <summary>The next signal, if one is there.</summary>
        public bool TryRead([NotNullWhen(true)] out Heard? heard)
        {
            if (!_waiting.Reader.TryRead(out heard))
                return false;
            if (Interlocked.Exchange(ref _missed, 0) == 1)
                heard = heard with { Signal = new(Resync, 0) };
            return true;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_signals._gate)
                _signals._listeners.Remove(this);
        }
    }

    private sealed record FromNode(string Node, LiveSignal Signal);
}

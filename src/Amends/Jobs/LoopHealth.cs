using System.Collections.Concurrent;

namespace Amends.Jobs;

/// <summary>How the loops of this node are doing, for readiness.</summary>
public sealed class LoopHealth(TimeProvider clock)
{
    private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, (long Began, string? Error, bool Running)> _loops = [];

    /// <summary>A round begins.</summary>
    public void Began(string loop) => _loops[loop] = (clock.GetTimestamp(), _loops.TryGetValue(loop, out var was) ? was.Error : null, true);

    /// <summary>A round went well.</summary>
    public void Worked(string loop) => _loops[loop] = (clock.GetTimestamp(), null, false);

    /// <summary>A round failed.</summary>
    public void Failed(string loop, string why) => _loops[loop] = (clock.GetTimestamp(), why, false);

    /// <summary>One sentence for each loop that fails or hangs; empty when all is well.</summary>
    public IReadOnlyList<string> Troubles() =>
        [.. from loop in _loops
            let hangs = loop.Value.Running && clock.GetElapsedTime(loop.Value.Began) > Hangs
            where hangs || loop.Value.Error is not null
            orderby loop.Key
            select hangs ? $"{loop.Key} hangs" : $"{loop.Key} fails"];
}

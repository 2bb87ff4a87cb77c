using System.Collections.Concurrent;
using Amends.Data;
using Amends.Jobs;
using Dapper;

namespace Amends.Clock;

/// <summary>
/// Wakes every case whose alarm is due. Safe on many nodes: the loser of a race finds nothing left to ring. A case that
/// cannot be woken holds up none of the others; it shows in readiness and is tried again.
/// </summary>
public sealed class WakeCases(Database database, CaseStore cases, TimeProvider clock, LoopHealth health, ILogger<WakeCases> log)
    : Loop(TimeSpan.FromSeconds(5), health, log)
{
    private const int Most = 200, AtOnce = 8; // so many share a commit

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await database.Read(connection => connection.QueryAsync<long>(
            "select number from cases where wake_at <= @now order by wake_at limit @Most", new { now = now.ToUnixTimeMilliseconds(), Most }), ct);
        var (woken, failures) = (0, new ConcurrentBag<Exception>());
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (number, _) =>
        {
            try
            {
                await cases.Change(number, @case => @case.Wake(now), ct);
                Interlocked.Increment(ref woken);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        });

        return failures.IsEmpty ? woken == Most : throw new AggregateException(failures);
    }
}

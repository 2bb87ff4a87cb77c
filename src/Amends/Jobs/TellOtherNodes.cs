using Amends.Data;
using Amends.Web;
using Dapper;

namespace Amends.Jobs;

/// <summary>
/// Tells the other nodes through PostgreSQL what changed, many signals at a time. Not in the transactions that made the
/// changes: a transaction with NOTIFY commits alone, and every mail and click would wait in that line. What is lost when
/// a node dies between the two are signals, never changes.
/// </summary>
public sealed class TellOtherNodes(Database database, LiveSignals live, LoopHealth health, ILogger<TellOtherNodes> log) : Loop(TimeSpan.FromHours(1), health, log)
{
    private const int Most = 200;
    private readonly LoopHealth _health = health;

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        if (database is not PostgresDatabase)
            return false;

        while (true)
        {
            _health.Worked(nameof(TellOtherNodes)); // waiting is not hanging
            var payloads = await live.ForOthers(Most, ct);
            _health.Began(nameof(TellOtherNodes));
            await database.Read(connection => connection.ExecuteAsync(new CommandDefinition(
                "select pg_notify(@Topic, payload) from unnest(@payloads) as payload", new { LiveSignals.Topic, payloads }, cancellationToken: ct)), ct);
        }
    }
}

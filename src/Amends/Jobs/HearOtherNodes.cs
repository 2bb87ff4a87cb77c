using Amends.Data;
using Amends.Web;
using Dapper;
using Npgsql;

namespace Amends.Jobs;

/// <summary>Listens to what other nodes announce through PostgreSQL. A lost connection comes back; pages resynchronise by themselves.</summary>
public sealed class HearOtherNodes(Database database, LiveSignals live, LoopHealth health, ILogger<HearOtherNodes> log) : Loop(TimeSpan.FromHours(1), health, log)
{
    private readonly LoopHealth _health = health;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        if (database is not PostgresDatabase)
            return false;

        await using var connection = (NpgsqlConnection)await database.Connect(ct);
        connection.Notification += (_, notice) => live.Hear(notice.Payload);
        await connection.ExecuteAsync($"listen {LiveSignals.Topic}");
        while (true)
        {
            await connection.WaitAsync(Look, ct);
            await connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: ct)); // is it still there?
            _health.Began(nameof(HearOtherNodes));
        }
    }
}

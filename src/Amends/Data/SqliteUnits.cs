using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Amends.Data;

/// <summary>
/// One transaction of SQLite's writer for several units that run side by side: what they reckon takes all processors, what they
/// ask is answered by the writer, one after the other.
/// </summary>
/// <param name="connection">The writer's.</param>
/// <param name="transaction">The transaction of all.</param>
/// <param name="units">How many there are.</param>
internal sealed class SqliteUnits(SqliteConnection connection, SqliteTransaction transaction, int units) : RoundTrip.ISharedCarrier, IDisposable
{
    private readonly BlockingCollection<(RoundTrip.Request Request, TaskCompletionSource Answered)> _asked = [];
    private readonly Dictionary<string, long> _lastIds = [];
    private int _running = units;

    /// <inheritdoc/>
    public Task Carry(RoundTrip.Request request)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Add((request, answered));
        return answered.Task;
    }

    /// <inheritdoc/>
    public Task Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _asked.CompleteAdding();
        return Task.CompletedTask;
    }

    /// <summary>The id of a row to come: no other unit beside it is given the same. They are counted here, so whoever adds rows of that table in this transaction asks for their ids.</summary>
    /// <param name="table">A table whose rows count up.</param>
    public async Task<long> NewId(string table)
    {
        long? read = null;
        while (true)
        {
            lock (_lastIds)
            {
                if (_lastIds.TryGetValue(table, out var last) || read is not null)
                    return _lastIds[table] = Math.Max(last, read ?? 0) + 1;
            }

            read = (await new RoundTrip(this).List<long>("select coalesce(max(seq), 0) from sqlite_sequence where name = @table", new { table }))[0];
        }
    }

    /// <summary>Answers, on the writer's own thread, until all units have ended.</summary>
    public void Serve()
    {
        foreach (var (request, answered) in _asked.GetConsumingEnumerable())
        {
            try
            {
                Execute(request);
                answered.SetResult();
            }
            catch (Exception failure)
            {
                answered.SetException(failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asked.Dispose();

    private void Execute(RoundTrip.Request request)
    {
        foreach (var (i, statement) in request.Statements.Index())
        {
            if (!request.IsRead(i))
            {
                request.Changed[i] = connection.Execute(statement.Sql, statement.Parameters, transaction);
                continue;
            }

            using var reader = (DbDataReader)connection.ExecuteReader(statement.Sql, statement.Parameters, transaction);
            request.Read!(reader).GetAwaiter().GetResult(); // SQLite answers at once: nothing here waits
        }
    }
}

using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Amends.Data.Backups;

/// <summary>
/// Everything as it was at one moment, however long the reading takes and whatever is written meanwhile: a read
/// transaction on SQLite (WAL), a repeatable read on PostgreSQL. Nothing can be changed through it.
/// </summary>
public sealed class Snapshot : IAsyncDisposable
{
    private Snapshot(DbConnection connection, DbTransaction transaction, string dialect) => (Connection, Transaction, Dialect) = (connection, transaction, dialect);

    /// <summary>Reads inside the snapshot; one reader at a time.</summary>
    public DbConnection Connection { get; }

    /// <summary>The snapshot itself.</summary>
    internal DbTransaction Transaction { get; }

    /// <summary>Of the database: <c>sqlite</c> or <c>postgres</c>.</summary>
    public string Dialect { get; }

    /// <summary>Fixes the moment.</summary>
    public static async Task<Snapshot> Take(Database database, CancellationToken ct = default)
    {
        var connection = await database.Connect(ct);
        if (connection is SqliteConnection sqlite)
        {
            await connection.ExecuteAsync("pragma query_only = 1");
            var reading = sqlite.BeginTransaction(deferred: true);
            await connection.ExecuteScalarAsync<long>("select count(*) from sqlite_master", transaction: reading); // the first read fixes the moment
            return new Snapshot(connection, reading, database.Dialect);
        }

        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await connection.ExecuteAsync("set transaction read only", transaction: transaction);
        return new Snapshot(connection, transaction, database.Dialect);
    }

    /// <summary>All rows of a query, one after the other; none is kept.</summary>
    public IAsyncEnumerable<T> Rows<T>(string sql, object? values = null) => Connection.QueryUnbufferedAsync<T>(sql, values, Transaction);

    /// <summary>The first column of the only row.</summary>
    public Task<T?> Value<T>(string sql, object? values = null) => Connection.ExecuteScalarAsync<T>(sql, values, Transaction);

    /// <summary>A reader over a query.</summary>
    public Task<DbDataReader> Open(string sql, CancellationToken ct) => Connection.ExecuteReaderAsync(new CommandDefinition(sql, transaction: Transaction, cancellationToken: ct));

    /// <summary>The tables in it.</summary>
    internal Task<IReadOnlyList<Table>> Tables() => Table.All(Connection, Transaction, Dialect);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

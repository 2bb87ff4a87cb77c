using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Amends.Data;

/// <summary>
/// SQLite in WAL mode, <c>synchronous=FULL</c>. All writes go through one writer that commits groups: units that arrive
/// while the disk works share the next commit, each in its own savepoint, so one that fails rolls back alone.
/// </summary>
public sealed class SqliteDatabase : Database
{
    private const int LargestGroup = 64;

    /// <summary>Pages of the log until they are brought home: a page that many commits change is written there once. 16 MB.</summary>
    private const int LargestLog = 4_000;
    private const int ReadOnly = 8, CannotOpen = 14, NoDatabase = 26; // SQLite's result codes

    private readonly string _path;
    private readonly string _connectionString;
    private readonly Channel<IPending> _queue = Channel.CreateUnbounded<IPending>(new() { SingleReader = true });
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly Lazy<Task> _writer;

    /// <param name="path">The file; its folder is made when missing.</param>
    public SqliteDatabase(string path)
    {
        if (path.Length == 0)
            throw new BadSetting("AMENDS_DATABASE", "names no file after sqlite:");
        _path = Path.GetFullPath(path);
        OwnFolder.Make(Path.GetDirectoryName(_path) ?? "/", "AMENDS_DATA or AMENDS_DATABASE");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 60 }.ToString();
        _writer = new(() => Task.Factory.StartNew(WriteGroups, TaskCreationOptions.LongRunning));
    }

    /// <inheritdoc/>
    public override string Dialect => "sqlite";

    /// <inheritdoc/>
    public override string ForUpdate => "";

    /// <inheritdoc/>
    public override string SkipLocked => "";

    /// <inheritdoc/>
    public override string Translate(string schemaSql) => schemaSql
        .Replace("{id}", "integer primary key autoincrement")
        .Replace("{blob}", "blob");

    /// <inheritdoc/>
    public override async Task<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken ct = default)
    {
        if (!_readers.TryTake(out var connection))
        {
            connection = (SqliteConnection)await Connect(ct);
            await connection.ExecuteAsync("pragma query_only = 1");
        }

        var result = await read(connection); // a connection that failed is not used again
        _readers.Add(connection);
        return result;
    }

    /// <inheritdoc/>
    public override async Task<T> Write<T>(Func<Unit, Task<T>> work, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        return await Ask(new Alone<T>(work));
    }

    private Task<T> Ask<T>(Pending<T> pending)
    {
        _ = _writer.Value;
        return _queue.Writer.TryWrite(pending) ? pending.Done : throw new ObjectDisposedException(nameof(SqliteDatabase));
    }

    /// <inheritdoc/>
    public override async Task<bool> WriteTogether(IReadOnlyList<Func<Unit, Task>> works, CancellationToken ct = default)
    {
        if (works.Count < 2)
            return false;
        try
        {
            ct.ThrowIfCancellationRequested();
            await Ask(new Together(works));
            return true;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return false; // by itself, the one in trouble says what it is
        }
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> Connect(CancellationToken ct)
    {
        var connection = new RememberingConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await connection.ExecuteAsync($"pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = {LargestLog}; pragma cache_size = -16000; pragma temp_store = memory; pragma busy_timeout = 60000;");
            return connection;
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode is ReadOnly or CannotOpen or NoDatabase)
        {
            await connection.DisposeAsync();
            throw new BadSetting("AMENDS_DATA or AMENDS_DATABASE", $"leads to {_path}, which cannot be used as a database: {raw.sqlite3_errstr(refused.SqliteErrorCode).utf8_to_string()}");
        }
    }

    /// <inheritdoc/>
    public override Task<long> Size(CancellationToken ct) => Read(connection =>
        connection.ExecuteScalarAsync<long>("select page_count * page_size from pragma_page_count, pragma_page_size"), ct);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_writer.IsValueCreated)
            await _writer.Value;
        while (_readers.TryTake(out var reader))
            await reader.DisposeAsync();
    }

    /// <summary>On a thread of its own, which waits: those of the pool do what is written.</summary>
    private void WriteGroups()
    {
        SqliteConnection? connection = null;
        var group = new List<IPending>(LargestGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var next))
                group.Add(next);
            WriteGroup(ref connection, group);
        }

        connection?.Dispose();
    }

    /// <summary>Commits a group. When the file cannot be opened or the commit itself fails, everybody in it hears so: nothing was kept, and the next group tries again.</summary>
    private void WriteGroup(ref SqliteConnection? connection, List<IPending> group)
    {
        try
        {
            connection ??= (SqliteConnection)Connect(CancellationToken.None).GetAwaiter().GetResult();
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var pending in group)
                pending.Run(connection, transaction);
            foreach (var pending in group)
                pending.RunLast();
            transaction.Commit();
        }
        catch (Exception failure)
        {
            group.ForEach(pending => pending.Fail(failure));
            return;
        }

        Changed();
        group.ForEach(pending => pending.Complete());
    }

    private interface IPending
    {
        void Run(SqliteConnection connection, SqliteTransaction transaction);
        void RunLast();
        void Complete();
        void Fail(Exception failure);
    }

    private abstract class Pending<T> : IPending
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IReadOnlyList<Unit> _units = [];
        private T? _result;
        private Exception? _failure;

        public Task<T> Done => _done.Task;

        /// <summary>Does the work; returns its units.</summary>
        protected abstract (IReadOnlyList<Unit> Units, T Result) Work(SqliteConnection connection, SqliteTransaction transaction);

        public void Run(SqliteConnection connection, SqliteTransaction transaction)
        {
            transaction.Save("unit");
            try
            {
                (_units, _result) = Work(connection, transaction);
                transaction.Release("unit");
            }
            catch (Exception failure)
            {
                _failure = failure;
                transaction.Rollback("unit");
                transaction.Release("unit");
            }
        }

        public void RunLast()
        {
            foreach (var unit in _units)
                unit.RunLast().GetAwaiter().GetResult();
        }

        public void Complete()
        {
            if (_failure is not null)
            {
                _done.TrySetException(_failure);
                return;
            }

            foreach (var unit in _units)
            {
                try
                {
                    unit.Committed();
                }
                catch (Exception failure)
                {
                    _done.TrySetException(failure); // it is kept; the writer goes on with what others asked for
                }
            }

            _done.TrySetResult(_result!);
        }

        public void Fail(Exception failure) => _done.TrySetException(_failure ?? failure);
    }

    private sealed class Alone<T>(Func<Unit, Task<T>> work) : Pending<T>
    {
        protected override (IReadOnlyList<Unit> Units, T Result) Work(SqliteConnection connection, SqliteTransaction transaction)
        {
            var unit = new Unit(connection, transaction);
            return ([unit], work(unit).GetAwaiter().GetResult()); // SQLite answers at once: nothing here waits
        }
    }

    private sealed class Together(IReadOnlyList<Func<Unit, Task>> works) : Pending<int>
    {
        protected override (IReadOnlyList<Unit> Units, int Result) Work(SqliteConnection connection, SqliteTransaction transaction)
        {
            using var carrier = new SqliteUnits(connection, transaction, works.Count);
            var running = RoundTrip.Run(works, () => new Unit(connection, transaction, carrier), carrier);
            carrier.Serve();
            return (running.GetAwaiter().GetResult(), 0);
        }
    }
}

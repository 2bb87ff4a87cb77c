using System.Data.Common;

namespace Amends.Data;

/// <summary>
/// Where everything is kept. Two kinds with one behaviour: SQLite for one machine, PostgreSQL for many. SQL is written
/// once for both; the few words that differ are members here.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private long _changes;

    /// <summary>Opens the database that a URL names: <c>sqlite:PATH</c> or <c>postgres://user@host:port/db</c>.</summary>
    /// <param name="url">The URL, as in <c>AMENDS_DATABASE</c>.</param>
    /// <param name="password">For PostgreSQL, when it is not in <c>PGPASSWORD</c> or <c>~/.pgpass</c>.</param>
    /// <exception cref="BadSetting">The URL names neither kind.</exception>
    public static Database Open(string url, string? password = null) =>
        url.StartsWith("sqlite:", StringComparison.Ordinal) ? new SqliteDatabase(url["sqlite:".Length..])
        : url.StartsWith("postgres://", StringComparison.Ordinal) || url.StartsWith("postgresql://", StringComparison.Ordinal) ? new PostgresDatabase(url, password)
        : throw new BadSetting("AMENDS_DATABASE", "must start with sqlite: or postgres://");

    static Database() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The suffix of schema files that are for this kind alone: <c>sqlite</c> or <c>postgres</c>.</summary>
    public abstract string Dialect { get; }

    /// <summary>Locks the rows that a select returns until the unit ends; empty where the one writer makes it needless.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>As <see cref="ForUpdate"/>, passing over rows that another node holds.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>A condition for one of several values: <c>mail_id {Among("@ids")}</c> with an array as <c>ids</c>.</summary>
    public string Among(string values) => Dialect == "postgres" ? $"= any({values})" : $"in {values}";

    /// <summary>Words that create things, written in braces in schema files.</summary>
    public abstract string Translate(string schemaSql);

    /// <summary>Reads. The connection is the caller's alone until the task ends; nothing can be written with it on SQLite.</summary>
    public abstract Task<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken ct = default);

    /// <summary>
    /// One unit of work: all of it is kept, or nothing. Returns after the commit is durable. The function may run again
    /// when two units collide, so it must only touch what it is given, and must await nothing but the unit.
    /// </summary>
    public abstract Task<T> Write<T>(Func<Unit, Task<T>> work, CancellationToken ct = default);

    /// <summary>As <see cref="Write{T}"/>, without a result.</summary>
    public Task Write(Func<Unit, Task> work, CancellationToken ct = default) => Write(async unit => { await work(unit); return 0; }, ct);

    /// <summary>As <see cref="Write{T}"/>, for small units that come in numbers and know nothing of each other: those that come at a time may share a commit. One may run once more after it was kept, when the answer to the commit was lost.</summary>
    public virtual Task WriteSoon(Func<Unit, Task> work, CancellationToken ct = default) => Write(work, ct);

    /// <summary>
    /// Several units of work in one transaction, side by side: all of them are kept, or nothing.
    /// <c>false</c> when nothing was, because one of them failed or because nothing is gained by it; each
    /// then goes by itself. They run between one another, so none may wait for a lock that another one holds; and when the
    /// answer to the commit was lost they run again, so each must do nothing the second time.
    /// </summary>
    public abstract Task<bool> WriteTogether(IReadOnlyList<Func<Unit, Task>> works, CancellationToken ct = default);

    /// <summary>Another number than before once this node has written anything, or heard that another node has: what was read at an older one may be stale.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Says that something was written.</summary>
    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>A connection of the caller's own, for the migrator, backup and listening.</summary>
    public abstract Task<DbConnection> Connect(CancellationToken ct);

    /// <summary>Bytes on disk, for people who look after it.</summary>
    public abstract Task<long> Size(CancellationToken ct);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

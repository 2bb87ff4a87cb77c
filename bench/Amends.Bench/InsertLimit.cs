using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amends.Bench;

/// <summary>
/// The limit for what is stored: the same bytes into one bare table, a row a transaction (a new one, or one that is there), each
/// durable before the next of its thread begins, with as many threads.
/// </summary>
public static class InsertLimit
{
    private const int Updated = 1_000; // rows that are there to be updated, so that threads seldom wait for one another

    /// <summary>Inserts, or updates, for a while; returns rows a second.</summary>
    public static Task<double> Measure(string kind, Place place, IReadOnlyList<byte[]> rows, int threads, TimeSpan length, bool isUpdate = false) =>
        kind == "postgres" ? Postgres(place.App.Database, rows, threads, length, isUpdate) : Sqlite(place.File($"limit-{Guid.NewGuid():n}.db"), rows, threads, length, isUpdate);

    /// <summary>One writer at a time, as SQLite has it: a lock in the process is quicker than waiting for the file's.</summary>
    private static async Task<double> Sqlite(string file, IReadOnlyList<byte[]> rows, int threads, TimeSpan length, bool isUpdate)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full; create table limit_rows (id integer primary key, data blob not null)");
        if (isUpdate)
            await connection.ExecuteAsync($"with recursive n(i) as (select 1 union all select i + 1 from n where i < {Updated}) insert into limit_rows (id, data) select i, x'00' from n");
        await using var insert = connection.CreateCommand();
        insert.CommandText = isUpdate ? "update limit_rows set data = @data where id = @id" : "insert into limit_rows (data) values (@data)";
        var data = insert.Parameters.Add("@data", SqliteType.Blob);
        var id = isUpdate ? insert.Parameters.Add("@id", SqliteType.Integer) : null;
        var one = new Lock();
        return await Rate(threads, length, i =>
        {
            lock (one)
            {
                data.Value = rows[i % rows.Count];
                if (id is not null)
                    id.Value = 1 + i % Updated;
                insert.ExecuteNonQuery();
            }

            return Task.CompletedTask;
        });
    }

    private static async Task<double> Postgres(string url, IReadOnlyList<byte[]> rows, int threads, TimeSpan length, bool isUpdate)
    {
        var place = new Uri(url);
        await using var source = NpgsqlDataSource.Create($"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]};MaxAutoPrepare=10;Maximum Pool Size={threads + 1}");
        await using (var make = source.CreateCommand("create table limit_rows (id bigint generated always as identity primary key, data bytea not null)"))
            await make.ExecuteNonQueryAsync();
        if (isUpdate)
        {
            await using var fill = source.CreateCommand($"insert into limit_rows (data) select '' from generate_series(1, {Updated})");
            await fill.ExecuteNonQueryAsync();
        }

        var rate = await Rate(threads, length, async i =>
        {
            await using var insert = source.CreateCommand(isUpdate ? "update limit_rows set data = $1 where id = $2" : "insert into limit_rows (data) values ($1)");
            insert.Parameters.AddWithValue(rows[i % rows.Count]);
            if (isUpdate)
                insert.Parameters.AddWithValue((long)(1 + i % Updated));
            await insert.ExecuteNonQueryAsync();
        });
        await using var drop = source.CreateCommand("drop table limit_rows");
        await drop.ExecuteNonQueryAsync();
        return rate;
    }

    /// <summary>Does something as often as it goes for a while, with so many threads; returns how often a second.</summary>
    public static async Task<double> Rate(int threads, TimeSpan length, Func<int, Task> insert)
    {
        await insert(0);
        var done = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
                await insert(Interlocked.Increment(ref done));
        })));
        return done / watch.Elapsed.TotalSeconds;
    }
}

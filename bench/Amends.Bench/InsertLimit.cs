using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amends.Bench;

/// <summary>
/// The limit for taking mail in: the same bytes into one bare table, a row a transaction, each durable before the next
/// of its thread begins, with as many threads.
/// </summary>
public static class InsertLimit
{
    /// <summary>Inserts for a while; returns rows a second.</summary>
    public static Task<double> Measure(string kind, Place place, IReadOnlyList<byte[]> rows, int threads, TimeSpan length) =>
        kind == "postgres" ? Postgres(place.App.Database, rows, threads, length) : Sqlite(place.File("limit.db"), rows, threads, length);

    /// <summary>One writer at a time, as SQLite has it: a lock in the process is quicker than waiting for the file's.</summary>
    private static async Task<double> Sqlite(string file, IReadOnlyList<byte[]> rows, int threads, TimeSpan length)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full; create table limit_rows (id integer primary key, data blob not null)");
        await using var insert = connection.CreateCommand();
        insert.CommandText = "insert into limit_rows (data) values (@data)";
        var data = insert.Parameters.Add("@data", SqliteType.Blob);
        var one = new Lock();
        return await Rate(threads, length, i =>
        {
            lock (one)
            {
                data.Value = rows[i % rows.Count];
                insert.ExecuteNonQuery();
            }

            return Task.CompletedTask;
        });
    }

    private static async Task<double> Postgres(string url, IReadOnlyList<byte[]> rows, int threads, TimeSpan length)
    {
        var place = new Uri(url);
        await using var source = NpgsqlDataSource.Create($"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]};MaxAutoPrepare=10;Maximum Pool Size={threads + 1}");
        await using (var make = source.CreateCommand("create table limit_rows (id bigint generated always as identity primary key, data bytea not null)"))
            await make.ExecuteNonQueryAsync();
        var rate = await Rate(threads, length, async i =>
        {
            await using var insert = source.CreateCommand("insert into limit_rows (data) values ($1)");
            insert.Parameters.AddWithValue(rows[i % rows.Count]);
            await insert.ExecuteNonQueryAsync();
        });
        await using var drop = source.CreateCommand("drop table limit_rows");
        await drop.ExecuteNonQueryAsync();
        return rate;
    }

    private static async Task<double> Rate(int threads, TimeSpan length, Func<int, Task> insert)
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

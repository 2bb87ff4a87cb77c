using Amends.Data;
using Amends.Tests.Servers;
using Dapper;
using Npgsql;

namespace Amends.Tests.Storage;

public sealed class MigratorTests
{
    [Fact]
    public async Task On_SQLite_the_next_start_completes_what_a_kill_at_any_statement_left()
    {
        var folder = Directory.CreateTempSubdirectory("amends-migrator-").FullName;
        try
        {
            var images = new List<string>();
            var file = Path.Combine(folder, "amends.db");
            await using (var database = Database.Open("sqlite:" + file))
            {
                await new Migrator(database) { BeforeStatement = _ => images.Add(Image(file, images.Count)) }.Run(); // the files as a kill -9 at this moment leaves them
                var whole = await Schema(database);
                Assert.True(images.Count > 50);
                foreach (var image in images)
                {
                    await using var found = Database.Open("sqlite:" + image);
                    await new Migrator(found).Run();
                    Assert.Equal(whole, await Schema(found));
                    Assert.Empty(await new Migrator(found).Run());
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task On_PostgreSQL_the_next_start_completes_what_a_kill_at_any_statement_left()
    {
        await using var whole = Database.Open(await PostgresServer.CreateDatabase());
        var count = 0;
        await new Migrator(whole) { BeforeStatement = _ => count++ }.Run();
        var schema = await Schema(whole);
        var url = await PostgresServer.CreateDatabase();
        await using var outside = Database.Open(url);
        for (var at = 1; at <= count; at++)
        {
            await outside.Read(connection => connection.ExecuteAsync("drop schema public cascade; create schema public"));
            await using (var killed = Database.Open(url))
            {
                var (left, ended) = (at, false);
                var migrator = new Migrator(killed) { BeforeStatement = _ => ended |= --left == 0 && End(outside) };
                await Assert.ThrowsAnyAsync<Exception>(() => migrator.Run());
                Assert.True(ended);
            }

            await using var next = Database.Open(url);
            await new Migrator(next).Run();
            Assert.Equal(schema, await Schema(next));
            Assert.Empty(await new Migrator(next).Run());
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Nodes_that_start_together_wait_for_one_another(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("amends-migrator-").FullName;
        var url = kind == "postgres" ? await PostgresServer.CreateDatabase() : "sqlite:" + Path.Combine(folder, "amends.db");
        var nodes = Enumerable.Range(0, 4).Select(_ => Database.Open(url)).ToList();

        var ran = await Task.WhenAll(nodes.Select(node => Task.Run(() => new Migrator(node).Run())));

        Assert.Equal(new Migrator(nodes[0]).Steps().Select(step => step.Name), ran.SelectMany(steps => steps).Order());
        foreach (var node in nodes)
            await node.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_database_of_another_program_is_refused_in_words(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Database.Write(unit => unit.Run("insert into schema_steps (name, checksum, at) values ('9999_later', 'x', 0)"));
        Assert.Contains("9999_later", (await Assert.ThrowsAsync<BadSetting>(() => new Migrator(desk.Database).Run())).Message);
        await desk.Database.Write(unit => unit.Run("update schema_steps set checksum = 'other' where name = '0004_signin'"));
        Assert.Contains("0004_signin", (await Assert.ThrowsAsync<BadSetting>(() => new Migrator(desk.Database).Run())).Message);
    }

    /// <summary>Copies the file and its log while a transaction is open.</summary>
    private static string Image(string file, int number)
    {
        var image = $"{file}.{number}";
        foreach (var part in (string[])["", "-wal"])
        {
            if (!File.Exists(file + part))
                continue;
            using var from = new FileStream(file + part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = File.Create(image + part);
            from.CopyTo(to);
        }

        return image;
    }

    private static bool End(Database outside) => outside.Read(connection =>
        connection.ExecuteScalarAsync<bool>("select bool_or(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")).GetAwaiter().GetResult();

    private static Task<string> Schema(Database database) => database.Read(async connection => string.Join('\n', await connection.QueryAsync<string>(database.Dialect == "sqlite"
        ? "select coalesce(sql, name) from sqlite_master union all select name || checksum from schema_steps union all select name || seq from sqlite_sequence order by 1"
        : """
          select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '') || coalesce(identity_start, '') from information_schema.columns where table_schema = 'public'
          union all select indexdef from pg_indexes where schemaname = 'public' union all select name || checksum from schema_steps order by 1
          """)));
}

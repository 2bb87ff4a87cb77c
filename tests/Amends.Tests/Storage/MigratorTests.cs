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
            var (images, stations, completed) = (new List<string>(), new HashSet<string>(), new HashSet<string>()); // a station is what is there at the beginning of a step
            var file = Path.Combine(folder, "amends.db");
            await using (var database = Database.Open("sqlite:" + file))
            {
                var firsts = new Migrator(database).Steps().Select(step => step.Statements.FirstOrDefault()).OfType<string>().ToHashSet();
                await new Migrator(database)
                {
                    BeforeStatement = statement =>
                    {
                        _ = firsts.Contains(statement) && stations.Add(Schema(database).GetAwaiter().GetResult());
                        images.Add(Image(file, images.Count)); // the files as a kill -9 at this moment leaves them
                    },
                }.Run();
                Assert.Equal(firsts.Count, stations.Count);
                var whole = await Schema(database);
                Assert.True(images.Count > 50);
                foreach (var image in images)
                {
                    await using var found = Database.Open("sqlite:" + image);
                    var left = await Schema(found);
                    Assert.Contains(left, stations); // nothing of a step that was not finished
                    if (!completed.Add(left))
                        continue;
                    await new Migrator(found).Run();
                    Assert.Equal(whole, await Schema(found));
                    Assert.Empty(await new Migrator(found).Run());
                }

                Assert.Equal(stations, completed);
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
        var firsts = new Migrator(whole).Steps().Select(step => step.Statements.FirstOrDefault()).OfType<string>().ToHashSet();
        var (count, stations) = (0, new HashSet<string>()); // what is there at the beginning of each step while nobody is killed
        await new Migrator(whole) { BeforeStatement = statement => { count++; _ = firsts.Contains(statement) && stations.Add(Schema(whole).GetAwaiter().GetResult()); } }.Run();
        Assert.Equal(firsts.Count, stations.Count);

        var url = await PostgresServer.CreateDatabase();
        await using var outside = Database.Open(url);
        var (at, found, kills) = (1, "", 0);
        while (await EndsAt(url, outside, at)) // each start goes on where the last one was killed, and gets one statement further
        {
            kills++;
            var left = await Schema(outside);
            Assert.Contains(left, stations);
            (at, found) = (left == found ? at + 1 : 2, left);
        }

        Assert.Equal(count, kills);
        Assert.Equal(await Schema(whole), await Schema(outside));
        Assert.Empty(await new Migrator(outside).Run());
    }

    /// <summary>Starts a migration whose connection ends before one of its statements; <c>false</c> when it had fewer, and is complete.</summary>
    private static async Task<bool> EndsAt(string url, Database outside, int statement)
    {
        await using var killed = Database.Open(url);
        var ended = false;
        var migrator = new Migrator(killed) { BeforeStatement = _ => ended |= --statement == 0 && End(outside) };
        if (await Record.ExceptionAsync(() => migrator.Run()) is { } failure && !ended)
            throw failure;
        return ended;
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

    private static Task<string> Schema(Database database) => database.Read(async connection =>
    {
        var numbered = database.Dialect == "sqlite" && await connection.ExecuteScalarAsync<long>("select count(*) from sqlite_master where name = 'sqlite_sequence'") > 0; // from the first table that counts its rows on
        return string.Join('\n', await connection.QueryAsync<string>(database.Dialect == "sqlite"
            ? $"select coalesce(sql, name) from sqlite_master union all select name || checksum from schema_steps{(numbered ? " union all select name || seq from sqlite_sequence" : "")} order by 1"
            : """
              select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '') || coalesce(identity_start, '') from information_schema.columns where table_schema = 'public'
              union all select indexdef from pg_indexes where schemaname = 'public' union all select name || checksum from schema_steps order by 1
              """));
    });
}

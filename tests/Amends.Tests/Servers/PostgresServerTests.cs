using Npgsql;

namespace Amends.Tests.Servers;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task Every_database_is_new_and_empty()
    {
        var first = await PostgresServer.CreateDatabase();
        var second = await PostgresServer.CreateDatabase();
        Assert.NotEqual(first, second);
        await Run(first, "CREATE TABLE here (id int)");
        Assert.Equal(0L, await Run(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'here'"));
    }

    [Fact]
    public async Task A_prepared_database_is_prepared_once_and_copied()
    {
        var times = 0;
        async Task Prepare(string url)
        {
            times++;
            await Run(url, "CREATE TABLE prepared AS SELECT 7::bigint AS answer");
        }

        var first = await PostgresServer.CreateDatabase("postgres-server-tests", Prepare);
        var second = await PostgresServer.CreateDatabase("postgres-server-tests", Prepare);
        await Run(first, "UPDATE prepared SET answer = 8");
        Assert.Equal(7L, await Run(second, "SELECT answer FROM prepared"));
        Assert.Equal(1, times);
    }

    private static async Task<object?> Run(string url, string sql)
    {
        var place = new Uri(url);
        await using var source = NpgsqlDataSource.Create(
            $"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]}");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

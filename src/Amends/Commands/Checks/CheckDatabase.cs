using System.Data.Common;
using Amends.Data;
using Amends.Web;
using Dapper;

namespace Amends.Commands.Checks;

/// <summary>Whether the database answers, is whole, and has the schema of this program; and the clock.</summary>
internal static class CheckDatabase
{
    private const int OldestPostgres = 150000;

    /// <summary>What is to say of it.</summary>
    public static async IAsyncEnumerable<Finding> Of(Database database, Surroundings surroundings, TimeProvider clock)
    {
        if (surroundings.Database.StartsWith("sqlite:", StringComparison.Ordinal) && surroundings.Database["sqlite:".Length..] is var path && !File.Exists(path))
        {
            yield return new Finding(Level.Bad, "database", $"{path} is not there", "Start Amends once, or restore a backup, or set AMENDS_DATA to the right folder.");
            yield break;
        }

        var reached = await Reach(database);
        yield return reached;
        if (reached.Level == Level.Bad)
            yield break;
        yield return await Schema(database);
        yield return await Clock(database, clock);
    }

    private static async Task<Finding> Reach(Database database)
    {
        try
        {
            var size = await database.Size(default).WaitAsync(TimeSpan.FromSeconds(20));
            return await database.Read(async connection =>
            {
                if (database.Dialect == "sqlite")
                {
                    var check = await connection.ExecuteScalarAsync<string>("pragma quick_check(1)");
                    return check == "ok"
                        ? new Finding(Level.Ok, "database", $"SQLite {await connection.ExecuteScalarAsync<string>("select sqlite_version()")}, {size >> 10:N0} KiB, its file is whole")
                        : new Finding(Level.Bad, "database", $"the file is damaged: {check}", "Stop Amends, keep a copy of the file, and restore the last backup.");
                }

                var version = await connection.ExecuteScalarAsync<string>("select current_setting('server_version')");
                var encoding = await connection.ExecuteScalarAsync<string>("select current_setting('server_encoding')");
                if (encoding != "UTF8")
                    return new Finding(Level.Bad, "database", $"its encoding is {encoding}", "Make a database with --encoding UTF8 and restore a backup into it.");
                return await connection.ExecuteScalarAsync<int>("select cast(current_setting('server_version_num') as integer)") < OldestPostgres
                    ? new Finding(Level.Warn, "database", $"PostgreSQL {version} answers; Amends is tried with 15 and newer", "Upgrade PostgreSQL.")
                    : new Finding(Level.Ok, "database", $"PostgreSQL {version} answers, {size >> 10:N0} KiB");
            });
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or IOException)
        {
            return new Finding(Level.Bad, "database", $"it does not answer: {failure.Message.Split('\n')[0]}", "Look whether it runs, and at AMENDS_DATABASE and its password.");
        }
    }

    private static async Task<Finding> Schema(Database database)
    {
        var steps = new Migrator(database).Steps();
        Dictionary<string, string> ran;
        try
        {
            ran = (await database.Read(connection => connection.QueryAsync<(string, string)>("select name, checksum from schema_steps"))).ToDictionary(row => row.Item1, row => row.Item2);
        }
        catch (DbException)
        {
            return new Finding(Level.Bad, "schema", "there are no tables yet", "amends migrate, or start Amends.");
        }

        if (ran.Keys.Except(steps.Select(step => step.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } newer)
            return new Finding(Level.Bad, "schema", $"it has the step {newer} that this program does not know", "Start the newer program.");
        if (steps.FirstOrDefault(step => ran.TryGetValue(step.Name, out var checksum) && checksum != step.Checksum) is { } other)
            return new Finding(Level.Bad, "schema", $"it was made with another {other.Name}", "Start the program that belongs to it.");
        return steps.FirstOrDefault(step => !ran.ContainsKey(step.Name)) is { } missing
            ? new Finding(Level.Bad, "schema", $"{missing.Name} has not run yet", "Take a backup, then amends migrate, or start Amends.")
            : new Finding(Level.Ok, "schema", $"up to date, {steps[^1].Name}");
    }

    private static async Task<Finding> Clock(Database database, TimeProvider clock)
    {
        if (database.Dialect == "postgres")
        {
            var away = await database.Read(async connection => await connection.ExecuteScalarAsync<long>("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")) - clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (Math.Abs(away) > 5000)
                return new Finding(Level.Warn, "clock", $"this machine and the database's are {Math.Abs(away) / 1000:N0} seconds apart", "Let both keep their time by NTP.");
        }

        var newest = await database.Read(connection => connection.ExecuteScalarAsync<long?>("select max(at) from events where id > (select coalesce(max(id), 0) - 100 from events)")) ?? 0;
        return newest > clock.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds()
            ? new Finding(Level.Bad, "clock", $"it shows {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, but something here happened at {DateTimeOffset.FromUnixTimeMilliseconds(newest):yyyy-MM-dd HH:mm}", "Set the clock; let the machine keep its time by NTP.")
            : new Finding(Level.Ok, "clock", $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
    }
}

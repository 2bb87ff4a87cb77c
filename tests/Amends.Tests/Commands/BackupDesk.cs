using Amends.Commands;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Tests.Servers;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Commands;

/// <summary>A folder for files of a test, databases to restore into, and command lines for both.</summary>
internal sealed class BackupDesk : IDisposable
{
    /// <summary>What a restore changes or leaves out on purpose; step times and checksums differ by kind.</summary>
    public static readonly string[] NotCompared = ["sessions", "customer_sessions", "one_time_links", "presence", "leases", "export_pieces", "schema_steps"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("amends-test-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>The address of a fresh, empty database.</summary>
    public async Task<string> Fresh(string kind) => kind == "postgres" ? await PostgresServer.CreateDatabase() : "sqlite:" + At($"{Guid.NewGuid():n}.db");

    /// <summary>A command line on a database.</summary>
    public CommandLine Line(string database, params string[] args) =>
        new(args, new Surroundings { Data = Folder, Database = database, Urls = "http://127.0.0.1:0", KeyFile = At("keys/amends.key") });

    /// <summary>A backup of a desk.</summary>
    public async Task<string> Take(Desk desk, string name = "backup.zip")
    {
        await TakeBackup.Run(desk.Database, At(name), null, desk.Clock.Now);
        return At(name);
    }

    /// <summary>Restores a file into a database.</summary>
    public static async Task<IReadOnlyList<string>> Restore(string file, Database into, RestoreChoices? choices = null)
    {
        using var backup = BackupFile.Open(file);
        return await new RestoreBackup(into, new TestClock()).Run(backup, choices ?? new RestoreChoices());
    }

    /// <summary>All rows of all tables that a backup has, the same on both kinds.</summary>
    public static async Task<Dictionary<string, List<string>>> Rows(Database database)
    {
        var all = new Dictionary<string, List<string>>();
        await using var snapshot = await Snapshot.Take(database);
        foreach (var table in await snapshot.Tables())
        {
            var rows = new List<string>();
            await using var reader = await snapshot.Open($"select {table.ColumnList} from \"{table.Name}\"", default);
            while (await reader.ReadAsync())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.IsDBNull(i) ? "null" : $"{reader.GetValue(i)}")));
            }

            if (table.Name == Table.Search) // PostgreSQL keeps the words of a text in an order of its own
                rows = rows.ConvertAll(row => string.Join(' ', row.Split(' ', '|').Order(StringComparer.Ordinal)));
            all[table.Name] = [.. rows.Order(StringComparer.Ordinal)];
        }

        return all;
    }

    /// <summary>Changes rows behind the program's back.</summary>
    public static Task Tamper(Database database, string sql) => database.Write(unit => unit.Run(sql));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

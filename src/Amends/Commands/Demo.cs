using Amends.Features.Demo;
using Amends.Web;
using Dapper;

namespace Amends.Commands;

/// <summary><c>amends demo</c> and <c>amends demo reset</c>.</summary>
public static class Demo
{
    /// <summary>Makes the demo company in an empty database.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        await using var app = AmendsHost.Build(line.Surroundings);
        await app.Prepare();
        if (!await IsEmpty(app))
            throw new Domain.Refused("not_empty", "There is data already. The demo needs an empty database; amends demo reset starts a demo over.");
        await Make(app);
        return 0;
    }

    /// <summary>Starts a demo over. Refuses to touch anything but a demo.</summary>
    public static async Task<int> Reset(CommandLine line)
    {
        await using var app = AmendsHost.Build(line.Surroundings);
        await app.Prepare();
        var company = await app.Services.GetRequiredService<Data.StoredSettings>().Company();
        if (!await IsEmpty(app) && !company.IsDemo)
            throw new Domain.Refused("not_a_demo", "This is a real company. Only a demo can be started over.");
        await Clear(app.Services.GetRequiredService<Data.Database>());
        await Make(app);
        return 0;
    }

    /// <summary>Whether nobody works here yet.</summary>
    internal static Task<bool> IsEmpty(WebApplication app) => app.Services.GetRequiredService<Data.Database>()
        .Read(async connection => await connection.ExecuteScalarAsync<long>("select count(*) from people") == 0);

    /// <summary>Makes the demo and shows progress.</summary>
    internal static async Task Make(WebApplication app)
    {
        Console.WriteLine("Making the demo company Northwind Home …");
        await ActivatorUtilities.CreateInstance<MakeDemo>(app.Services).Run(done => Console.WriteLine($"  {done}"));
    }

    private static Task Clear(Data.Database database) => database.Write(async unit =>
    {
        var tables = await unit.List<string>(database.Dialect == "sqlite"
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_%' and name not in ('schema_steps')"
            : "select tablename from pg_tables where schemaname = current_schema() and tablename <> 'schema_steps'");
        if (database.Dialect == "sqlite")
        {
            await unit.Run("pragma defer_foreign_keys = on");
            foreach (var table in tables)
                await unit.Run($"delete from \"{table}\"");
        }
        else
        {
            await unit.Run($"truncate {string.Join(", ", tables.Select(table => $"\"{table}\""))} restart identity");
            await unit.Run("alter table cases alter column number restart with 1001");
        }
    });
}

using Amends.Data;

namespace Amends.Commands;

/// <summary><c>amends migrate</c>.</summary>
public static class Migrate
{
    /// <summary>Runs the schema steps that are missing, and says which.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        var ran = await new Migrator(database).Run();
        Console.WriteLine(ran.Count == 0 ? "The database is up to date." : string.Join('\n', ran.Select(name => $"ran {name}")));
        return 0;
    }
}

using Amends.Data;
using Amends.Data.Rollups;

namespace Amends.Commands;

/// <summary><c>amends reports</c>.</summary>
public static class Reports
{
    private const int Every = 20; // steps between two lines

    /// <summary>Counts everything for the reports again, while Amends runs or not. Stopped, it goes on where it was, here or in the program.</summary>
    public static async Task<int> Rebuild(CommandLine line)
    {
        Backup.MustBeThere(line.Surroundings);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        var reader = new ReportReader(database, new StoredSettings(database, TimeProvider.System));
        await reader.Forget();
        var steps = 0;
        await reader.CatchUp(waiting =>
        {
            if (steps++ % Every == 0 && waiting > 0)
                Console.WriteLine($"{waiting:N0} cases to count");
        });
        Console.WriteLine("Counted.");
        return 0;
    }
}

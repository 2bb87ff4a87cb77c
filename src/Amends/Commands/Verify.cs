using Amends.Data;
using Amends.Data.Backups;

namespace Amends.Commands;

/// <summary><c>amends verify</c>.</summary>
public static class Verify
{
    /// <summary>Says what is not as it was written, a line each, and ends with 1 when there is anything.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        Backup.MustBeThere(line.Surroundings);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        var wrong = 0;
        await using var snapshot = await Snapshot.Take(database);
        var (cases, events) = await VerifyChains.Run(snapshot, Say);
        var contents = await VerifyContent.Run(snapshot, Say);
        var lines = await VerifyLedger.Run(snapshot, Say);
        Console.WriteLine($"Looked at {cases:N0} cases with {events:N0} events, {contents:N0} mails and files, and {lines:N0} lines of the books: {(wrong == 0 ? "all as they were written" : $"{wrong:N0} wrong")}.");
        return wrong == 0 ? 0 : 1;

        void Say(string sentence)
        {
            wrong++;
            Console.WriteLine(sentence);
        }
    }
}

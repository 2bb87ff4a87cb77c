using Amends.Data;
using Amends.Data.Backups;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends restore FILE</c>.</summary>
public static class Restore
{
    /// <summary>Puts a backup into an empty database of either kind; all of it or nothing.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Args.Where(arg => !arg.StartsWith('-')).ToList() is not [var file])
            return CommandLine.Wrong;
        using var backup = BackupFile.Open(file);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        var choices = new RestoreChoices(line.Has("--replace"), line.Has("--send-waiting"), line.Has("--quiet"));
        var migrated = await new RestoreBackup(database, TimeProvider.System).Run(backup, choices);
        var manifest = backup.Manifest;
        Console.WriteLine($"Restored: the backup of {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC, {manifest.Tables.Sum(table => table.Rows):N0} rows.");
        foreach (var step in migrated)
            Console.WriteLine($"ran {step}");
        Console.WriteLine(choices.SendWaiting ? "Mail that waited in it goes out when Amends starts." : "No mail goes out until a lead or an owner lets it go under Outbox: what waited in the backup, or has fallen due since, may have gone already.");
        if (choices.Quiet)
            Console.WriteLine("The outgoing server is forgotten and all mailboxes are off.");
        Console.WriteLine("Everybody signs in again. Next: amends verify, then start Amends.");
        SayOfKey(manifest.KeyFingerprint, line.Surroundings.KeyFile);
        return 0;
    }

    private static void SayOfKey(string? belongs, string keyFile)
    {
        if (belongs is null || Secrets.FingerprintOf(keyFile) is var here && here == belongs)
            return;
        Console.WriteLine(here is null
            ? $"The key is not here yet. Put the key file of this backup at {keyFile} before the first start; a new one would open none of its stored passwords and know none of its reply addresses."
            : $"The key at {keyFile} is not the one of this backup. Put the right one there before the first start; this one opens none of its stored passwords and knows none of its reply addresses.");
    }
}

using System.Globalization;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends backup [FILE]</c>.</summary>
public static class Backup
{
    /// <summary>Writes everything into one file, while Amends runs. The key is not in it.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        var now = TimeProvider.System.GetUtcNow();
        var file = Path.GetFullPath(line.Args is [var given] ? given : ".");
        if (Directory.Exists(file))
            file = Path.Combine(file, $"amends-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.zip");
        MustBeThere(line.Surroundings);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        var manifest = await TakeBackup.Run(database, file, Secrets.FingerprintOf(line.Surroundings.KeyFile), now);
        Console.WriteLine($"{file}\n{new FileInfo(file).Length:N0} bytes: {Count("cases", "case")}, {Count("messages", "message")}, {Count("customers", "customer")}, {Count("people", "person", "people")}.");
        Console.WriteLine(manifest.KeyFingerprint is null
            ? "There was no key file, so no stored password can be opened."
            : $"The key is not in it. Keep a copy of {line.Surroundings.KeyFile} apart: without it stored passwords stay shut.");
        return 0;

        string Count(string table, string one, string? many = null)
        {
            var rows = manifest.Tables.First(each => each.Name == table).Rows;
            return $"{rows:N0} {(rows == 1 ? one : many ?? one + "s")}";
        }
    }

    /// <summary>Opening a SQLite file that is not there would make an empty one.</summary>
    internal static void MustBeThere(Surroundings surroundings)
    {
        if (surroundings.Database.StartsWith("sqlite:", StringComparison.Ordinal) && surroundings.Database["sqlite:".Length..] is var path && !File.Exists(path))
            throw new Refused("nothing", $"There is no database at {path}. AMENDS_DATA or AMENDS_DATABASE says where it is.");
    }
}

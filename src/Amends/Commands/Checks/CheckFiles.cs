using Amends.Data;
using Amends.Web;

namespace Amends.Commands.Checks;

/// <summary>The data folder, the space in it, and the key.</summary>
internal static class CheckFiles
{
    private const long TooLittle = 200L << 20, Little = 1L << 30;

    /// <summary>What is to say of them. Makes nothing.</summary>
    public static IEnumerable<Finding> Of(Surroundings surroundings)
    {
        if (!Directory.Exists(surroundings.Data))
        {
            yield return new Finding(Level.Bad, "data folder", $"{surroundings.Data} is not there", "Set AMENDS_DATA to the folder that Amends uses, or start Amends once to make it.");
            yield break;
        }

        yield return Writable(surroundings.Data)
            ? new Finding(Level.Ok, "data folder", $"{surroundings.Data} can be written")
            : new Finding(Level.Bad, "data folder", $"{surroundings.Data} cannot be written by {Environment.UserName}", "Run this command as the service's user, or give that user the folder.");
        var free = new DriveInfo(surroundings.Data).AvailableFreeSpace;
        yield return free < TooLittle ? new Finding(Level.Bad, "disk", $"only {free >> 20:N0} MiB are free", "Make room: mail that cannot be stored is not taken in.")
            : free < Little ? new Finding(Level.Warn, "disk", $"{free >> 20:N0} MiB are free", "Make room before it is needed.")
            : new Finding(Level.Ok, "disk", $"{free >> 30:N0} GiB are free");
        yield return Key(surroundings.KeyFile);
        if (File.Exists(Data.OwnModel.PathIn(surroundings.Data)))
            yield return Data.Ear.Of(surroundings.Data) is { Problem: { } problem } ? new Finding(Level.Warn, "hearing", problem, "Train it anew: amends listening train; or take the file away.") : new Finding(Level.Ok, "hearing", "this installation's own model hears");
    }

    private static Finding Key(string file)
    {
        if (!File.Exists(file))
            return new Finding(Level.Warn, "key", $"{file} is not there; the next start makes a new one", "If this desk had a key before, put it back first: a new one opens no stored password.");
        try
        {
            Secrets.FingerprintOf(file);
        }
        catch (Exception wrong) when (wrong is BadSetting or FormatException or IOException or UnauthorizedAccessException)
        {
            return new Finding(Level.Bad, "key", $"{file} cannot be used: {(wrong is FormatException ? "it does not hold 32 bytes in base64." : wrong.Message)}", "Put the key file back from its copy, readable by the service's user.");
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) is var open && open != 0
            ? new Finding(Level.Bad, "key", $"others than its owner can get at {file}", $"chmod 600 {file}")
            : new Finding(Level.Ok, "key", $"{file} is there{(OperatingSystem.IsWindows() ? "; who may read it, its folder says" : ", for its owner alone")}; keep a copy apart from the backups");
    }

    private static bool Writable(string folder)
    {
        var file = Path.Combine(folder, $".doctor-{Guid.NewGuid():n}");
        try
        {
            using (new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

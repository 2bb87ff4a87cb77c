namespace Amends.Data;

/// <summary>A folder for what is nobody else's to read: the database file, the key.</summary>
public static class OwnFolder
{
    /// <summary>Makes it for its owner alone when it is missing; one that is there keeps its rights.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="setting">The setting that leads there, for the sentence when it cannot be made.</param>
    /// <exception cref="BadSetting">It cannot be made.</exception>
    public static void Make(string folder, string setting)
    {
        try
        {
            if (OperatingSystem.IsWindows()) // rights are inherited there
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadSetting(setting, $"needs the folder {folder}, which cannot be made: {refused.Message.TrimEnd('.')}");
        }
    }
}

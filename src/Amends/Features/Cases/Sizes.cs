using System.Globalization;

namespace Amends.Features.Cases;

/// <summary>Sizes of files as people say them.</summary>
public static class Sizes
{
    /// <summary>"214 KB", "1.4 MB".</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{bytes / 1024} KB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
    };
}

using System.Runtime.CompilerServices;

namespace Amends.Tests;

/// <summary>The folder that holds the source of these tests, for the few that read source.</summary>
public static class Checkout
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    /// <summary>The files under version control that people wrote, of these kinds, below this folder.</summary>
    /// <param name="folder">Below the root, such as <c>src</c>.</param>
    /// <param name="extensions">With their dots.</param>
    public static IEnumerable<string> Written(string folder, params string[] extensions) =>
        from file in Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            : []
        let parts = Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)
        where extensions.Contains(Path.GetExtension(file)) && !parts.Any(part => part is "lib" or "obj" or "bin")
        select file;

    private static string Here([CallerFilePath] string file = "") => file;
}

using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends serve</c>.</summary>
public static class Serve
{
    /// <summary>Starts Amends and stays until it is stopped.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        await using var app = AmendsHost.Build(line.Surroundings, line.Args);
        await app.Prepare();
        await app.StartAsync();
        Console.WriteLine($"Amends is at {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}

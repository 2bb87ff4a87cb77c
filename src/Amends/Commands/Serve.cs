using System.Net.Sockets;
using Amends.Data;
using Amends.Features.Demo;
using Amends.Features.Team.Setup;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends serve</c>.</summary>
public static class Serve
{
    /// <summary>Starts Amends and stays until it is stopped.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        await using var app = AmendsHost.Build(line.Surroundings);
        await app.Prepare();
        if (line.Surroundings.Demo && await Demo.IsEmpty(app))
            await Demo.Make(app);
        await Start(app, line.Surroundings.Urls);
        await Greet(app, line.Surroundings);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task Start(WebApplication app, string urls)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception refused) when (refused is IOException or SocketException or InvalidOperationException) // of the web server: an address in use or not of this machine, https without a certificate
        {
            throw new BadSetting("AMENDS_URLS", $"is {urls}, where nothing can listen: {refused.Message.Split('\n')[0].TrimEnd('.', '\r')}");
        }
    }

    /// <summary>What to do next, in the words of whoever just started it.</summary>
    private static async Task Greet(WebApplication app, Surroundings surroundings)
    {
        var company = await app.Services.GetRequiredService<StoredSettings>().Company();
        Console.WriteLine($"\nAmends is at {string.Join(", ", app.Urls)}");
        if (await app.Services.GetRequiredService<FirstRun>().NewCode() is { } code)
            Console.WriteLine($"\nNobody works here yet. Open {app.Urls.First()}/setup and give this code: {code}");
        if (await app.Services.GetRequiredService<StoredSettings>().Get<OutboxHold>(OutboxHold.Setting) is { } held)
            Console.WriteLine($"\nThis desk was restored from the backup of {held.Backup}. No mail goes out until a lead or an owner lets it go at {app.Urls.First()}/outbox");
        if (!company.IsDemo)
            return;

        Console.WriteLine($"\nSign in to the demo; the password of all is {DemoPeople.Password}");
        foreach (var (_, email, _, what) in DemoPeople.All)
            Console.WriteLine($"  {email,-34} {what}");
        if (surroundings.SmtpListen is { } listen)
            Console.WriteLine($"\nSend a complaint from another terminal:\n  {Self} mail send --server {listen} --to {company.MailFrom} \"My order came broken\"");
        Console.WriteLine($"\nThen open {app.Urls.First()}/walk: one complaint from both sides, in five minutes.");
    }

    /// <summary>How the program is called from where it was started: by the script of a checkout, else by its own place.</summary>
    private static string Self => !OperatingSystem.IsWindows() && File.Exists(Path.Combine("bin", "amends")) ? "bin/amends"
        : Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "amends" ? path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path : "amends";
}

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
        await using var app = AmendsHost.Build(line.Surroundings, line.Args);
        await app.Prepare();
        if (line.Surroundings.Demo && await Demo.IsEmpty(app))
            await Demo.Make(app);
        await app.StartAsync();
        await Greet(app, line.Surroundings);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>What to do next, in the words of whoever just started it.</summary>
    private static async Task Greet(WebApplication app, Surroundings surroundings)
    {
        var company = await app.Services.GetRequiredService<StoredSettings>().Company();
        Console.WriteLine($"\nAmends is at {string.Join(", ", app.Urls)}");
        if (await app.Services.GetRequiredService<FirstRun>().NewCode() is { } code)
            Console.WriteLine($"\nNobody works here yet. Open {app.Urls.First()}/setup and give this code: {code}");
        if (!company.IsDemo)
            return;

        Console.WriteLine($"\nSign in to the demo; the password of all is {DemoPeople.Password}");
        foreach (var (_, email, _, what) in DemoPeople.All)
            Console.WriteLine($"  {email,-34} {what}");
        if (surroundings.SmtpListen is { } listen)
            Console.WriteLine($"\nSend a complaint from another terminal:\n  bin/amends mail send --server {listen} --to {company.MailFrom} \"My order came broken\"");
        Console.WriteLine($"\nThen open {app.Urls.First()}/walk: one complaint from both sides, in five minutes.");
    }
}

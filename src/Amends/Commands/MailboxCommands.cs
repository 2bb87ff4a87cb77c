using System.Text.Json;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends mailbox …</c>: the addresses that mail comes in by, and the server that takes ours.</summary>
public static class MailboxCommands
{
    /// <summary>The variable that a password is taken from, so that it stands on no command line.</summary>
    private const string PasswordVariable = "AMENDS_MAILBOX_PASSWORD";

    /// <summary>Adds or changes a mailbox. Without a host, our own listener takes mail for the address.</summary>
    public static async Task<int> Add(CommandLine line)
    {
        if (line.Option("--address") is not { } address || !address.Contains('@'))
            return CommandLine.Wrong;
        var security = line.Option("--security") ?? "tls";
        var (protocol, begin) = (line.Option("--protocol") ?? "imap", line.Option("--start") ?? "all");
        var usual = (protocol, security) switch { ("pop3", "tls") => "995", ("pop3", _) => "110", (_, "tls") => "993", _ => "143" };
        if (security is not ("tls" or "starttls" or "none") || protocol is not ("imap" or "pop3") || begin is not ("all" or "now") || line.Has("--delete") && protocol != "pop3" || !int.TryParse(line.Option("--port") ?? usual, out var port))
            return CommandLine.Wrong;
        await using var app = await Open(line);
        var box = new Mailbox
        {
            Name = line.Option("--name") ?? address, Address = address, Protocol = protocol, Host = line.Option("--host"), Port = port, Security = security,
            Username = line.Option("--user") ?? address, Folder = line.Option("--folder") ?? "INBOX", MoveTo = line.Option("--move-to"), KeepOnServer = !line.Has("--delete"),
        };
        var password = box.Host is null ? null : Password();
        var start = password is null || line.Option("--start") is null ? null : new MailboxStart(begin == "now", begin == "now" ? (await MailboxLook.At(box, password, null, default)).Mark : null);
        await app.Services.GetRequiredService<Mailboxes>().Save(box, password, start);
        Console.WriteLine(box.Host is null ? $"Mail to {address} is taken by our own listener." : $"Mail to {address} is fetched from {box.Host}.");
        return 0;
    }

    /// <summary>Lists the mailboxes with how they are doing; <c>--json</c> for programs.</summary>
    public static async Task<int> List(CommandLine line)
    {
        await using var app = await Open(line);
        var database = app.Services.GetRequiredService<Database>();
        foreach (var box in await app.Services.GetRequiredService<Mailboxes>().All())
        {
            var account = await MailboxAccount.Of(database, box.Id, default);
            Console.WriteLine(line.Has("--json")
                ? JsonSerializer.Serialize(new
                {
                    address = box.Address, host = box.Host, error = box.Error, failing_since = box.FailingSince, checked_at = box.CheckedAt, seen = account.Seen, imported = account.Imported,
                    ignored = account.LeftOut, quarantined = account.Quarantined, waiting = account.Waiting, mail_unaccounted = account.NotStored, reconciled_at = box.ReconciledAt,
                })
                : $"{box.Address,-36} {(box.Host is null ? "own listener" : $"{box.Host}:{box.Port}"),-30} {(!box.Active ? "switched off" : box.Error) ?? (account.NotStored > 0 ? $"{account.NotStored} mails are not stored yet" : "well")}"
                    + (box.Host is null ? "" : $"; {account.Seen} seen, {account.Imported} in cases, {account.LeftOut} left out, {account.Quarantined} in quarantine, {account.Waiting} waiting"));
        }

        return 0;
    }

    /// <summary>Signs in to a mailbox and says what is wrong.</summary>
    public static async Task<int> Test(CommandLine line)
    {
        if (line.Args is not [var address])
            return CommandLine.Wrong;
        await using var app = await Open(line);
        var mailboxes = app.Services.GetRequiredService<Mailboxes>();
        if ((await mailboxes.All()).FirstOrDefault(box => box.Address.Equals(address, StringComparison.OrdinalIgnoreCase)) is not { Host: not null } found)
            throw new Domain.Refused("mailbox", $"No mail is fetched from {address}.");
        var token = found.GrantId is { } grant ? (await app.Services.GetRequiredService<MailGrants>().Token(grant, null, default)).Token : null;
        return Say((await MailboxLook.At(found, mailboxes.PasswordOf(found), token, default)).Trouble, $"{found.Host} answers, and {found.Folder} can be read.");
    }

    /// <summary>Sets the server that takes our mail, and tries it.</summary>
    public static async Task<int> Outgoing(CommandLine line)
    {
        var security = line.Option("--security") ?? "starttls";
        if (line.Option("--host") is not { } host || security is not ("tls" or "starttls" or "offered" or "none") || !int.TryParse(line.Option("--port") ?? (security == "tls" ? "465" : "587"), out var port))
            return CommandLine.Wrong;
        await using var app = await Open(line);
        var settings = app.Services.GetRequiredService<StoredSettings>();
        var secrets = app.Services.GetRequiredService<Secrets>();
        var server = new OutgoingServer { Host = host, Port = port, Security = security, User = line.Option("--user") ?? "" };
        if (server.User.Length > 0)
            server = server.WithPassword(secrets, Password());
        await settings.Set(OutgoingServer.Setting, server);
        return Say(await server.Test(secrets, await settings.Company(), default), $"{host} is ready to take our mail.");
    }

    private static int Say(string? wrong, string well)
    {
        if (wrong is not null)
            Console.Error.WriteLine($"amends: {wrong}");
        else
            Console.WriteLine(well);
        return wrong is null ? 0 : 1;
    }

    private static string Password() => Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given ? given
        : !Console.IsInputRedirected ? throw new BadSetting(PasswordVariable, "is not set; put the password there, or send it on the standard input")
        : Console.ReadLine() ?? "";

    private static async Task<WebApplication> Open(CommandLine line)
    {
        var app = AmendsHost.Build(line.Surroundings);
        await app.Prepare();
        return app;
    }
}

using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Servers;
using Amends.Web;

namespace Amends.Campaigns;

/// <summary>A company that is set up, before the program runs.</summary>
public static class PreparedDesk
{
    /// <summary>Makes it: one agent, one mailbox that is fetched.</summary>
    /// <param name="app">The program, not running yet.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="dovecot">Where the mailbox is.</param>
    /// <param name="outgoing">The port on the loopback that takes our mail; <c>null</c> for none.</param>
    public static async Task Make(RunningAmends app, string folder, DovecotServer dovecot, int? outgoing)
    {
        await using var host = AmendsHost.Build(new Surroundings { Data = folder, Database = app.Database, Urls = "http://127.0.0.1:0", KeyFile = Path.Combine(folder, "keys", "amends.key") });
        await host.Prepare();
        var settings = host.Services.GetRequiredService<StoredSettings>();
        await settings.Set(new Company { Name = "Kettle & Co", MailFrom = Post.Intake, IsSetUp = true });
        if (outgoing is { } port)
            await settings.Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = port, Security = "none" });
        await host.Services.GetRequiredService<Mailboxes>().Save(
            new Mailbox { Name = "Desk", Address = Post.Fetched, Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = "desk", MoveTo = null }, DovecotServer.Password);
        await host.Services.GetRequiredService<Database>().Write(unit => unit.Run(
            "insert into people (name, email, email_key, role, created_at) values ('Jo', 'jo@desk.example', 'jo@desk.example', @role, 0)", new { role = (int)Role.Agent }));
    }
}

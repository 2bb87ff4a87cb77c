using System.Net;
using System.Net.Sockets;
using Amends.Channels.Email;
using Amends.Commands;
using Amends.Commands.Checks;
using Amends.Data;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Tests.Commands;

public sealed class DoctorTests : IDisposable
{
    private readonly BackupDesk _files = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_running_desk_with_an_owner_has_nothing_bad(string kind)
    {
        await using var desk = await Desk.Start(kind, running: true, smtp: true);
        await desk.AddPerson("Jo", Role.Owner);
        desk.Get<Secrets>();
        var found = await Look(desk, with => with with { PublicUrl = "https://help.example.com" });
        Assert.DoesNotContain(found, finding => finding.Level == Level.Bad);
        Assert.Contains(found, finding => finding is { Level: Level.Ok, About: "pages" } && finding.What.Contains("all its loops are well"));
        Assert.Contains(found, finding => finding is { Level: Level.Ok, About: "mail listener" });
        Assert.Contains(found, finding => finding is { Level: Level.Ok, About: "schema" });
        Assert.Contains(found, finding => finding is { Level: Level.Warn, About: "outgoing mail" });
        Assert.All(found.Where(finding => finding.Level != Level.Ok), finding => Assert.NotNull(finding.Next));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Servers_that_refuse_wrong_addresses_open_keys_and_stuck_work_are_named(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        desk.Get<Secrets>();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        _ = Answer(taken);
        var closed = Closed();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = closed, Security = "none" });
        await desk.Get<Mailboxes>().Save(new Mailbox { Name = "S", Address = "service@a.example", Host = "127.0.0.1", Port = closed, Security = "none", Username = "s" }, "secret");
        await BackupDesk.Tamper(desk.Database, "insert into jobs (name, body, due_at, failed_at, error) values ('x', '{}', 0, 1, 'It broke.')");
        await BackupDesk.Tamper(desk.Database, "insert into intake (entry_key, content_key, raw_digest, size, received_at, state, due_at) values ('a', 'a', '', 1, 0, 3, 0)");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(desk.Get<Surroundings>().KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var found = await Look(desk, with => with with { PublicUrl = "http://help.example.com", Urls = $"http://127.0.0.1:{closed}", SmtpListen = new IPEndPoint(IPAddress.Loopback, port) });
        foreach (var bad in (string[])["public address", "mail listener", "outgoing mail", "mailbox service@a.example", "jobs", .. OperatingSystem.IsWindows() ? [] : (string[])["key"]])
            Assert.Contains(found, finding => finding.Level == Level.Bad && finding.About == bad);
        foreach (var warned in (string[])["pages", "quarantine", "owner"])
            Assert.Contains(found, finding => finding.Level == Level.Warn && finding.About == warned);
        Assert.All(found.Where(finding => finding.Level != Level.Ok), finding => Assert.NotNull(finding.Next));
        Assert.True(jo.Id > 0);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_schema_that_is_not_this_programs_is_bad(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await BackupDesk.Tamper(desk.Database, "insert into schema_steps (name, checksum, at) values ('9999_tomorrow', '', 0)");
        Assert.Contains(await Look(desk), finding => finding is { Level: Level.Bad, About: "schema" } && finding.What.Contains("9999_tomorrow"));
        await BackupDesk.Tamper(desk.Database, "delete from schema_steps where name = '9999_tomorrow' or name = '0007_drafts'");
        Assert.Contains(await Look(desk), finding => finding is { Level: Level.Bad, About: "schema" } && finding.What.Contains("0007_drafts has not run"));
    }

    [Fact]
    public async Task Where_nothing_is_yet_nothing_is_made()
    {
        var surroundings = _files.Line("sqlite:" + _files.At("no.db")).Surroundings;
        Assert.Contains(await All(surroundings), finding => finding is { Level: Level.Bad, About: "database" });
        Assert.Equal(1, await Doctor.Run(new CommandLine([], surroundings)));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Folder));
        var nowhere = surroundings with { Database = $"postgres://nobody@127.0.0.1:{Closed()}/none" };
        Assert.Contains(await All(nowhere), finding => finding is { Level: Level.Bad, About: "database" } && finding.What.Contains("does not answer"));
    }

    public void Dispose() => _files.Dispose();

    private static Task<List<Finding>> Look(Desk desk, Func<Surroundings, Surroundings>? change = null)
    {
        var surroundings = desk.Get<Surroundings>() with { Urls = desk.Address.ToString(), SmtpListen = desk.Get<SmtpIntake>().Endpoint };
        return All(change?.Invoke(surroundings) ?? surroundings);
    }

    private static async Task<List<Finding>> All(Surroundings surroundings)
    {
        var found = new List<Finding>();
        await foreach (var finding in Doctor.Look(surroundings, TimeProvider.System))
            found.Add(finding);
        return found;
    }

    private static int Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Says something that is not SMTP, and leaves.</summary>
    private static async Task Answer(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400\r\n\r\n"u8.ToArray());
    }
}

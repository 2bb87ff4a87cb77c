using Amends.Channels.Email;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;
using Dapper;

namespace Amends.Tests.Commands;

/// <summary>A restored desk must not do again what the desk that made the backup has done since.</summary>
public sealed class AfterRestoreTests : IDisposable
{
    private readonly BackupDesk _files = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_is_held_until_a_person_decides_and_those_who_can_hear_of_it(string kind)
    {
        await using var restored = Database.Open(await Restored(kind, new RestoreChoices()));
        var row = await restored.Read(connection => connection.QuerySingleAsync<OutboxRow>("select * from outbox"));
        Assert.Equal(OutboxState.Queued, row.State);
        Assert.True((await new StoredSettings(restored, TimeProvider.System).Get<OutboxHold>(OutboxHold.Setting))!.Waited(row.QueuedAt));
        Assert.Contains("No mail goes out until you decide", await restored.Read(connection => connection.ExecuteScalarAsync<string>("select text from notices order by id desc limit 1")));
        Assert.Equal("Half a reply", await restored.Read(connection => connection.ExecuteScalarAsync<string>("select text from drafts")));
        Assert.Equal(0, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from held_replies")));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_that_waited_goes_out_when_that_is_said(string kind)
    {
        await using var restored = Database.Open(await Restored(kind, new RestoreChoices(SendWaiting: true)));
        Assert.Null(await new StoredSettings(restored, TimeProvider.System).Get<OutboxHold>(OutboxHold.Setting));
        Assert.Equal((int)OutboxState.Queued, await restored.Read(connection => connection.ExecuteScalarAsync<int>("select state from outbox")));
        Assert.Equal(1, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from held_replies")));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_quiet_restore_tells_nobody_outside(string kind)
    {
        await using var restored = Database.Open(await Restored(kind, new RestoreChoices(Quiet: true)));
        Assert.Equal(0, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from settings where name = @name", new { name = OutgoingServer.Setting })));
        Assert.Equal(0, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from mailboxes where active = 1")));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Nobody_is_signed_in_after_a_restore_and_old_links_for_passwords_are_dead(string kind)
    {
        await using var restored = Database.Open(await Restored(kind, new RestoreChoices()));
        foreach (var table in (string[])["sessions", "one_time_links", "leases", "presence"])
            Assert.Equal(0, await restored.Read(connection => connection.ExecuteScalarAsync<long>($"select count(*) from {table}")));
        Assert.Equal(1, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from people")));
    }

    public void Dispose() => _files.Dispose();

    /// <summary>A desk with a mail that waits, a reply in its grace, a server, a mailbox and somebody signed in; restored into the same kind.</summary>
    private async Task<string> Restored(string kind, RestoreChoices choices)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var (customer, _) = await desk.AddCustomer("Amara Okafor");
        var company = new Company { Name = "Northwind", MailFrom = "service@northwind.example" };
        await desk.Get<StoredSettings>().Set(company);
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = 9 });
        await desk.Get<Mailboxes>().Save(new Mailbox { Name = "S", Address = company.MailFrom, Host = "127.0.0.1", Port = 9 }, "secret");
        await desk.Get<Leases>().Take("mail", TimeSpan.FromHours(1));
        await desk.Database.Write(async unit =>
        {
            var number = await Intake.Open(unit, desk.Cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, "Lid", "No lid", customer, jo, desk.Clock.Now, jo));
            await desk.Get<Outbox>().Queue(unit, company, number, new Letter("Your lid", "It is on its way."), jo, desk.Clock.Now);
            await unit.Run("insert into held_replies (person_id, case_number, text, pressed_at, due_at) values (@Id, @number, 'Half a reply', 0, 0)", new { jo.Id, number });
            await unit.Run("insert into sessions (token_hash, person_id, created_at, seen_at) values (@hash, @Id, 0, 0)", new { hash = new byte[32], jo.Id });
            await unit.Run("insert into one_time_links (token_hash, person_id, purpose, made_at, expires_at) values (@hash, @Id, 2, 0, 0)", new { hash = new byte[32], jo.Id });
        });
        var file = await _files.Take(desk);
        var address = await _files.Fresh(kind);
        await using var database = Database.Open(address);
        await BackupDesk.Restore(file, database, choices);
        return address;
    }
}

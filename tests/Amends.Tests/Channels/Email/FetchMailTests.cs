using System.Text;
using Amends.Channels.Email;
using Amends.Mail.Imap;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

public sealed class FetchMailTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_is_fetched_from_several_mailboxes_once_and_marked_as_seen_after_it_is_stored(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        await Add(desk, dovecot, "two", moveTo: "Done");
        for (var i = 0; i < 30; i++)
        {
            Deliver(dovecot, "one", $"First {i}");
            Deliver(dovecot, "two", $"Second {i}");
        }

        await desk.Get<FetchMail>().RunOnce(default);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(60, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from mailboxes where error is not null or unaccounted > 0"));

        await using var client = await Open(dovecot, "two");
        await client.Select("INBOX", default);
        Assert.Empty(await client.Search(1, null, default));
        await client.Select("Done", default);
        Assert.Equal(30, (await client.Search(1, null, default)).Count);

        Deliver(dovecot, "one", "Later");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(61, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mailbox_whose_uids_start_again_is_read_again_without_copies(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        for (var i = 0; i < 5; i++)
            Deliver(dovecot, "one", $"Number {i}");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        await Task.Delay(1100); // Dovecot's UIDVALIDITY is the second in which the mailbox began
        await dovecot.Restart(forgetUids: true);
        Deliver(dovecot, "one", "New");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(6, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(5, await desk.Value<long>("select count(*) from intake where state = 5"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_was_missed_is_found_by_the_comparison(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Missed");
        Deliver(dovecot, "one", "Seen");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.Database.Write(unit => unit.Run("delete from intake where uid = 1"));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.Equal(2, await desk.Value<long>("select count(*) from intake"));
        Assert.Equal(0, await desk.Value<long>("select unaccounted from mailboxes"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mailbox_that_cannot_be_reached_says_so_and_the_others_go_on(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await desk.Get<Mailboxes>().Save(Box(dovecot, "wrong"), "not the password");
        await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Hello");
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.NotNull(await desk.Value<string>("select error from mailboxes where username = 'wrong'"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from intake"));
        Assert.DoesNotContain("secret", await desk.Value<string>("select password from mailboxes where username = 'one'"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mailbox_belongs_to_one_node_at_a_time(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        var id = await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Hello");
        await desk.Database.Write(unit => unit.Run("insert into leases (name, owner, until, epoch) values (@name, 'another node', @until, 7)",
            new { name = $"mailbox {id}", until = desk.Clock.Now.AddMinutes(1).ToUnixTimeMilliseconds() }));
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.Equal(0, await desk.Value<long>("select count(*) from intake"));

        // A node that slept through its lease is turned away by its old epoch.
        var box = (await desk.Get<Mailboxes>().All()).Single();
        await Assert.ThrowsAsync<LeaseLost>(() => desk.Get<MailLedger>().KeepFetched(box, 1, [new FetchedMail(1, "Subject: x\r\n\r\nx"u8.ToArray(), 15, null)], 1, $"mailbox {id}", 6, default));
        Assert.Equal(0, await desk.Value<long>("select count(*) from intake"));
    }

    private static Task<long> Add(Desk desk, DovecotServer dovecot, string user, string? moveTo = null) => desk.Get<Mailboxes>().Save(Box(dovecot, user, moveTo), DovecotServer.Password);

    private static Mailbox Box(DovecotServer dovecot, string user, string? moveTo = null) =>
        new() { Name = user, Address = user + "@desk.example", Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = user, MoveTo = moveTo };

    private static void Deliver(DovecotServer dovecot, string user, string subject) =>
        dovecot.Deliver(user, Encoding.UTF8.GetBytes(MailDesk.Mail($"Amara <{Guid.NewGuid():n}@customer.example>", subject, "It leaks.")));

    private static Task<ImapClient> Open(DovecotServer dovecot, string user) => ImapClient.Connect(new ImapClientOptions
    {
        Host = "127.0.0.1", Port = dovecot.ImapPort, User = user, Password = DovecotServer.Password, Security = ImapSecurity.None, AllowPlainCredentials = true,
    }, default);
}

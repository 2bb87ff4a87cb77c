using System.Text;
using Amends.Channels.Email;
using Amends.Mail.Imap;
using Amends.Mail.Wire;
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
    public async Task A_comparison_asks_only_for_what_changed_and_finds_what_was_missed(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Here");
        await desk.Get<FetchMail>().RunOnce(default);
        var whole = await desk.Value<long>("select compared_whole_at from mailboxes where compared_modseq > 0 and compared_count = 1");
        Assert.Equal(desk.Clock.Now.ToUnixTimeMilliseconds(), whole);
        Deliver(dovecot, "one", "Missed");
        await desk.Database.Write(unit => unit.Run("update mailboxes set last_uid = 99")); // so that only the comparison can find it
        desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(["Here", "Missed"], await desk.Rows<string>("select subject from cases order by subject"));
        Assert.Equal((0, whole), (await desk.Value<long>("select unaccounted from mailboxes"), await desk.Value<long>("select compared_whole_at from mailboxes")));
        desk.Clock.Now = desk.Clock.Now.AddDays(1);
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.Equal(desk.Clock.Now.ToUnixTimeMilliseconds(), await desk.Value<long>("select compared_whole_at from mailboxes"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Another_program_that_reads_moves_and_deletes_meanwhile_hides_nothing_and_doubles_nothing(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        for (var i = 0; i < 40; i++)
            Deliver(dovecot, "one", $"Mail {i:00}");
        await using var other = await Open(dovecot, "one");
        await other.Select("INBOX", default);
        var racing = Task.Run(async () =>
        {
            for (uint uid = 1; uid <= 40; uid++)
            {
                await other.MarkSeen([uid], default);
                if (uid % 10 == 0)
                    await other.Move([uid, uid - 1], "Elsewhere", default);
            }
        });
        for (var round = 0; round < 4; round++)
        {
            await desk.Get<FetchMail>().RunOnce(default);
            Deliver(dovecot, "one", $"Late {round}");
        }

        await racing;
        await desk.Get<FetchMail>().RunOnce(default);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.Equal(0, await desk.Value<long>("select unaccounted from mailboxes where error is null"));
        Assert.Equal(await desk.Value<long>("select count(*) from intake"), await desk.Value<long>("select count(distinct content_key) from intake where state <> 5"));
        var uids = await desk.Rows<long>("select uid from intake");
        Assert.Empty((await other.Search(1, null, default)).Select(uid => (long)uid).Except(uids)); // whatever is still there is stored, seen or not
        Assert.True(uids.Count >= 36);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mailbox_that_cannot_be_reached_says_so_and_the_others_go_on(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await desk.Get<Mailboxes>().Save(Box(dovecot, "wrong"), "not the password");
        await Add(desk, dovecot, "broken");
        await desk.Database.Write(unit => unit.Run("update mailboxes set password = 'nothing that was ever sealed' where username = 'broken'"));
        await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Hello");
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.NotNull(await desk.Value<string>("select error from mailboxes where username = 'wrong'"));
        Assert.NotNull(await desk.Value<string>("select error from mailboxes where username = 'broken'"));
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

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_is_too_large_opens_a_case_from_its_header_says_so_and_stays_where_it_is(string kind)
    {
        await using var desk = await MailDesk.Start(kind, with: surroundings => surroundings with { LargestMail = 50_000 });
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one", moveTo: "Done");
        dovecot.Deliver("one", Encoding.UTF8.GetBytes(MailDesk.Mail("Amara Okafor <amara@customer.example>", "Film of the leak", new string('x', 60_000))));
        Deliver(dovecot, "one", "Small");
        await desk.Get<FetchMail>().RunOnce(default);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();

        Assert.Equal(2, await desk.Value<long>("select count(*) from cases"));
        var number = await desk.Value<long>("select number from cases where subject = 'Film of the leak'");
        Assert.Equal("Amara Okafor", (await desk.Cases.Find(number))!.CustomerName);
        Assert.Contains("more than we take in. It is still in the mailbox one@desk.example", await desk.Value<string>("select text from messages where case_number = @number and direction = 1", new { number }));
        Assert.Contains("more than we take in", await desk.Value<string>("select text from notices where case_number = @number", new { number }));
        Assert.Equal(0, await desk.Value<long>("select unaccounted from mailboxes"));
        await using var client = await Open(dovecot, "one");
        await client.Select("INBOX", default);
        Assert.Single(await client.Search(1, null, default));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_the_server_cannot_give_out_holds_up_no_other_is_told_and_is_fetched_once_it_can(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var owner = await desk.AddPerson("Olu", Domain.People.Role.Owner);
        await using var dovecot = await DovecotServer.Start();
        await Add(desk, dovecot, "one");
        Deliver(dovecot, "one", "Before");
        Deliver(dovecot, "one", "Damaged");
        var damaged = Directory.GetFiles(Path.Combine(dovecot.Maildir("one"), "new")).Single(file => File.ReadAllText(file).Contains("Damaged", StringComparison.Ordinal));
        OwnProcess.Run("/bin/chmod", "000", damaged);
        Deliver(dovecot, "one", "Behind");
        for (var round = 0; round < 8; round++)
        {
            await desk.Get<FetchMail>().RunOnce(default);
            desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        }

        await desk.ReadAll();
        Assert.Equal(["Before", "Behind"], await desk.Rows<string>("select subject from cases order by subject"));
        Assert.Equal(1, await desk.Value<long>("select unaccounted from mailboxes"));
        Assert.Contains("could not be fetched", await desk.Value<string>("select text from notices where person_id = @Id", owner));

        damaged = Directory.GetFiles(dovecot.Maildir("one"), Path.GetFileName(damaged) + "*", SearchOption.AllDirectories).Single();
        OwnProcess.Run("/bin/chmod", "600", damaged);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(0, await desk.Value<long>("select unaccounted from mailboxes"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_address_that_becomes_another_account_with_the_same_uids_loses_nothing(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        foreach (var user in new[] { "old", "new" })
        {
            Deliver(dovecot, user, $"In the {user} account");
            await File.WriteAllTextAsync(Path.Combine(dovecot.Maildir(user), "dovecot-uidlist"), "3 V1234567 N1\n");
        }

        await desk.Get<Mailboxes>().Save(Box(dovecot, "old") with { Address = "help@desk.example" }, DovecotServer.Password);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.Get<Mailboxes>().Save(Box(dovecot, "new") with { Address = "help@desk.example" }, DovecotServer.Password);
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(1234567, await desk.Value<long>("select uid_validity from mailboxes"));
        Assert.Equal(["In the new account", "In the old account"], await desk.Rows<string>("select subject from cases order by subject"));
    }

    [Fact]
    public async Task A_mail_is_fetched_when_the_server_hints_at_it_long_before_the_next_round()
    {
        await using var desk = await Desk.Start(running: true);
        await using var dovecot = await DovecotServer.Start();
        Deliver(dovecot, "one", "First");
        await Add(desk, dovecot, "one");
        desk.Get<FetchMail>().Ring();
        await Until(1);
        await Task.Delay(1500); // the waiting begins
        Deliver(dovecot, "one", "Second");
        await Until(2, seconds: 10); // a round comes every 15

        async Task Until(long count, int seconds = 30)
        {
            for (var tries = 0; tries < seconds * 10 && await desk.Value<long>("select count(*) from intake") < count; tries++)
                await Task.Delay(100);
            Assert.Equal(count, await desk.Value<long>("select count(*) from intake"));
        }
    }

    private static Task<long> Add(Desk desk, DovecotServer dovecot, string user, string? moveTo = null) => desk.Get<Mailboxes>().Save(Box(dovecot, user, moveTo), DovecotServer.Password);

    private static Mailbox Box(DovecotServer dovecot, string user, string? moveTo = null) =>
        new() { Name = user, Address = user + "@desk.example", Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = user, MoveTo = moveTo };

    private static void Deliver(DovecotServer dovecot, string user, string subject) =>
        dovecot.Deliver(user, Encoding.UTF8.GetBytes(MailDesk.Mail($"Amara <{Guid.NewGuid():n}@customer.example>", subject, "It leaks.")));

    private static Task<ImapClient> Open(DovecotServer dovecot, string user) => ImapClient.Connect(new ImapClientOptions
    {
        Host = "127.0.0.1", Port = dovecot.ImapPort, User = user, Password = DovecotServer.Password, Security = MailboxSecurity.None, AllowPlainCredentials = true,
    }, default);
}

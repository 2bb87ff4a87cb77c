using System.Text;
using Amends.Channels.Email;
using Amends.Domain.People;
using Amends.Tests.Features;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

/// <summary>A mailbox that was full of old mail when it was added.</summary>
public sealed class FromNowTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Old_mail_is_left_alone_even_when_every_uid_changes_and_no_new_mail_is_lost_by_that(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        for (var i = 0; i < 5; i++)
            Deliver(dovecot, $"Old {i}", $"old-{i}@elsewhere.example");
        var box = Box(dovecot);
        var look = await MailboxLook.At(box, DovecotServer.Password, null, default);
        Assert.Null(look.Trouble);
        Assert.Equal(5, look.Mails);
        Deliver(dovecot, "Between", "between@elsewhere.example"); // after the owner said so, before the first look
        await desk.Get<Mailboxes>().Save(box, DovecotServer.Password, new MailboxStart(true, look.Mark));
        await desk.Get<FetchMail>().RunOnce(default);
        Deliver(dovecot, "Later", "later@elsewhere.example");
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 2, 5);

        await Task.Delay(1100); // Dovecot's UIDVALIDITY is the second in which the mailbox began
        await dovecot.Restart(forgetUids: true);
        Deliver(dovecot, "While the UIDs changed", "while@elsewhere.example");
        Deliver(dovecot, "Old 3", "old-3@elsewhere.example"); // the same header once more is another mail
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(["Between", "Later", "Old 3", "While the UIDs changed"], await desk.Rows<string>("select subject from cases order by subject"));
        await Holds(desk, 4, 5, copies: 2);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_wants_the_old_mail_after_all_gets_it(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        Deliver(dovecot, "Old", "old@elsewhere.example");
        await desk.Get<Mailboxes>().Save(Box(dovecot), DovecotServer.Password, new MailboxStart(true)); // the server was not looked at: time decides
        await desk.Database.Write(unit => unit.Run("update mailboxes set start_at = @at", new { at = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() }));
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 0, 1);
        await desk.Get<Mailboxes>().Save(Box(dovecot), null, null); // to change something else leaves it so
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 0, 1);
        await desk.Get<Mailboxes>().Save(Box(dovecot), null, new MailboxStart(false));
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 1, 0);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task By_POP3_mail_stays_on_the_server_comes_once_and_can_begin_now(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        Assert.SkipWhen(dovecot.Pop3Port == 0, "Debian's dovecot-pop3d is not installed here.");
        var box = Box(dovecot) with { Protocol = "pop3", Port = dovecot.Pop3Port };
        Deliver(dovecot, "Old", "old@elsewhere.example");
        var look = await MailboxLook.At(box, DovecotServer.Password, null, default);
        await desk.Get<Mailboxes>().Save(box, DovecotServer.Password, new MailboxStart(true, look.Mark));
        Deliver(dovecot, "First", "first@elsewhere.example");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 1, 1);

        await Task.Delay(1100);
        await dovecot.Restart(forgetUids: true); // Dovecot makes its unique ids of UIDVALIDITY and UID
        Deliver(dovecot, "Second", "second@elsewhere.example");
        await desk.Get<FetchMail>().RunOnce(default);
        await desk.ReadAll();
        Assert.Equal(["First", "Second"], await desk.Rows<string>("select subject from cases order by subject"));
        await Holds(desk, 2, 1, copies: 1);

        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var kept = await (await owner.Send("/settings/mail", "/settings/mail/mailboxes", new()
        {
            ["address"] = box.Address, ["protocol"] = "pop3", ["host"] = box.Host!, ["port"] = $"{box.Port}", ["security"] = "none", ["user"] = box.Username, ["password"] = DovecotServer.Password, ["keep"] = "no",
        })).Tree();
        Assert.Contains("Mails are deleted there once they are stored here.", kept.Words("main"));
        Assert.Contains("deleted there once it is stored", kept.Words("section[aria-labelledby=in-title] .probe"));
        Deliver(dovecot, "Third", "third@elsewhere.example");
        await desk.Get<FetchMail>().RunOnce(default);
        await Holds(desk, 3, 1, copies: 1);
        Assert.Equal(1, (await MailboxLook.At(box, DovecotServer.Password, null, default)).Mails); // what was ignored is not ours to delete
    }

    [Fact]
    public async Task A_line_that_is_cut_at_a_hundred_places_of_the_mail_loses_and_doubles_nothing()
    {
        await using var desk = await MailDesk.Start("sqlite");
        await using var dovecot = await DovecotServer.Start();
        await using var proxy = new CuttingProxy(dovecot.ImapPort);
        for (var i = 0; i < 3; i++)
            Deliver(dovecot, $"Mail {i}", $"mail-{i}@elsewhere.example", new string('x', 300 * i));
        await desk.Get<Mailboxes>().Save(Box(dovecot) with { Port = proxy.Port }, DovecotServer.Password);
        await desk.Get<FetchMail>().RunOnce(default);
        var (whole, all) = (await Keys(), proxy.Carried);
        Assert.Equal(3, whole.Count);
        for (var cut = 1; cut <= 100; cut++)
        {
            await desk.Database.Write(async unit =>
            {
                await unit.Run("delete from intake");
                await unit.Run("update mailboxes set uid_validity = 0, last_uid = 0");
            });
            proxy.CutAfter = all * cut / 115; // the answer to \Seen is shorter the second time
            await desk.Get<FetchMail>().RunOnce(default);
            Assert.Subset(whole.ToHashSet(), (await Keys()).ToHashSet()); // none is stored in part
            proxy.CutAfter = long.MaxValue;
            desk.Clock.Now = desk.Clock.Now.AddMinutes(16);
            await desk.Get<FetchMail>().RunOnce(default);
            Assert.Equal(whole, await Keys());
        }

        Assert.Equal(100, proxy.Cuts);
        await Holds(desk, 3, 0);

        Task<List<string>> Keys() => desk.Rows<string>("select content_key from intake where state <> 5 order by content_key");
    }

    private static async Task Holds(Desk desk, long mails, long ignored, long copies = 0)
    {
        Assert.Null(await desk.Value<string>("select error from mailboxes"));
        Assert.Equal((mails, ignored, copies), (await desk.Value<long>("select count(*) from intake where state <> 5"), await desk.Value<long>("select count(*) from mail_ignored where reason = 'older than the start'"), await desk.Value<long>("select count(*) from intake where state = 5")));
        Assert.Equal(0, await desk.Value<long>("select unaccounted from mailboxes"));
    }

    private static Mailbox Box(DovecotServer dovecot) => new() { Name = "one", Address = "one@desk.example", Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = "one" };

    private static void Deliver(DovecotServer dovecot, string subject, string id, string text = "It leaks.") =>
        dovecot.Deliver("one", Encoding.UTF8.GetBytes(MailDesk.Mail("Amara <amara@customer.example>", subject, text + Guid.NewGuid(), id)));
}

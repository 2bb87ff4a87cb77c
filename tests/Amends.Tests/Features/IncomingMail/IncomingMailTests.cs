using System.Net;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.IncomingMail;

public sealed class IncomingMailTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Every_mail_shows_with_what_became_of_it_and_the_parts_add_up(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var browser = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        await desk.Post(MailDesk.Mail("amara@customer.example", "Broken kettle", "It leaks.", id: "one@customer.example"));
        await desk.Post("Subject: From nobody\r\n\r\nHello.\r\n");
        await desk.Post("Subject: Advertising\r\n\r\nBuy.\r\n");
        await desk.ReadAll();
        await browser.Send("/quarantine/3", "/quarantine/3/discard", new() { ["Reason"] = "Advertising" });
        await desk.Post(MailDesk.Mail("amara@customer.example", "Not read yet", "Hello."));

        var account = await MailboxAccount.Of(desk.Database, 0, default);
        Assert.Equal((4, 1, 1, 1, 1, 0), (account.Seen, account.Imported, account.Quarantined, account.Waiting, account.LeftOut, account.NotStored));
        Assert.True(account.AddsUp);

        using var watch = await desk.AsProgram("Watch", Scopes.MailRead);
        var told = (await watch.Get("/api/v1/mailboxes")).GetProperty("items")[0];
        Assert.Equal((4, 0, true), (told.GetProperty("seen").GetInt32(), told.GetProperty("mail_unaccounted").GetInt32(), told.GetProperty("adds_up").GetBoolean()));
        Assert.Equal(1, told.GetProperty("ignored")[0].GetProperty("mails").GetInt32());

        Assert.Contains("/incoming/0", await browser.GetStringAsync("/incoming"));
        var page = await browser.GetStringAsync("/incoming/0");
        Assert.Contains("It adds up.", page);
        Assert.Contains("Left out: Somebody looked and left it out.", page);
        Assert.Contains("Broken kettle", page);
        Assert.DoesNotContain("Broken kettle", await browser.GetStringAsync("/incoming/0?state=quarantined"));
        Assert.Contains("/quarantine/2", await browser.GetStringAsync("/incoming/0?state=quarantined"));
        Assert.Contains("Message-ID: <one@customer.example>", await browser.GetStringAsync("/incoming/mails/1/raw"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/incoming/mails/99/raw")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/incoming/99")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_is_in_no_known_state_and_one_that_is_not_stored_show_as_a_sum_that_does_not_hold(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var box = await desk.Get<Mailboxes>().Save(new Mailbox { Name = "Help", Address = "help@desk.example", Host = "imap.desk.example" }, "secret");
        Assert.True((await MailboxAccount.Of(desk.Database, box, default)).AddsUp);
        await desk.Database.Write(unit => unit.Run("update mailboxes set unaccounted = 2 where id = @box", new { box }));
        var missing = await MailboxAccount.Of(desk.Database, box, default);
        Assert.Equal((2, false), (missing.Seen, missing.AddsUp));

        await desk.Post(MailDesk.Mail("amara@customer.example", "Broken kettle", "It leaks."));
        await desk.Database.Write(unit => unit.Run("update intake set state = 9", new { }));
        Assert.False((await MailboxAccount.Of(desk.Database, 0, default)).AddsUp);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_another_version_could_not_read_is_read_again_after_an_upgrade_and_by_hand_at_any_time(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var lead = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var read = desk.Get<ReadMail>();
        read.BeforeTaking = _ => throw new InvalidOperationException("this version cannot");
        await desk.Post(MailDesk.Mail("amara@customer.example", "Broken kettle", "It leaks."));
        for (var tries = 0; tries < 5; tries++)
        {
            await desk.ReadAll();
            desk.Clock.Now = desk.Clock.Now.AddHours(1);
        }
        Assert.Equal(3, await desk.Value<long>("select state from intake"));
        await lead.Send("/incoming/0", "/incoming/0/again");
        Assert.Equal(1, await desk.Value<long>("select state from intake"));
        await desk.Database.Write(unit => unit.Run("update intake set state = 3, tries = 5", new { }));

        read.BeforeTaking = null;
        await desk.ReadAll();
        Assert.Equal(3, await desk.Value<long>("select state from intake"));
        await desk.Get<StoredSettings>().Set("mail.reader", "an older version");
        await new ReadMail(desk.Database, desk.Get<StoredSettings>(), desk.Get<Mailboxes>(), desk.Get<MailLedger>(), desk.Get<TakeMail>(), desk.Get<SenderTrust>(), desk.Get<Ear>(), desk.Clock, desk.Get<Amends.Jobs.LoopHealth>(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ReadMail>.Instance).RunOnce(default);
        Assert.Equal("Broken kettle", await desk.Value<string>("select subject from cases"));
    }

    [Fact]
    public async Task Only_a_lead_has_mail_read_again_and_a_reader_sees_none_of_it()
    {
        await using var desk = await MailDesk.Start("sqlite", agent: false);
        var agent = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        Assert.DoesNotContain("/again", await agent.GetStringAsync("/incoming/0"));
        Assert.NotEqual(HttpStatusCode.SeeOther, (await agent.Send("/profile", "/incoming/0/again")).StatusCode);
        var reader = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        Assert.NotEqual(HttpStatusCode.OK, (await reader.GetAsync("/incoming")).StatusCode);
    }
}

using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Mail.Imap;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

public sealed class MailOutTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_goes_through_postfix_into_a_mailbox_and_its_reply_comes_back_to_the_case(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string>
        {
            ["customer.example"] = dovecot.Transport,
            ["desk.example"] = PostfixServer.ToSmtp(desk.Get<SmtpIntake>().Endpoint!.Port),
        });
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = postfix.Port, Security = "none" });

        await Hand(postfix, MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await Until(async () => await desk.Value<long>("select count(*) from intake") == 1);
        await desk.ReadAll();
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Accepted, await desk.Value<int>("select state from outbox"));

        var got = MimeReader.Read(await Received(dovecot, "amara"));
        Assert.Equal("Kettle & Co", got.From!.Name);
        Assert.Contains("You hear from us by", got.Text);

        await Hand(postfix, MailDesk.Mail(Amara, "Re: " + got.Subject, "One more thing.", to: got.ReplyTo[0].Address), got.ReplyTo[0].Address);
        await Until(async () => await desk.Value<long>("select count(*) from intake") == 2);
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal("One more thing.", await desk.Value<string>("select text from messages order by id desc limit 1"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_crash_before_the_answer_is_recorded_sends_the_same_mail_again_and_counts_it(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();

        desk.Get<SendMail>().BeforeRecording = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Get<SendMail>().RunOnce(default));
        desk.Get<SendMail>().BeforeRecording = null;
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Single(server.Mails); // its lease still holds
        desk.Clock.Now = desk.Clock.Now.AddMinutes(21);
        await desk.Get<SendMail>().RunOnce(default);
        await desk.Get<SendMail>().RunOnce(default);

        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(server.Mails[0], server.Mails[1]);
        Assert.Equal(1, await desk.Value<int>("select possible_duplicates from outbox"));
        Assert.Equal((int)OutboxState.Accepted, await desk.Value<int>("select state from outbox"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_refused_recipient_shows_with_its_reason_and_tells_the_owner(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start(address => !address.StartsWith("gone", StringComparison.Ordinal));
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        await desk.Post(MailDesk.Mail("Gone <gone@customer.example>", "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Failed, await desk.Value<int>("select state from outbox"));
        Assert.StartsWith("550", await desk.Value<string>("select reply from outbox"));
        Assert.Contains("gone@customer.example was refused", await desk.Value<string>("select text from notices"));
        Assert.Equal(1, await desk.Value<long>("select hard from address_bounces"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_server_that_is_away_is_tried_again_later_and_given_up_after_five_days(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = 1, Security = "none" });
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Deferred, await desk.Value<int>("select state from outbox"));
        var pause = await desk.Value<long>("select due_at - queued_at from outbox");
        Assert.InRange(pause, 48_000, 72_000);
        var olu = await desk.AddPerson("Olu", Role.Owner);
        var browser = await desk.SignIn(olu);
        Assert.Contains("not taken yet for amara@customer.example; we try again: 450", await browser.GetStringAsync("/cases/1001"));
        for (var tries = 2; tries <= 3; tries++)
        {
            Assert.Equal(0, await desk.Value<long>("select count(*) from notices"));
            desk.Clock.Now = desk.Clock.Now.AddMinutes(10);
            await desk.Get<SendMail>().RunOnce(default);
        }

        Assert.StartsWith("Mail does not go out. ", await desk.Value<string>("select text from notices where person_id = @Id", olu));

        desk.Clock.Now = desk.Clock.Now.AddDays(6);
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Failed, await desk.Value<int>("select state from outbox"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_can_be_taken_back_by_its_writer_for_ten_seconds(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var sam = await desk.AddPerson("Sam", Role.Agent);
        var jo = Actor.Person(1, "Jo", Role.Agent);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."), from: "");
        await desk.ReadAll();
        var first = await Reply(desk, jo, "Oops.");
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Empty(server.Mails);
        Assert.False(await desk.Database.Write(unit => Outbox.TakeBack(unit, first, sam, desk.Clock.Now)));
        Assert.True(await desk.Database.Write(unit => Outbox.TakeBack(unit, first, jo, desk.Clock.Now)));

        var second = await Reply(desk, jo, "Better.");
        desk.Clock.Now = desk.Clock.Now.AddSeconds(11);
        Assert.False(await desk.Database.Write(unit => Outbox.TakeBack(unit, second, jo, desk.Clock.Now)));
        await desk.Get<SendMail>().RunOnce(default);
        var mail = MimeReader.Read(Encoding.UTF8.GetBytes(Assert.Single(server.Mails)));
        Assert.StartsWith("Better.", mail.Text);
        Assert.Equal("Jo, Kettle & Co", mail.From!.Name);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_demo_company_keeps_its_mail(string kind)
    {
        await using var desk = await MailDesk.Start(kind, demo: true);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Kept, await desk.Value<int>("select state from outbox"));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_bounce_belongs_to_its_mail_tells_the_owner_once_and_opens_nothing(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var id = MailDesk.Header(Assert.Single(await desk.Outgoing()), "Message-ID");
        foreach (var attempt in new[] { 1, 2 })
        {
            await desk.Post(
                $"From: MAILER-DAEMON@relay.example\r\nTo: {MailDesk.Ours}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b{attempt}@relay.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
                + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; amara@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
                + $"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\nSubject: x\r\n\r\n--b--\r\n", from: "");
        }

        await desk.ReadAll();
        Assert.Equal((int)OutboxState.Failed, await desk.Value<int>("select state from outbox"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices"));

        await desk.Post($"From: MAILER-DAEMON@relay.example\r\nTo: {MailDesk.Ours}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b3@relay.example>\r\n\r\nUser unknown: <x@y.example>\r\n", from: "");
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from intake where state = 3"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Neither_the_conversation_nor_the_stored_mail_gives_the_link_away(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var text = MimeReader.Read(Encoding.UTF8.GetBytes(Assert.Single(await desk.Outgoing()))).Text;
        var token = text[(text.IndexOf("/c/", StringComparison.Ordinal) + 3)..].Split('\n', ' ')[0].Trim();
        Assert.True(token.Length >= 32);
        Assert.DoesNotContain(token, await desk.Value<string>("select text from messages where direction = 2"));
        foreach (var digest in await desk.Rows<string>("select distinct digest from blobs"))
            Assert.DoesNotContain(token, Encoding.Latin1.GetString(await Blobs.Get(desk.Database, digest)));
    }

    private static Task<long> Reply(Desk desk, Actor by, string text) => desk.Database.Write(async unit =>
    {
        var message = 0L;
        await desk.Cases.ChangeIn(unit, 1001, async (@case, inner) =>
        {
            var company = new Company { Name = "Kettle & Co", MailFrom = MailDesk.Ours };
            message = await desk.Get<Outbox>().Queue(inner, company, 1001, PlainReply.For(company, 1001, @case.State, text, by.Name), by, desk.Clock.Now);
            @case.Speak(message, Domain.Cases.Channel.Mail, by, desk.Clock.Now);
        });
        return message;
    });

    private static async Task Hand(PostfixServer postfix, string mail, string to = MailDesk.Ours)
    {
        await using var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = postfix.Port, Security = SmtpSecurity.None });
        Assert.Equal(SmtpResult.Accepted, (await client.Send("amara@customer.example", [to], Encoding.UTF8.GetBytes(mail), default)).Result);
    }

    private static async Task<ReadOnlyMemory<byte>> Received(DovecotServer dovecot, string user)
    {
        for (var i = 0; ; i++)
        {
            await using var client = await ImapClient.Connect(new ImapClientOptions
            {
                Host = "127.0.0.1", Port = dovecot.ImapPort, User = user, Password = DovecotServer.Password, Security = MailboxSecurity.None, AllowPlainCredentials = true,
            }, default);
            await client.Examine("INBOX", default);
            await foreach (var mail in client.Fetch(await client.Search(1, null, default), default))
                return mail.Raw;
            Assert.True(i < 100, "nothing arrived");
            await Task.Delay(100);
        }
    }

    internal static async Task Until(Func<Task<bool>> done)
    {
        for (var i = 0; !await done(); i++)
        {
            Assert.True(i < 300, "it did not happen in time");
            await Task.Delay(50);
        }
    }
}

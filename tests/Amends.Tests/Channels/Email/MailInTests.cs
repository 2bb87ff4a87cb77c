using Amends.Channels.Email;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Tests.Channels.Email;

public sealed class MailInTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_by_smtp_becomes_a_case_that_is_acknowledged_and_found(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var outcome = await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks all over the table. Zebrafinch."));
        Assert.Equal(250, outcome.Reply!.Code);
        await desk.ReadAll();

        var state = await desk.Cases.Find(1001);
        Assert.Equal("The kettle leaks", state!.Subject);
        Assert.Equal("Amara Okafor", state.CustomerName);
        Assert.Equal("Jo", state.OwnerName);
        Assert.NotNull(state.AcknowledgedAt);
        Assert.Equal(1, await desk.Value<long>(kind == "sqlite"
            ? "select count(*) from search where search match 'zebrafinch'" : "select count(*) from search where words @@ to_tsquery('simple', 'zebrafinch')"));

        var mail = Assert.Single(await desk.Outgoing());
        Assert.Equal("auto-replied", MailDesk.Header(mail, "Auto-Submitted"));
        Assert.Contains("Jo looks after it", mail);
        Assert.Contains("https://care.desk.example/c/", mail);
        Assert.Contains("15:00 (Europe/Berlin time)", mail); // 10:00 UTC is 11:00 there, and four open hours later it is 15:00
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mails_that_are_read_at_once_go_to_those_with_the_fewest_open_cases(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll(); // Jo has one
        var lea = await desk.AddPerson("Lea", Role.Agent);
        var away = await desk.AddPerson("Sam", Role.Agent);
        await desk.AddPerson("Kim", Role.Lead);
        await desk.Database.Write(unit => unit.Run("update people set available = 0 where id = @Id", new { away.Id }));

        for (var i = 0; i < 5; i++)
            await desk.Post(MailDesk.Mail($"Customer {i} <customer{i}@elsewhere.example>", $"Matter {i}", "It leaks."));
        await desk.ReadAll();

        Assert.Equal(3, await desk.Value<long>("select count(*) from cases where owner_id = @Id", new { lea.Id }));
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases c join people p on p.id = c.owner_id where p.name = 'Jo'"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_acknowledgement_names_the_team_while_nobody_has_the_case(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        Assert.Contains("Our team has it", Assert.Single(await desk.Outgoing()));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_its_sender_sends_again_is_stored_once(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var mail = MailDesk.Mail(Amara, "The kettle leaks", "It leaks.", "once@elsewhere.example");
        await desk.Post("Received: from a by b; now\r\n" + mail);
        await desk.ReadAll();
        Assert.Equal(250, (await desk.Post("Received: from a by b; later\r\n" + mail)).Reply!.Code);
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from intake"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Single(await desk.Outgoing());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Another_mail_with_a_known_message_id_is_kept_and_marked(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Mallory <mallory@elsewhere.example>", "Hello", "First.", "same@elsewhere.example"));
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks.", "same@elsewhere.example"));
        await desk.ReadAll();
        Assert.Equal(2, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from mail_senders where same_id = 1"));
        var browser = await desk.SignIn(await desk.AddPerson("Lee", Domain.People.Role.Lead));
        var pages = new[] { await browser.GetStringAsync("/cases/1001"), await browser.GetStringAsync("/cases/1002") };
        Assert.Single(pages, page => page.Contains("another mail came with the same Message-ID", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_for_others_is_refused_and_plus_addresses_are_taken(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        Assert.Equal(550, (await desk.Post(MailDesk.Mail(Amara, "Hello", "Hello."), "somebody@elsewhere.example")).Recipients[0].Reply.Code);
        Assert.Equal(250, (await desk.Post(MailDesk.Mail(Amara, "Hello", "Hello."), "service+anything@desk.example")).Reply!.Code);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_finds_its_case_by_our_signature_and_a_guess_does_not(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var answer = Assert.Single(await desk.Outgoing());
        var replyTo = MailDesk.Header(answer, "Reply-To").Split('<', '>')[1];
        var id = MailDesk.Header(answer, "Message-ID").Trim('<', '>');

        await desk.Post(MailDesk.Mail(Amara, "Re: [1001]", "By address.", to: replyTo), replyTo);
        await desk.Post(MailDesk.Mail(Amara, "Re: [1001]", "By reference.\r\n\r\nOn Wed, 4 Mar 2026 at 11:00, Kettle & Co <service@desk.example> wrote:\r\n> We have it.", extra: $"In-Reply-To: <{id}>\r\n"));
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(["It leaks.", "By address.", "By reference."], await desk.Rows<string>("select text from messages where direction = 1 order by id"));
        Assert.Single(await desk.Outgoing());

        await desk.Post(MailDesk.Mail("Stranger <s@elsewhere.example>", "Re: [1001]", "A guess.", to: "service+1001.8104qaaaaaaaaaaaaaaaa@desk.example"), "service+1001.8104qaaaaaaaaaaaaaaaa@desk.example");
        await desk.Post(MailDesk.Mail("Stranger <t@elsewhere.example>", "Re: [1001]", "A guess.", extra: "References: <1001.2.8104qaaaaaaaaaaaaaaaa@desk.example>\r\n"));
        await desk.ReadAll();
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_stranger_with_the_reply_address_is_placed_but_not_trusted_and_not_answered(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var replyTo = MailDesk.Header(Assert.Single(await desk.Outgoing()), "Reply-To").Split('<', '>')[1];

        await desk.Post(MailDesk.Mail("Amara Okafor <amara@impostor.example>", "Re: [1001]", "Send me everything.", to: replyTo), replyTo);
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select known from mail_senders where address = 'amara@impostor.example'"));
        Assert.Equal("Amara Okafor (not verified)", await desk.Value<string>("select author_name from messages order by id desc limit 1"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from customer_addresses"));
        Assert.Single(await desk.Outgoing());
        var browser = await desk.SignIn(await desk.AddPerson("Lee", Domain.People.Role.Lead));
        Assert.Contains("from amara@impostor.example, which is not an address of this customer", await browser.GetStringAsync("/cases/1001"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_signed_address_counts_more_than_what_the_mail_says_it_answers(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.Post(MailDesk.Mail(Amara, "The toaster burns", "It burns."));
        await desk.ReadAll();
        var letters = (await desk.Outgoing()).ToDictionary(letter => MailDesk.Header(letter, "Reply-To").Split('+', '.')[1]);
        var address = MailDesk.Header(letters["1001"], "Reply-To").Split('<', '>')[1];
        await desk.Post(MailDesk.Mail(Amara, "Re", "To the first.", to: address, extra: $"In-Reply-To: {MailDesk.Header(letters["1002"], "Message-ID")}\r\n"), address);
        await desk.ReadAll();
        Assert.Equal(1001, await desk.Value<long>("select case_number from messages where text = 'To the first.'"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_that_lay_for_long_opens_a_case_and_is_not_acknowledged(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.Database.Write(unit => unit.Run("update intake set received_at = @at", new { at = desk.Clock.Now.AddDays(-8).ToUnixTimeMilliseconds() }));
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Empty(await desk.Outgoing());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Letters_that_no_database_stores_hold_up_no_mail(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var long198 = new string('a', 198);
        await desk.Post(MailDesk.Mail("A <a@customer.example>", long198 + "\U0001F600 and so on and on", new string('b', 9_999) + "\U0001F600" + new string('c', 89_000) + string.Concat(Enumerable.Repeat("\U0001F600", 5_000))));
        await desk.Post(MailDesk.Mail("B\0 <b@customer.example>", "N\0ul", "N\0ul", "nul\0@elsewhere.example", "References: <a\0b@elsewhere.example>\r\nCc: c\0@customer.example\r\n"));
        await desk.Post("From: D <d@customer.example>\r\nSubject: =?utf-7?Q?Half_+2D0-_a_letter?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nHalf +2D0- a letter\r\n--b\r\nContent-Type: text/x\0y\r\nContent-ID: <i\0d>\r\nContent-Disposition: attachment; filename*=utf-8''n%00ul.txt\r\n\r\nx\r\n--b--\r\n");
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select count(*) from intake where state <> 2"));
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Html_is_cleaned_once_and_files_are_kept(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(
            $"From: {Amara}\r\nTo: {MailDesk.Ours}\r\nSubject: Photo\r\nMessage-ID: <photo@elsewhere.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/html\r\n\r\n<p onclick=\"x()\">See <b>this</b></p><script>alert(1)</script><img src=\"cid:p1\">\r\n"
            + "--b\r\nContent-Type: image/png; name=kettle.png\r\nContent-ID: <p1>\r\nContent-Disposition: attachment; filename=kettle.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n");
        await desk.ReadAll();
        var html = await desk.Value<string>("select html from messages where direction = 1");
        Assert.Contains("<b>this</b>", html);
        Assert.Contains("cid:p1", html);
        Assert.DoesNotContain("script", html);
        Assert.DoesNotContain("onclick", html);
        Assert.Equal(8, await desk.Value<long>("select size from attachments where name = 'kettle.png' and content_id = 'p1'"));
    }
}

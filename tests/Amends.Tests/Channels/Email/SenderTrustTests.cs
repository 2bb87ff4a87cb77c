using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Api;
using Amends.Letters;
using Amends.Mail.Tests.Trust;
using Amends.Mail.Trust;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Channels.Email;

/// <summary>Whom we believe, and what nobody gets by a mail: a table of mails and what becomes of each.</summary>
public sealed class SenderTrustTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";
    private const string Ours = "Authentication-Results: mx.desk.example; dmarc=";
    private static readonly byte[] Key = DkimSigner.NewKey();

    private static async Task<Desk> Start(string kind, TestDns dns)
    {
        dns.Records["one._domainkey.customer.example"] = [DkimSigner.Record(Key)];
        var desk = await MailDesk.Start(kind, with: surroundings => surroundings with { DnsServers = [dns.Endpoint] });
        await desk.Get<StoredSettings>().Set(TrustSettings.Setting, new TrustSettings { Receiver = "mx.desk.example" });
        return desk;
    }

    private static string Signed(string mail) => Encoding.UTF8.GetString(new DkimSigner("customer.example", "one", Key).Sign(Encoding.UTF8.GetBytes(mail), DateTimeOffset.UtcNow));

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Each_mail_gets_the_trust_that_it_earns(string kind)
    {
        await using var dns = new TestDns();
        await using var desk = await Start(kind, dns);
        var plain = MailDesk.Mail(Amara, "Hello", "It leaks.");
        var table = new (string Name, string Mail, SenderVerdict Verdict, string? SignedBy, bool Answered)[]
        {
            ("nobody signed", MailDesk.Mail("a@one.example", "Hello", "It leaks."), SenderVerdict.Unverified, null, true),
            ("signed by the author's domain", Signed(plain), SenderVerdict.Verified, "customer.example", true),
            ("changed after that", Signed(MailDesk.Mail(Amara, "Hello", "It leaks.")).Replace("It leaks", "It burns", StringComparison.Ordinal), SenderVerdict.Unverified, null, true),
            ("signed by another domain", Signed(MailDesk.Mail("b@two.example", "Hello", "It leaks.")), SenderVerdict.Unverified, null, true),
            ("two authors, one signed", "From: mallory@evil.example\r\n" + Signed(MailDesk.Mail(Amara, "Hello", "It leaks.")), SenderVerdict.Unverified, null, true),
            ("the receiver says pass", Ours + "pass header.from=three.example\r\n" + MailDesk.Mail("c@three.example", "Hello", "It leaks."), SenderVerdict.Verified, null, true),
            ("the receiver says pass of another", Ours + "pass header.from=three.example\r\n" + MailDesk.Mail("d@four.example", "Hello", "It leaks."), SenderVerdict.Unverified, null, true),
            ("another server says pass", "Authentication-Results: mx.evil.example; dmarc=pass header.from=five.example\r\n" + MailDesk.Mail("e@five.example", "Hello", "It leaks."), SenderVerdict.Unverified, null, true),
            ("the receiver says fail", Ours + "fail header.from=six.example\r\n" + MailDesk.Mail("f@six.example", "Hello", "It leaks."), SenderVerdict.Failed, null, false),
            ("forged below the receiver's own", Ours + "fail header.from=seven.example\r\nReceived: from evil by mx.desk.example\r\n" + Ours + "pass header.from=seven.example\r\n" + MailDesk.Mail("g@seven.example", "Hello", "It leaks."), SenderVerdict.Failed, null, false),
        };
        foreach (var row in table)
        {
            var letters = (await desk.Outgoing()).Count;
            await desk.Post(row.Mail);
            await desk.ReadAll();
            var (trust, detail) = (await desk.Rows<(long, string)>("select trust, trust_detail from mail_senders order by message_id desc limit 1")).Single();
            Assert.True((row.Verdict, row.SignedBy) == ((SenderVerdict)trust, SenderDetail.Read(detail)!.SignedBy), $"{row.Name}: {trust} {detail}");
            Assert.True(row.Answered == (await desk.Outgoing()).Count > letters, row.Name);
        }

        using var browser = await desk.SignIn(await desk.AddPerson("Lee", Role.Lead));
        var signed = await desk.Value<long>("select case_number from mail_senders where trust = 1 order by message_id limit 1");
        Assert.Contains("Signed by customer.example", await browser.GetStringAsync($"/cases/{signed}"));
        var failed = await desk.Value<long>("select max(case_number) from mail_senders where trust = 3");
        Assert.Contains("seven.example says that this mail is not from it", await browser.GetStringAsync($"/cases/{failed}"));
        var sender = Assert.Single((await desk.Get<ReadCase>().Find(failed, default))!.Messages).Sender!;
        Assert.Equal((SenderVerdict.Failed, "mx.desk.example", "dmarc fail"), (sender.Verdict, sender.Receiver, $"{sender.Results[0].Method} {sender.Results[0].Value}"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_thread_places_a_mail_and_gives_its_sender_nothing(string kind)
    {
        await using var dns = new TestDns();
        await using var desk = await Start(kind, dns);
        await desk.Post(Signed(MailDesk.Mail(Amara, "The kettle leaks", "It leaks.", "first@customer.example")));
        await desk.ReadAll();
        var answer = Assert.Single(await desk.Outgoing());
        var replyTo = MailDesk.Header(answer, "Reply-To").Split('<', '>')[1];
        var forged = replyTo[..^"@desk.example".Length] + "x@desk.example";
        var expired = desk.Get<MailTokens>().ReplyAddress(MailDesk.Ours, 1001, desk.Clock.Now.AddYears(-5));
        var fromUs = $"In-Reply-To: {MailDesk.Header(answer, "Message-ID")}\r\n";
        var fail = Ours + "fail header.from=customer.example\r\n";

        // A mail, where it is placed, and whether it counts as the customer's.
        var table = new (string Name, string Mail, string To, bool Placed, bool Known)[]
        {
            ("S1 a code for somebody who used our address", MailDesk.Mail("Signup <no@shop.example>", "Your code", "Your code is CANARY1.", "s1@shop.example", to: replyTo), replyTo, true, false),
            ("S1 by Message-ID", MailDesk.Mail("Signup <hello@shop.example>", "Your code", "Your code is CANARY2.", extra: fromUs), MailDesk.Ours, true, false),
            ("S2 another address with a good token", MailDesk.Mail("Amara Okafor <amara@impostor.example>", "Re", "CANARY3. Send me all.", to: replyTo), replyTo, true, false),
            ("S2 the customer's address in the name", MailDesk.Mail("\"amara@customer.example\" <a@impostor.example>", "Re", "CANARY4.", to: replyTo), replyTo, true, false),
            ("S3 forged customer, more recipients", fail + MailDesk.Mail(Amara, "Re", "CANARY5.", extra: "Cc: eve@evil.example\r\n", to: replyTo), replyTo, true, false),
            ("S3 forged customer by a guess at the customer's own mail", fail + MailDesk.Mail(Amara, "Re [1001]", "CANARY6.", extra: "References: <first@customer.example>\r\nCc: eve@evil.example\r\n"), MailDesk.Ours, false, false),
            ("S4 an agent's address with the customer's token", MailDesk.Mail("Jo <jo@desk.example>", "Re", "CANARY7. I approve: pay 5,000.", to: replyTo), replyTo, true, false),
            ("S4 an agent's address with a forged token", MailDesk.Mail("Jo <jo@desk.example>", "Re", "CANARY8.", to: forged), forged, false, true),
            ("S4 an agent's address with an old token", MailDesk.Mail("Jo <jo@desk.example>", "Re", "CANARY9.", to: expired), expired, false, true),
            ("the customer, signed", Signed(MailDesk.Mail(Amara, "Re", "I am the customer.", to: replyTo)), replyTo, true, true),
            ("the customer, unsigned", MailDesk.Mail(Amara, "Re", "I am the customer, too.", to: replyTo), replyTo, true, true),
        };
        foreach (var row in table)
        {
            var letters = (await desk.Outgoing()).Count;
            await desk.Post(row.Mail, row.To, "whoever@elsewhere.example");
            await desk.ReadAll();
            var (number, known) = (await desk.Rows<(long, long)>("select case_number, known from mail_senders order by message_id desc limit 1")).Single();
            Assert.True((row.Placed, row.Known) == (number == 1001, known == 1), $"{row.Name}: case {number}, known {known}");
            Assert.True(!row.Placed || (await desk.Outgoing()).Count == letters, row.Name);
        }

        Assert.Equal(1, await desk.Value<long>("select count(*) from customer_addresses a join cases c on c.customer_id = a.customer_id where c.number = 1001"));
        Assert.Equal("Amara Okafor", (await desk.Cases.Find(1001))!.CustomerName);
        Assert.Equal("Jo (not verified)", await desk.Value<string>("select author_name from messages where text like 'CANARY7%'"));

        // What strangers wrote is for agents alone, and the next letter goes to the customer and names no mail of theirs.
        using var customer = new Features.CustomerPages.Browser(desk.Address);
        await customer.Open(CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, 1001, desk.Clock.Now))));
        await customer.Submit(null);
        Assert.DoesNotContain("CANARY", customer.Page.DocumentElement.OuterHtml);
        Assert.Equal(3, customer.Text.Split("You wrote to us").Length - 1); // the first mail, and the two of the customer's own
        var jo = new Actor(ActorKind.Person, await desk.Value<long>("select id from people where email = 'jo@desk.example'"), "Jo", Role.Agent);
        await desk.Database.Write(async unit => await desk.Get<Outbox>().Queue(unit, await desk.Get<StoredSettings>().Company(), 1001, new Letter("Re: The kettle leaks", "We send a new one."), jo, desk.Clock.Now));
        var letter = (await desk.Outgoing())[^1];
        Assert.Equal("amara@customer.example", MailDesk.Header(letter, "To"));
        Assert.Contains("first@customer.example", MailDesk.Header(letter, "References"));
        Assert.DoesNotContain("shop.example", letter);
        Assert.DoesNotContain("CANARY", letter);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task No_words_in_a_mail_choose_approve_or_close_anything(string kind)
    {
        await using var dns = new TestDns();
        await using var desk = await Start(kind, dns);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Database.Write(unit => Customers.AddAddress(unit, complaint.Customer.Id, "amara@customer.example"));
        var before = await complaint.State();
        var to = desk.Get<MailTokens>().ReplyAddress(MailDesk.Ours, complaint.Number, desk.Clock.Now);
        foreach (var words in (string[])["I choose option 2.", "Yes, pay it to another account: DE00 1234.", "Approved.", "Close the case.", "/choose 2"])
        {
            await desk.Post(Signed(MailDesk.Mail(Amara, words, words, to: to)), to);
            await desk.Post(MailDesk.Mail("Jo <jo@desk.example>", words, words, to: to), to);
        }

        await desk.ReadAll();
        var after = await complaint.State();
        Assert.Equal((before.Stage, before.SentOffer!.ChosenId, before.Remedies.Count), (after.Stage, after.SentOffer!.ChosenId, after.Remedies.Count));
        Assert.Equal(CaseStage.Offered, after.Stage);
        Assert.Equal(10, await desk.Value<long>("select count(*) from mail_senders where case_number = @Number", new { complaint.Number }));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Trouble_in_the_dns_holds_no_mail_up(string kind)
    {
        await using var dns = new TestDns();
        dns.ByUdp = (_, _) => [];
        await using var desk = await Start(kind, dns);
        for (var i = 0; i < 20; i++)
            await desk.Post(Signed(MailDesk.Mail(Amara, $"Matter {i}", "It leaks.")));
        var from = Environment.TickCount64;
        await desk.ReadAll();
        Assert.InRange(Environment.TickCount64 - from, 0, 30_000); // twenty times the patience
        Assert.Equal(20, await desk.Value<long>("select count(*) from mail_senders where trust = 0"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Our_mail_is_signed_once_the_record_is_published(string kind)
    {
        await using var dns = new TestDns();
        await using var desk = await Start(kind, dns);
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        await owner.Send("/settings/mail", "/settings/mail/keys");
        var key = Assert.Single(await desk.Rows<DkimKeyRow>("select * from dkim_keys"));
        Assert.Contains(System.Net.WebUtility.HtmlEncode(key.Record).Replace("&#x2B;", "+"), (await owner.GetStringAsync("/settings/mail")).Replace("&#x2B;", "+"));
        Assert.NotNull(desk.Get<Amends.Web.Secrets>().Open(key.PrivateKey, "dkim key"));
        await desk.Post(MailDesk.Mail("a@one.example", "Hello", "It leaks."));
        await desk.ReadAll();
        Assert.Equal("", MailDesk.Header((await desk.Outgoing())[^1], "DKIM-Signature")); // nothing is signed yet

        var early = await owner.Send("/settings/mail", $"/settings/mail/keys/{key.Id}/use");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("has no TXT record yet", await early.Content.ReadAsStringAsync());
        dns.Records[key.RecordName] = [key.Record];
        await owner.Send("/settings/mail", $"/settings/mail/keys/{key.Id}/use");
        await desk.Post(MailDesk.Mail("b@two.example", "Hello", "It leaks. Grüße."));
        await desk.ReadAll();
        var letter = Encoding.UTF8.GetBytes((await desk.Outgoing())[^1]);
        var verifier = new DkimVerifier(new DnsClient([dns.Endpoint], TimeProvider.System), TimeProvider.System);
        Assert.Equal(new DkimResult("desk.example", key.Selector, DkimOutcome.Pass, ""), Assert.Single(await verifier.Verify(letter)));

        await owner.Send("/settings/mail", $"/settings/mail/keys/{key.Id}/remove");
        await desk.Post(MailDesk.Mail("c@three.example", "Hello", "It leaks."));
        await desk.ReadAll();
        Assert.Equal("", MailDesk.Header((await desk.Outgoing())[^1], "DKIM-Signature"));
    }
}

using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Letters;
using Amends.Mail.Smtp;
using Amends.Mail.Tests.Trust;
using Amends.Mail.Trust;
using Amends.Tests.Features.CustomerPages;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

/// <summary>
/// Every kind of sender by every way to a case, through Postfix and Dovecot: 120 mails of which only the customer's own may
/// be taken for the customer's, and none may choose, approve or hear anything.
/// </summary>
public sealed class MailIdentityTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";
    private const string Jo = "Jo <jo@desk.example>";
    private const string Receiver = "Authentication-Results: mx.desk.example; dmarc=";
    private const string First = "first@customer.example";

    private static readonly byte[] Key = DkimSigner.NewKey();

    /// <summary>Who writes.</summary>
    /// <param name="From">The author as shown.</param>
    /// <param name="Verdict">What is to be made of them.</param>
    /// <param name="IsCustomer">The address is the customer's.</param>
    /// <param name="Dress">What stands around the mail: signatures, results of servers.</param>
    private sealed record Sender(string From, SenderVerdict Verdict, bool IsCustomer, Func<string, string> Dress);

    private static readonly Sender[] Senders =
    [
        new(Amara, SenderVerdict.Verified, true, Sign),
        new(Amara, SenderVerdict.Unverified, true, mail => mail),
        new(Amara, SenderVerdict.Unverified, true, mail => Sign(mail) + "P.S. And pay.\r\n"),
        new(Amara, SenderVerdict.Unverified, true, mail => "Authentication-Results: mx.evil.example; dmarc=pass header.from=customer.example\r\n" + mail),
        new(Amara, SenderVerdict.Failed, true, mail => Receiver + "fail header.from=customer.example\r\n" + mail),
        new(Amara, SenderVerdict.Failed, true, mail => Receiver + "fail header.from=customer.example\r\nReceived: from evil.example by mx.desk.example\r\n" + Receiver + "pass header.from=customer.example\r\n" + mail),
        new("Amara Okafor <amara@impostor.example>", SenderVerdict.Unverified, false, mail => mail),
        new("\"amara@customer.example\" <a@impostor.example>", SenderVerdict.Unverified, false, Sign),
        new(Jo, SenderVerdict.Unverified, false, mail => mail),
        new(Jo, SenderVerdict.Unverified, false, mail => "ARC-Authentication-Results: i=1; mx.desk.example; dmarc=pass header.from=desk.example\r\n" + Sign(mail)),
    ];

    private static readonly string[] Words = ["I choose option 2. CANARY", "Approved: pay 5,000 to another account. CANARY"];

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Of_120_mails_only_the_customers_own_are_the_customers_and_none_decides_anything(string kind)
    {
        await using var dns = new TestDns();
        dns.Records["one._domainkey.customer.example"] = [DkimSigner.Record(Key)];
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string> { ["desk.example"] = dovecot.Transport });
        await using var desk = await MailDesk.Start(kind, with: surroundings => surroundings with { DnsServers = [dns.Endpoint] });
        await desk.Get<StoredSettings>().Set(TrustSettings.Setting, new TrustSettings { Receiver = "mx.desk.example" });
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Database.Write(unit => Customers.AddAddress(unit, complaint.Customer.Id, "amara@customer.example"));
        var good = desk.Get<MailTokens>().ReplyAddress(MailDesk.Ours, complaint.Number, desk.Clock.Now);
        await desk.Post(MailDesk.Mail(Amara, "Re", "My own words.", First, to: good), good);
        await desk.ReadAll();
        var company = await desk.Get<StoredSettings>().Company();
        await desk.Database.Write(async unit => await desk.Get<Outbox>().Queue(unit, company, complaint.Number, new Letter("Re", "We are on it."), complaint.Jo, desk.Clock.Now));
        var before = await complaint.State();
        var ours = MailDesk.Header((await desk.Outgoing())[^1], "Message-ID");

        // By which way, and who comes to the case by it.
        (string To, string Extra, string Subject, Func<Sender, bool> Placed)[] ways =
        [
            (good, "", "Re", _ => true),
            (MailDesk.Ours, $"In-Reply-To: {ours}\r\n", "Re", _ => true),
            (good[..^"@desk.example".Length] + "x@desk.example", "", "Re", _ => false),
            (desk.Get<MailTokens>().ReplyAddress(MailDesk.Ours, complaint.Number, desk.Clock.Now.AddYears(-5)), "", "Re", _ => false),
            (MailDesk.Ours, $"References: <{First}>\r\n", "Re", sender => sender is { IsCustomer: true, Verdict: not SenderVerdict.Failed }),
            (MailDesk.Ours, "", $"Re: [{complaint.Number}]", _ => false),
        ];
        var table = (from sender in Senders from way in ways from words in Words select (Sender: sender, Way: way, Words: words)).ToList();
        Assert.Equal(120, table.Count);

        await using (var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = postfix.Port, Security = SmtpSecurity.None }))
        {
            for (var i = 0; i < table.Count; i++)
            {
                var (sender, way, words) = table[i];
                var mail = sender.Dress(MailDesk.Mail(sender.From, way.Subject, words + i, $"{i}@suite.example", $"{way.Extra}Cc: eve@evil.example\r\n", way.To));
                Assert.Equal(SmtpResult.Accepted, (await client.Send("whoever@elsewhere.example", [way.To], Encoding.UTF8.GetBytes(mail), default)).Result);
            }
        }

        await desk.Get<Mailboxes>().Save(new Mailbox { Name = "service", Address = MailDesk.Ours, Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = "service" }, DovecotServer.Password);
        for (var tries = 0; tries < 100 && await desk.Value<long>("select count(*) from intake") < table.Count + 1; tries++)
        {
            await Task.Delay(100);
            await desk.Get<FetchMail>().RunOnce(default);
        }

        var letters = (await desk.Outgoing()).Count;
        await desk.ReadAll();
        var read = (await desk.Rows<Taken>("select m.mail_id, s.case_number, s.known, s.trust from mail_senders s join messages m on m.id = s.message_id where m.mail_id like '%@suite.example'")).ToDictionary(row => row.MailId);
        Assert.Equal(table.Count, read.Count);
        for (var i = 0; i < table.Count; i++)
        {
            var (sender, way, _) = table[i];
            var placed = way.Placed(sender);
            var known = sender.Verdict != SenderVerdict.Failed && (sender.IsCustomer || !placed); // who opens a case is that case's customer
            var row = read[$"{i}@suite.example"];
            Assert.True((placed, known, sender.Verdict) == (row.CaseNumber == complaint.Number, row.Known == 1, (SenderVerdict)row.Trust),
                $"{sender.From} ({sender.Verdict}) to {way.To} {way.Extra}: case {row.CaseNumber}, known {row.Known}, trust {row.Trust}");
        }

        // New cases are acknowledged to whoever opened them; nobody else hears anything.
        var answers = (await desk.Outgoing())[letters..];
        Assert.All(answers, mail => Assert.DoesNotContain("CANARY", mail));
        Assert.All(await desk.Rows<string>("select recipient from outbox"), recipient => Assert.NotEqual("eve@evil.example", recipient));
        Assert.Equal(0, await desk.Value<long>(
            "select count(*) from outbox o join messages m on m.id = o.message_id where m.automatic = 1 and exists (select 1 from mail_senders s where s.case_number = o.case_number and (s.trust = 3 or s.known = 0))"));

        var after = await complaint.State();
        Assert.Equal((CaseStage.Offered, before.SentOffer!.ChosenId, before.Remedies.Count, before.CustomerName), (after.Stage, after.SentOffer!.ChosenId, after.Remedies.Count, after.CustomerName));
        using var customer = new Features.CustomerPages.Browser(desk.Address);
        await customer.Open(CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, complaint.Number, desk.Clock.Now))));
        await customer.Submit(null);
        foreach (var strange in table.Select((row, i) => (row.Sender, Text: row.Words + i)).Where(row => row.Sender is { IsCustomer: false } or { Verdict: SenderVerdict.Failed }))
            Assert.DoesNotContain(strange.Text + " ", customer.Text.ReplaceLineEndings(" ") + " ", StringComparison.Ordinal);
    }

    private static string Sign(string mail) => Encoding.UTF8.GetString(new DkimSigner("customer.example", "one", Key).Sign(Encoding.UTF8.GetBytes(mail), DateTimeOffset.UtcNow));

    private sealed class Taken
    {
        public string MailId { get; init; } = "";
        public long CaseNumber { get; init; }
        public long Known { get; init; }
        public long Trust { get; init; }
    }
}

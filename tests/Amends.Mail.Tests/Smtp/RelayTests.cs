using System.Collections.Concurrent;
using System.Text;
using Amends.Mail.Imap;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Mail.Tests.Smtp;

public sealed class RelayTests
{
    [Fact]
    public async Task Two_hundred_mails_go_through_Postfix_into_our_server_once_each_and_unchanged()
    {
        var calls = 0;
        var taken = new ConcurrentBag<string>();
        await using var server = new TakingServer(new SmtpServerOptions { Certificate = TestCertificate.ForServer(TestCertificate.Localhost) }, store: (envelope, mail) =>
        {
            // Every tenth is refused for now, and must come again.
            if (Interlocked.Increment(ref calls) % 10 == 0) throw new IOException("not now");
            Assert.True(envelope.Tls);
            taken.Add(Encoding.Latin1.GetString(mail));
            return Task.FromResult(SmtpReply.Taken);
        });
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string> { ["amends.test"] = PostfixServer.ToSmtp(server.Port) });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            await using var client = SmtpClientTests.Client(postfix.Port);
            for (var i = 0; i < 50; i++)
            {
                var outcome = await client.Send("ann@example.org", ["help@amends.test"], Mail($"{lane}-{i}"), CancellationToken.None);
                Assert.True(outcome.Result == SmtpResult.Accepted, outcome.Text);
            }
        }));
        for (var tries = 0; tries < 900 && taken.Count < 200; tries++) await Task.Delay(100);
        var tokens = taken.Select(mail => mail.Split("token-")[1].Split('.')[0]).Order().ToList();
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(lane => Enumerable.Range(0, 50).Select(i => $"{lane}-{i}")).Order(), tokens);
        Assert.All(taken, mail => Assert.EndsWith("\r\n\r\n.token-" + mail.Split("token-")[1], mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Postfix_hands_over_by_LMTP_and_hears_of_each_recipient()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Lmtp = true });
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string> { ["amends.test"] = PostfixServer.ToLmtp(server.Port) });
        await using var client = SmtpClientTests.Client(postfix.Port);
        var outcome = await client.Send("", ["help@amends.test", "nobody@amends.test", "shop@amends.test"], Mail("lmtp"), CancellationToken.None);
        Assert.True(outcome.Result == SmtpResult.Accepted, outcome.Text);
        for (var tries = 0; tries < 100 && !postfix.Log.Contains("removed", StringComparison.Ordinal); tries++) await Task.Delay(100);
        Assert.Equal(["help@amends.test", "shop@amends.test"], Assert.Single(server.Taken).Envelope.Recipients);
        Assert.Contains("to=<shop@amends.test>, relay=127.0.0.1", postfix.Log, StringComparison.Ordinal);
        Assert.Matches("to=<nobody@amends.test>.*status=bounced \\(host .* said: 550", postfix.Log);
    }

    [Fact]
    public async Task A_mail_goes_out_through_Postfix_into_Dovecot_and_is_read_back_byte_for_byte()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string> { ["box.test"] = dovecot.Transport }, TestCertificate.Pem, TestCertificate.KeyPem);
        await using var client = new SmtpClient(new SmtpClientOptions { Host = "localhost", Port = postfix.Port, TrustedRoots = TestCertificate.Roots });
        var mail = Mail("out");
        var outcome = await client.Send("help@amends.test", ["ann@box.test", "ben@box.test", "eve@outside.test"], mail, CancellationToken.None);
        Assert.True(outcome.Result == SmtpResult.Accepted, outcome.Text);
        Assert.Equal([SmtpResult.Accepted, SmtpResult.Accepted, SmtpResult.Failed], outcome.Recipients.Select(one => one.Result));
        foreach (var user in (string[])["ann", "ben"])
        {
            await using var imap = await ImapClient.Connect(
                new ImapClientOptions { Host = "127.0.0.1", Port = dovecot.ImapPort, Security = MailboxSecurity.None, AllowPlainCredentials = true, User = user, Password = DovecotServer.Password },
                CancellationToken.None);
            var box = await imap.Select("INBOX", CancellationToken.None);
            IReadOnlyList<uint> uids = [];
            for (var tries = 0; tries < 100 && uids.Count == 0; tries++)
            {
                uids = await imap.Search(1, box.UidNext, CancellationToken.None);
                if (uids.Count == 0) await imap.Idle(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }
            var read = Assert.Single(await imap.Fetch(uids).ToListAsync());
            Assert.Equal(ImapFetched.Whole, read.State);
            Assert.Equal(read.Size, read.Raw.Length);
            Assert.EndsWith(Encoding.UTF8.GetString(mail), Encoding.UTF8.GetString(read.Raw.Span), StringComparison.Ordinal);
        }
    }

    private static byte[] Mail(string token) => Encoding.UTF8.GetBytes(
        $"From: Ann <ann@example.org>\r\nTo: help@amends.test\r\nSubject: broken\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{token}@example.org>\r\n\r\n.token-{token}.\r\nü — ok\r\n..\r\n");
}

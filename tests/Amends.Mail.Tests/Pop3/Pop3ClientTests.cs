using System.Text;
using Amends.Mail.Pop3;
using Amends.Mail.Tests.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Mail.Tests.Pop3;

public sealed class Pop3ClientTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_mailbox_on_Dovecot_is_listed_read_and_emptied_only_by_a_good_bye()
    {
        await using var dovecot = await DovecotServer.Start(TestCertificate.Pem, TestCertificate.KeyPem);
        Assert.SkipWhen(dovecot.Pop3Port == 0, "Debian's dovecot-pop3d is not installed here.");
        var options = Options(dovecot.Pop3Port) with { Host = "localhost", Security = MailboxSecurity.StartTls, AllowPlainCredentials = false };
        var mails = Enumerable.Range(0, 3).Select(i => $"Subject: mail {i}\r\n\r\n.dot\r\n..\r\n.\r\n" + new string('x', i * 3000) + "\r\n").ToList();
        foreach (var mail in mails) dovecot.Deliver("ann", Encoding.UTF8.GetBytes(mail));
        IReadOnlyList<Pop3Entry> first;
        await using (var pop = await Pop3Client.Connect(options, Never))
        {
            first = await pop.List(Never);
            Assert.Equal([1, 2, 3], first.Select(entry => entry.Number));
            var read = new List<string>();
            foreach (var entry in first) read.Add(Encoding.UTF8.GetString((await pop.Retrieve(entry, Never))!.Value.Span));
            Assert.Equal(mails.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
            Assert.EndsWith("\r\n\r\n", Encoding.UTF8.GetString((await pop.Header(first[0], Never))!.Value.Span));
            await pop.Delete(first[0], Never); // and no good-bye
        }
        await using (var pop = await Pop3Client.Connect(options, Never))
        {
            Assert.Equal(first, await pop.List(Never));
            await pop.Delete(first[0], Never);
            await pop.Quit(Never);
        }
        await using (var pop = await Pop3Client.Connect(options, Never)) Assert.Equal(first.Skip(1).Select(entry => entry.Uid), (await pop.List(Never)).Select(entry => entry.Uid));
        Assert.Equal(MailTrouble.CredentialsRefused, (await Assert.ThrowsAsync<Pop3Failure>(() => Pop3Client.Connect(options with { Password = "wrong" }, Never))).Trouble);
    }

    [Theory]
    [InlineData("HTTP/1.1 400", "does not speak", MailTrouble.Garbage)]
    [InlineData("+OK\n1 a\n1 b\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n1 a\n2 a\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n-1 a\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n1\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n1 a\tb\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n99999999999 a\n.", "cannot be read", MailTrouble.Garbage)]
    [InlineData("+OK\n1 a\n2 b\n3 c\n4 d\n.", "more than 3 mails", MailTrouble.Limit)]
    [InlineData("-ERR no such command", "cannot tell mails apart", MailTrouble.Refused)]
    [InlineData("+ more?", "asked for more", MailTrouble.Garbage)]
    public async Task What_a_hostile_server_lists_becomes_a_failure(string says, string words, MailTrouble trouble)
    {
        await using var server = Server([], says);
        await using var pop = await Pop3Client.Connect(Options(server.Port) with { MaxMails = 3 }, Never);
        var failure = await Assert.ThrowsAsync<Pop3Failure>(() => pop.List(Never));
        Assert.Equal(trouble, failure.Trouble);
        Assert.Contains(words, failure.Message);
    }

    [Fact]
    public async Task A_mail_is_bounded_whatever_its_size_was_said_to_be_and_none_is_taken_in_part()
    {
        var endless = new FakeServer(async peer =>
        {
            await SignIn(peer);
            await peer.Hear();
            await peer.Say("+OK\r\n");
            for (var i = 0; i < 300; i++) await peer.Say(new string('x', 10_000) + "\r\n");
        });
        await using (endless)
        {
            await using var pop = await Pop3Client.Connect(Options(endless.Port) with { MaxMailSize = 1_000_000 }, Never);
            Assert.Equal(MailTrouble.Limit, (await Assert.ThrowsAsync<Pop3Failure>(async () => await pop.Retrieve(new(1, "a", 10), Never))).Trouble);
            Assert.Equal(MailTrouble.Limit, (await Assert.ThrowsAsync<Pop3Failure>(async () => await pop.Retrieve(new(1, "a", 1_000_001), Never))).Trouble);
        }
        const string mail = "+OK 12\r\nSubject: x\r\n\r\n..\r\nHi\r\n.\r\n";
        for (var cut = 0; cut < mail.Length - 1; cut++)
        {
            var part = mail[..cut];
            await using var server = new FakeServer(async peer =>
            {
                await SignIn(peer);
                await peer.Hear();
                await peer.Say(part);
            });
            await using var pop = await Pop3Client.Connect(Options(server.Port), Never);
            await Assert.ThrowsAsync<Pop3Failure>(async () => await pop.Retrieve(new(1, "a", 12), Never));
            Assert.False(pop.IsConnected);
        }
    }

    [Fact]
    public async Task Stripped_TLS_and_injected_answers_end_the_attempt_without_the_password()
    {
        List<string> heard = [];
        foreach (var (capabilities, answer, trouble) in ((string, string, MailTrouble)[])[("USER", "+OK", MailTrouble.TlsMissing), ("STLS", "+OK\n+OK\nUSER", MailTrouble.Injected), ("STLS", "-ERR no", MailTrouble.Refused)])
        {
            await using var server = new FakeServer(FakeServer.Script(heard, "+OK hi", $"+OK\n{capabilities}\n.", answer));
            Assert.Equal(trouble, (await Assert.ThrowsAsync<Pop3Failure>(() => Pop3Client.Connect(Options(server.Port) with { Security = MailboxSecurity.StartTls }, Never))).Trouble);
        }
        await using var plain = new FakeServer(FakeServer.Script(heard, "+OK hi", "+OK\nUSER\n."));
        Assert.Equal(MailTrouble.CredentialsNeedTls, (await Assert.ThrowsAsync<Pop3Failure>(() => Pop3Client.Connect(Options(plain.Port) with { AllowPlainCredentials = false }, Never))).Trouble);
        Assert.All(heard, line => Assert.True(line is "CAPA" or "STLS", line));
    }

    [Fact]
    public async Task Each_way_to_sign_in_is_spoken_as_it_is_written()
    {
        (string Sasl, string? Token, string[] Answers, string[] Heard)[] ways =
        [
            ("SASL PLAIN", null, ["+ ", "+OK"], ["CAPA", "AUTH PLAIN", "AGFubgBzZWNyZXQ="]),
            ("USER", null, ["+OK", "+OK"], ["CAPA", "USER ann", "PASS secret"]),
            ("SASL PLAIN XOAUTH2", "the-token", ["+ ", "+OK"], ["CAPA", "AUTH XOAUTH2", "dXNlcj1hbm4BYXV0aD1CZWFyZXIgdGhlLXRva2VuAQE="]),
        ];
        foreach (var (sasl, token, answers, expected) in ways)
        {
            List<string> heard = [];
            await using var server = new FakeServer(FakeServer.Script(heard, ["+OK hi", $"+OK\n{sasl}\n.", .. answers, "+OK", "+OK"]));
            await using (await Pop3Client.Connect(Options(server.Port) with { AccessToken = token }, Never)) Assert.Equal(expected, heard);
        }
        await using var refusing = new FakeServer(FakeServer.Script([], "+OK hi", "+OK\nSASL XOAUTH2\n.", "+ ", "+ eyJzdGF0dXMiOiI0MDEifQ==", "-ERR [AUTH] no"));
        Assert.Equal((MailTrouble.CredentialsRefused, "AUTH"), await Trouble(Options(refusing.Port) with { AccessToken = "old" }));
        await using var busy = new FakeServer(FakeServer.Script([], "+OK hi", "+OK\nUSER\n.", "+OK", "-ERR [IN-USE] Do you have another POP session running?"));
        Assert.Equal((MailTrouble.Refused, "IN-USE"), await Trouble(Options(busy.Port)));
    }

    private static async Task<(MailTrouble, string)> Trouble(Pop3ClientOptions options)
    {
        var failure = await Assert.ThrowsAsync<Pop3Failure>(() => Pop3Client.Connect(options, Never));
        return (failure.Trouble, failure.Code);
    }

    private static Pop3ClientOptions Options(int port) => new()
    {
        Host = "127.0.0.1", Port = port, Security = MailboxSecurity.None, AllowPlainCredentials = true, User = "ann", Password = "secret", TrustedRoots = TestCertificate.Roots, SilenceTimeout = TimeSpan.FromSeconds(10),
    };

    private static FakeServer Server(List<string> heard, params string?[] answers) => new(FakeServer.Script(heard, ["+OK hi", "+OK\nUIDL\n.", "+OK", "+OK", .. answers]));

    private static async Task SignIn(RawPeer peer)
    {
        await peer.Say("+OK hi\r\n");
        foreach (var answer in (string[])["+OK\r\n.\r\n", "+OK\r\n", "+OK\r\n"])
        {
            await peer.Hear();
            await peer.Say(answer);
        }
    }
}

using Amends.Mail.Smtp;
using Amends.Mail.Wire;

namespace Amends.Mail.Tests.Smtp;

public sealed class SmtpTlsTests
{
    private static readonly byte[] Mail = "Subject: x\r\n\r\nhello\r\n"u8.ToArray();

    [Fact]
    public async Task Mail_goes_encrypted_when_a_certificate_is_there_and_trusted()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Certificate = TestCertificate.ForServer(TestCertificate.Localhost) });
        await using var client = Client(server.Port, SmtpSecurity.StartTls);
        Assert.Equal(SmtpResult.Accepted, (await client.Send("a@b.c", ["d@e.f"], Mail, CancellationToken.None)).Result);
        Assert.True(Assert.Single(server.Taken).Envelope.Tls);
    }

    [Fact]
    public async Task A_certificate_of_another_name_or_maker_is_refused_and_nothing_is_sent()
    {
        await using var wrong = new TakingServer(new SmtpServerOptions { Certificate = TestCertificate.ForServer(TestCertificate.Elsewhere) });
        await using var named = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = wrong.Port, TrustedRoots = [TestCertificate.Elsewhere] });
        Assert.Equal(MailTrouble.CertificateRefused, (await named.Send("a@b.c", ["d@e.f"], Mail, CancellationToken.None)).Trouble);
        await using var right = new TakingServer(new SmtpServerOptions { Certificate = TestCertificate.ForServer(TestCertificate.Localhost) });
        await using var made = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = right.Port, Security = SmtpSecurity.StartTlsIfOffered });
        Assert.Equal(MailTrouble.CertificateRefused, (await made.Send("a@b.c", ["d@e.f"], Mail, CancellationToken.None)).Trouble);
        Assert.Empty(right.Taken);
    }

    [Fact]
    public async Task Stripped_STARTTLS_ends_the_attempt_and_the_password_stays_here()
    {
        List<string> heard = [];
        await using var server = new FakeServer(FakeServer.Script(heard, "220 hi", "250-here\n250 AUTH PLAIN LOGIN", "235 welcome"));
        await using var strict = Client(server.Port, SmtpSecurity.StartTls, "user");
        Assert.Equal(MailTrouble.TlsMissing, (await strict.Check(CancellationToken.None)).Trouble);
        await using var lax = Client(server.Port, SmtpSecurity.StartTlsIfOffered, "user");
        Assert.Equal(MailTrouble.CredentialsNeedTls, (await lax.Check(CancellationToken.None)).Trouble);
        Assert.All(heard, line => Assert.StartsWith("EHLO", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_injected_before_the_handshake_end_the_attempt()
    {
        List<string> heard = [];
        await using var server = new FakeServer(FakeServer.Script(heard, "220 hi", "250-here\n250 STARTTLS", "220 go\n250-here\n250 AUTH PLAIN"));
        await using var client = Client(server.Port, SmtpSecurity.StartTls, "user");
        var outcome = await client.Send("a@b.c", ["d@e.f"], Mail, CancellationToken.None);
        Assert.Equal((SmtpResult.Deferred, MailTrouble.Injected), (outcome.Result, outcome.Trouble));
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task Our_server_forgets_what_was_said_before_and_ahead_of_the_handshake()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Certificate = TestCertificate.ForServer(TestCertificate.Localhost) });
        await using (var injected = await RawPeer.Connect(server.Port))
        {
            await injected.Say("EHLO me\r\nSTARTTLS\r\nMAIL FROM:<evil@b.c>\r\n");
            await injected.HearReply();
            Assert.Equal("250 SMTPUTF8", await injected.HearReply());
            Assert.StartsWith("220 2.0.0", await injected.HearReply(), StringComparison.Ordinal);
            await injected.Say("RCPT TO:<a@amends.test>\r\n");
            Assert.Null(await injected.Hear());
        }
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("EHLO me\r\nMAIL FROM:<a@b.c>\r\nSTARTTLS\r\n");
        for (var i = 0; i < 4; i++) await peer.HearReply();
        var tls = new System.Net.Security.SslStream(peer.Stream, false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("localhost");
        peer.Stream = tls;
        await peer.Say("RCPT TO:<a@amends.test>\r\nMAIL FROM:<a@b.c>\r\nEHLO me\r\nSTARTTLS\r\n");
        Assert.StartsWith("503", await peer.HearReply(), StringComparison.Ordinal);
        Assert.StartsWith("503", await peer.HearReply(), StringComparison.Ordinal);
        Assert.StartsWith("250 SMTPUTF8", await peer.HearReply(), StringComparison.Ordinal);
        Assert.StartsWith("503", await peer.HearReply(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN LOGIN", "AUTH PLAIN AHVzZXIAcGFzcw==")]
    [InlineData("LOGIN", "AUTH LOGIN|dXNlcg==|cGFzcw==")]
    public async Task Signing_in_uses_what_is_offered(string ways, string said)
    {
        List<string> heard = [];
        var replies = new Queue<string>(said.Contains('|') ? ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 2.7.0 welcome"] : ["235 2.7.0 welcome"]);
        await using var server = new FakeServer(async peer =>
        {
            var tls = await FakeServer.Encrypt(peer, TestCertificate.Localhost);
            await FakeServer.Script(heard, ["220 hi", "250-here\n250 AUTH " + ways, .. replies])(tls);
        });
        await using var client = Client(server.Port, SmtpSecurity.Tls, "user");
        var outcome = await client.Check(CancellationToken.None);
        Assert.Equal(MailTrouble.None, outcome.Trouble);
        Assert.Equal(said, string.Join('|', heard.Skip(1)));
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_not_repeated()
    {
        List<string> heard = [];
        await using var server = new FakeServer(async peer =>
            await FakeServer.Script(heard, "220 hi", "250-here\n250 AUTH PLAIN", "535 5.7.8 bad")(await FakeServer.Encrypt(peer, TestCertificate.Localhost)));
        await using var client = Client(server.Port, SmtpSecurity.Tls, "user");
        var outcome = await client.Check(CancellationToken.None);
        Assert.Equal((SmtpResult.Deferred, MailTrouble.CredentialsRefused), (outcome.Result, outcome.Trouble));
        Assert.DoesNotContain("pass", outcome.Text.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static SmtpClient Client(int port, SmtpSecurity security, string? user = null) => new(new SmtpClientOptions
    {
        Host = "localhost", Port = port, Security = security, User = user, Password = "pass",
        TrustedRoots = TestCertificate.Roots, CommandTimeout = TimeSpan.FromSeconds(10),
    });
}

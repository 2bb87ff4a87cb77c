using System.Net;
using System.Net.Sockets;
using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

public sealed class SmtpServerTests
{
    private const string Opening = """
        S: 220 localhost
        C: EHLO tester
        S: 250-localhost
        S: 250-PIPELINING
        S: 250-SIZE 52428800
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250 SMTPUTF8

        """;

    [Fact]
    public async Task An_address_where_a_server_listens_is_refused_to_a_second_one()
    {
        await using var server = new TakingServer();
        var second = new SmtpServer(new SmtpServerOptions { Endpoint = server.Server.Endpoint }, (_, _, _) => Task.FromResult(SmtpReply.Taken), (_, _) => new(true));
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(second.Start).SocketErrorCode);
    }

    [Fact]
    public async Task A_mail_is_taken_with_its_dots_removed()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play(Opening + """
            C: MAIL FROM:<ann@example.org> SIZE=100 BODY=8BITMIME
            S: 250 2.1.0
            C: RCPT TO:<help@amends.test>
            S: 250 2.1.5
            C: RCPT TO:<HELP@amends.test>
            S: 250 2.1.5
            C: DATA
            S: 354
            C: Subject: dots
            C:
            C: ..hidden
            C: ...
            C: .
            S: 250 2.0.0
            C: QUIT
            S: 221
            """);
        Assert.Null(await peer.Hear());
        var (envelope, mail) = Assert.Single(server.Taken);
        Assert.Equal("Subject: dots\r\n\r\n.hidden\r\n..\r\n", Encoding.ASCII.GetString(mail));
        Assert.Equal(("ann@example.org", "tester"), (envelope.From, envelope.Helo));
        Assert.Equal(["help@amends.test"], envelope.Recipients);
        Assert.Equal(IPAddress.Loopback, envelope.Source);
    }

    [Fact]
    public async Task Commands_out_of_order_and_unknown_ones_are_refused_in_words()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220
            C: MAIL FROM:<a@b.c>
            S: 503 5.5.1
            C: RCPT TO:<a@b.c>
            S: 503 5.5.1
            C: DATA
            S: 503 5.5.1
            C: HELO
            S: 501
            C: HELO me
            S: 250 localhost
            C: DATA
            S: 503
            C: MAIL FROM:a@b.c
            S: 501
            C: MAIL FROM:<a@b.c> SIZE=3
            S: 555
            C: MAIL FROM:<@relay.test:a@b.c>
            S: 250
            C: MAIL FROM:<a@b.c>
            S: 503
            C: DATA
            S: 554
            C: RCPT TO:<>
            S: 501
            C: RCPT TO:<nobody@amends.test>
            S: 550 5.1.1
            C: AUTH PLAIN AAAA
            S: 502
            C: STARTTLS
            S: 502
            C: VRFY root
            S: 252
            C: RSET
            S: 250
            C: XYZZY
            S: 500
            C: NOOP
            S: 250
            """);
    }

    [Fact]
    public async Task Pipelined_commands_get_their_answers_in_order()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<a@amends.test>\r\nRCPT TO:<nobody@amends.test>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n");
        var codes = new List<string>();
        while (await peer.Hear() is { } line) codes.Add(line[..4]);
        Assert.Equal(["220 ", "250-", "250-", "250-", "250-", "250-", "250 ", "250 ", "250 ", "550 ", "354 ", "250 ", "221 "], codes);
        Assert.Equal("", Assert.Single(server.Taken).Envelope.From);
    }

    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\r.\r")]
    [InlineData("\r.\r\n")]
    [InlineData("\r\n.\r")]
    [InlineData("\r\n.\r\r\n")]
    [InlineData("\r\n\0.\r\n")]
    [InlineData("\r\r\n..\r\n")]
    public async Task Only_a_dot_between_two_crlf_ends_a_mail(string trick)
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("EHLO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\n");
        await peer.Hear();
        await peer.HearReply();
        await peer.Hear();
        await peer.Hear();
        await peer.Hear();
        var smuggled = "MAIL FROM:<admin@amends.test>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\nsmuggled";
        await peer.Say($"first{trick}{smuggled}\r\n.\r\nQUIT\r\n");
        Assert.StartsWith("250 2.0.0", await peer.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("221", await peer.Hear(), StringComparison.Ordinal);
        var mail = Encoding.Latin1.GetString(Assert.Single(server.Taken).Mail);
        Assert.EndsWith(smuggled + "\r\n", mail, StringComparison.Ordinal);
        Assert.Equal(("first" + trick).Replace("\r\n.", "\r\n", StringComparison.Ordinal), mail[..^(smuggled.Length + 2)]);
    }

    [Fact]
    public async Task The_sender_hears_250_only_after_the_store_is_done_and_451_when_it_throws()
    {
        var gate = new TaskCompletionSource();
        var throws = false;
        await using var server = new TakingServer(store: async (_, _) =>
        {
            await gate.Task;
            return throws ? throw new InvalidOperationException("disk full") : SmtpReply.Taken;
        });
        await using var peer = await RawPeer.Connect(server.Port);
        const string mail = "MAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\nx\r\n.\r\n";
        await peer.Say("HELO me\r\n" + mail);
        for (var i = 0; i < 5; i++) await peer.Hear();
        var answer = peer.Hear();
        await Task.Delay(100);
        Assert.False(answer.IsCompleted);
        gate.SetResult();
        Assert.StartsWith("250", await answer, StringComparison.Ordinal);
        throws = true;
        await peer.Say(mail);
        for (var i = 0; i < 3; i++) await peer.Hear();
        Assert.StartsWith("451", await peer.Hear(), StringComparison.Ordinal);
        Assert.DoesNotContain("disk full", string.Join('\n', server.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_being_stored_when_the_server_stops_still_gets_its_250()
    {
        var storing = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var server = new TakingServer(store: async (_, _) =>
        {
            storing.SetResult();
            await gate.Task;
            return SmtpReply.Taken;
        });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("HELO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\nx\r\n.\r\n");
        for (var i = 0; i < 5; i++) await peer.Hear();
        await storing.Task;
        var stopped = server.DisposeAsync();
        await Task.Delay(50);
        gate.SetResult();
        Assert.StartsWith("250", await peer.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2", await peer.Hear(), StringComparison.Ordinal);
        await stopped;
    }

    [Fact]
    public async Task A_connection_that_ends_inside_a_mail_leaves_nothing()
    {
        await using var server = new TakingServer();
        await using (var peer = await RawPeer.Connect(server.Port))
        {
            await peer.Say("HELO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\nhalf\r\n.\r");
            for (var i = 0; i < 5; i++) await peer.Hear();
        }
        await Task.Delay(100);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task International_addresses_need_SMTPUTF8()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        var address = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("jürgen@bücher.test"));
        await peer.Say($"EHLO me\r\nMAIL FROM:<{address}>\r\nMAIL FROM:<{address}> SMTPUTF8\r\nRCPT TO:<{address}>\r\nDATA\r\nx\r\n.\r\n");
        await peer.Hear();
        await peer.HearReply();
        Assert.StartsWith("553 5.6.7", await peer.Hear(), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++) await peer.Hear();
        var envelope = Assert.Single(server.Taken).Envelope;
        Assert.Equal("jürgen@bücher.test", envelope.From);
        Assert.True(envelope.Utf8);
    }
}

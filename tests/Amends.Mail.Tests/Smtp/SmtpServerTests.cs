using System.Net;
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
            C: BDAT 5 LAST
            S: 502
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
    public async Task Too_many_errors_end_the_connection()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxErrors = 3 });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220
            C: A
            S: 500
            C: B
            S: 500
            C: C
            S: 500
            S: 421 4.7.0
            """);
        Assert.Null(await peer.Hear());
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
    public async Task A_command_line_needs_crlf_and_an_end()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Hear();
        await peer.Say("EHLO me\n");
        Assert.StartsWith("500 5.5.2", await peer.Hear(), StringComparison.Ordinal);
        await peer.Say("EHLO " + new string('x', 5000) + "\r\nNOOP\0\r\nNOOP \xff\xfe\r\nNOOP\r\n");
        Assert.StartsWith("500 5.5.2 Line too long", await peer.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.2 Unreadable", await peer.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.2 Unreadable", await peer.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("250", await peer.Hear(), StringComparison.Ordinal);
        await peer.Say(new string('y', 70_000));
        Assert.StartsWith("421 4.7.0", await peer.Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_over_the_limit_is_refused_and_the_next_one_taken()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxSize = 100_000 });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("EHLO me\r\nMAIL FROM:<a@b.c> SIZE=100001\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\n");
        await peer.Hear();
        await peer.HearReply();
        Assert.StartsWith("552 5.3.4", await peer.Hear(), StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) await peer.Hear();
        await peer.Say(new string('x', 100_001) + "\r\n.\r\n");
        Assert.StartsWith("552 5.3.4", await peer.Hear(), StringComparison.Ordinal);
        await peer.Say("MAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\n");
        for (var i = 0; i < 3; i++) await peer.Hear();
        await peer.Say(new string('x', 99_998) + "\r\n.\r\n");
        Assert.StartsWith("250", await peer.Hear(), StringComparison.Ordinal);
        Assert.Equal(100_000, Assert.Single(server.Taken).Mail.Length);
    }

    [Fact]
    public async Task Without_memory_for_it_a_mail_is_put_off()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxMemory = 40_000 });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("EHLO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\n" + new string('x', 100_000) + "\r\n.\r\n");
        await peer.Hear();
        await peer.HearReply();
        for (var i = 0; i < 3; i++) await peer.Hear();
        Assert.StartsWith("452 4.3.1", await peer.Hear(), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
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
    public async Task Silence_ends_the_connection_in_a_command_and_in_a_mail()
    {
        await using var server = new TakingServer(new SmtpServerOptions { CommandTimeout = TimeSpan.FromMilliseconds(300), DataIdleTimeout = TimeSpan.FromMilliseconds(300) });
        await using var quiet = await RawPeer.Connect(server.Port);
        await quiet.Hear();
        await quiet.Say("EHL");
        Assert.StartsWith("421 4.4.2", await quiet.Hear(), StringComparison.Ordinal);
        await using var stuck = await RawPeer.Connect(server.Port);
        await stuck.Say("HELO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@amends.test>\r\nDATA\r\nhalf");
        for (var i = 0; i < 5; i++) await stuck.Hear();
        Assert.StartsWith("421 4.4.2", await stuck.Hear(), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
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
    public async Task One_source_and_all_together_may_hold_only_so_many_connections()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxConnectionsPerSource = 2 });
        await using var one = await RawPeer.Connect(server.Port);
        await using var two = await RawPeer.Connect(server.Port);
        Assert.StartsWith("220", await one.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("220", await two.Hear(), StringComparison.Ordinal);
        await using (var three = await RawPeer.Connect(server.Port)) Assert.StartsWith("421 4.7.0", await three.Hear(), StringComparison.Ordinal);
        await one.Say("QUIT\r\n");
        await one.Hear();
        Assert.Null(await one.Hear());
        await Task.Delay(100);
        await using var four = await RawPeer.Connect(server.Port);
        Assert.StartsWith("220", await four.Hear(), StringComparison.Ordinal);

        await using var small = new TakingServer(new SmtpServerOptions { MaxConnections = 0 });
        await using var none = await RawPeer.Connect(small.Port);
        Assert.StartsWith("421 4.3.2", await none.Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recipient_after_the_last_allowed_one_is_put_off()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxRecipients = 2 });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220
            C: HELO me
            S: 250
            C: MAIL FROM:<a@b.c>
            S: 250
            C: RCPT TO:<a@amends.test>
            S: 250
            C: RCPT TO:<b@amends.test>
            S: 250
            C: RCPT TO:<c@amends.test>
            S: 452 4.5.3
            """);
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

    [Fact]
    public async Task Random_bytes_and_scrambled_commands_never_break_the_server()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MaxSize = 5000, MaxErrors = 8, MaxConnections = 500, MaxConnectionsPerSource = 500 });
        string[] words =
        [
            "EHLO x", "HELO", "MAIL FROM:<a@b.c>", "MAIL FROM:<\"a>b\"@c> SIZE=99999999999999999999999", "RCPT TO:<a@amends.test>", "RCPT TO:<@@@>",
            "DATA", ".", "\r", "\n", "\r\n", "\r\n.\r\n", "\0", " ", "RSET", "QUIT", "STARTTLS", "BDAT 9", new string('z', 3000), "<", ">", "\xff",
        ];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            var random = new Random(20_260 + lane);
            for (var round = 0; round < 60; round++)
            {
                await using var peer = await RawPeer.Connect(server.Port);
                var text = new StringBuilder(random.Next(2) == 0 ? "EHLO x\r\n" : "");
                for (var i = random.Next(40); i > 0; i--)
                {
                    if (random.Next(12) == 0) for (var j = random.Next(50); j > 0; j--) text.Append((char)random.Next(256));
                    else text.Append(words[random.Next(words.Length)]);
                    if (random.Next(3) > 0) text.Append("\r\n");
                }
                try
                {
                    await peer.Say(text.ToString());
                }
                catch (IOException)
                {
                    // It hung up on the noise.
                }
            }
        }));
        Assert.DoesNotContain(server.Notices, static notice => notice.StartsWith("An SMTP connection failed", StringComparison.Ordinal));
        await using var sane = await RawPeer.Connect(server.Port);
        await sane.Play("""
            S: 220
            C: HELO me
            S: 250
            """);
    }
}

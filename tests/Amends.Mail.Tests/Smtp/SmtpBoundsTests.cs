using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

public sealed class SmtpBoundsTests
{
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
    public async Task Silence_ends_the_connection_in_a_command_and_in_a_mail()
    {
        await using var server = new TakingServer(new SmtpServerOptions { CommandTimeout = TimeSpan.FromSeconds(1), DataIdleTimeout = TimeSpan.FromSeconds(1) });
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

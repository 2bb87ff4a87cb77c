using System.Text;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;

namespace Amends.Mail.Tests.Smtp;

public sealed class SmtpClientTests
{
    private const string Offers = "250-here\n250-PIPELINING\n250-8BITMIME\n250 SIZE 1000";
    private static readonly byte[] Mail = "Subject: x\r\n\r\n.hello\r\n"u8.ToArray();

    [Fact]
    public async Task A_mail_arrives_as_it_was_and_the_next_one_uses_the_same_connection()
    {
        await using var server = new TakingServer();
        await using var client = Client(server.Port);
        var one = await Send(client);
        Assert.Equal((SmtpResult.Accepted, 250, "2.0.0"), (one.Result, one.Reply!.Code, one.Reply.Enhanced));
        var utf8 = await client.Send("a@b.c", ["jürgen@amends.test"], Encoding.UTF8.GetBytes("Subject: ü\r\n\r\nü\r\n"), CancellationToken.None);
        Assert.Equal(SmtpResult.Accepted, utf8.Result);
        Assert.Equal(2, server.Taken.Count);
        Assert.True(server.Taken.TryDequeue(out var first));
        Assert.Equal(Mail, first.Mail);
        Assert.True(server.Taken.TryDequeue(out var second));
        Assert.True(second.Envelope.Utf8);
    }

    [Fact]
    public async Task Each_recipient_has_its_own_result()
    {
        await using var server = new TakingServer();
        await using var client = Client(server.Port);
        var outcome = await Send(client, "a@amends.test", "nobody@amends.test");
        Assert.Equal(SmtpResult.Accepted, outcome.Result);
        Assert.Equal([SmtpResult.Accepted, SmtpResult.Failed], outcome.Recipients.Select(one => one.Result));
        Assert.Equal("5.1.1", outcome.Recipients[1].Reply.Enhanced);
        Assert.Equal(SmtpResult.Failed, (await Send(client, "nobody@amends.test")).Result);
        Assert.Equal(SmtpResult.Accepted, (await Send(client)).Result);
    }

    [Theory]
    [InlineData(SmtpResult.Deferred, "421 4.3.0 busy")]
    [InlineData(SmtpResult.Deferred, "554 no")]
    [InlineData(SmtpResult.Deferred, "220 hi", "421 4.3.0 busy")]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "451 4.7.1 greylisted", "250 reset")]
    [InlineData(SmtpResult.Failed, "220 hi", "250 here", "550 5.7.1 not you", "250 reset")]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "250 ok", "450 4.2.1 later", "250 reset")]
    [InlineData(SmtpResult.Failed, "220 hi", "250 here", "250 ok", "550 5.1.1 nobody", "250 reset")]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "250 ok", "250 ok", "451 4.3.0 no", "250 reset")]
    [InlineData(SmtpResult.Failed, "220 hi", "250 here", "250 ok", "250 ok", "554 5.5.0 no", "250 reset")]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "250 ok", "250 ok", null)]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "250 ok", "250 ok", "354 go", "", "", "", "451 4.3.0 disk")]
    [InlineData(SmtpResult.Failed, "220 hi", "250 here", "250 ok", "250 ok", "354 go", "", "", "", "552 5.3.4 too big")]
    [InlineData(SmtpResult.Unknown, "220 hi", "250 here", "250 ok", "250 ok", "354 go", "", "", "", null)]
    [InlineData(SmtpResult.Unknown, "220 hi", "250 here", "250 ok", "250 ok", "354 go", "", "", "", "gibberish")]
    [InlineData(SmtpResult.Accepted, "220 hi", "250 here", "250 ok", "251 forwards", "354 go", "", "", "", "250 2.0.0 queued as X1")]
    [InlineData(SmtpResult.Deferred, "220 hi", "250 here", "530 5.7.0 sign in first")]
    [InlineData(SmtpResult.Deferred, "* OK IMAP here")]
    [InlineData(SmtpResult.Deferred, "220-hi\n250 mixed")]
    public async Task Every_answer_has_its_outcome(SmtpResult expected, params string?[] answers)
    {
        List<string> heard = [];
        // Three lines of mail follow 354, each with an empty answer; then the dot.
        await using var server = new FakeServer(FakeServer.Script(heard, answers));
        await using var client = Client(server.Port);
        var outcome = await Send(client);
        Assert.Equal(expected, outcome.Result);
        Assert.Equal(expected, Assert.Single(outcome.Recipients).Result);
        Assert.NotEmpty(outcome.Text);
    }

    [Fact]
    public async Task Reports_are_asked_for_where_the_server_can_and_never_about_mail_without_a_return_path()
    {
        var heard = new List<string>();
        await using var server = new FakeServer(FakeServer.Script(heard, "220 hi", "250-here\n250 DSN", "250 ok", "250 ok", "554 no", "250 reset", "250 ok", "250 ok", "554 no", "250 reset"));
        await using var client = Client(server.Port);
        await client.Send("help@amends.test", ["ann+1@b.c"], Mail, CancellationToken.None, "1.2=3@amends.test");
        await client.Send("", ["ann@b.c"], Mail, CancellationToken.None);
        Assert.Equal(
            ["MAIL FROM:<help@amends.test> RET=HDRS ENVID=1.2+3D3@amends.test", "RCPT TO:<ann+1@b.c> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ann+2B1@b.c", "MAIL FROM:<> RET=HDRS", "RCPT TO:<ann@b.c> NOTIFY=NEVER ORCPT=rfc822;ann@b.c"],
            heard.Where(line => line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_leaves_inside_a_mail_has_not_taken_it_and_its_last_words_count()
    {
        // More than both socket buffers can hold (a system's largest receive buffer may be 32 MiB), and in lines: the server leaves after the first.
        var large = Enumerable.Repeat("a line of the mail\r\n"u8.ToArray(), 4_000_000).SelectMany(static line => line).ToArray();
        await using var server = new FakeServer(FakeServer.Script([], "220 hi", "250 here", "250 ok", "250 ok", "354 go", null));
        await using var client = Client(server.Port);
        var outcome = await client.Send("a@b.c", ["d@e.f"], large, CancellationToken.None);
        Assert.Equal((SmtpResult.Deferred, MailTrouble.Lost), (outcome.Result, outcome.Trouble));
        await using var early = new FakeServer(FakeServer.Script([], "220 hi", "250 here", "250 ok", "250 ok", "354 go\n552 5.3.4 too big"));
        await using var other = Client(early.Port);
        Assert.Equal(SmtpResult.Failed, (await other.Send("a@b.c", ["d@e.f"], Mail, CancellationToken.None)).Result);
    }

    [Fact]
    public async Task What_the_server_cannot_carry_fails_before_it_is_sent()
    {
        List<string> heard = [];
        await using var server = new FakeServer(FakeServer.Script(heard, "220 hi", Offers));
        await using var client = Client(server.Port);
        var big = await client.Send("a@b.c", ["d@e.f"], new byte[1001].Select(_ => (byte)'x').ToArray(), CancellationToken.None);
        Assert.Equal((SmtpResult.Failed, "5.3.4"), (big.Result, big.Reply!.Enhanced));
        var utf8 = await client.Send("a@b.c", ["ü@e.f"], Mail, CancellationToken.None);
        Assert.Equal((SmtpResult.Failed, "5.6.7"), (utf8.Result, utf8.Reply!.Enhanced));
        await using var old = new FakeServer(FakeServer.Script(heard, "220 hi", "502 no EHLO", "250 here"));
        await using var simple = Client(old.Port);
        var eight = await simple.Send("a@b.c", ["d@e.f"], "Subject: x\r\n\r\n\xfc\r\n"u8.ToArray(), CancellationToken.None);
        Assert.Equal((SmtpResult.Failed, "5.6.3"), (eight.Result, eight.Reply!.Enhanced));
        Assert.DoesNotContain(heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a@b.c>\r\nRCPT TO:<x@y.z")]
    [InlineData("a@b.c> SIZE=1")]
    [InlineData("a b@c.d")]
    [InlineData("\"a\"> SIZE=1 \"@c.d")]
    [InlineData("\"a\\\"@c.d")]
    [InlineData("nobody")]
    [InlineData("@c.d")]
    public async Task An_address_cannot_become_a_command(string address)
    {
        await using var client = Client(1);
        Assert.Equal(SmtpResult.Failed, (await Send(client, address)).Result);
        Assert.Equal(SmtpResult.Failed, (await client.Send(address, ["d@e.f"], Mail, CancellationToken.None)).Result);
    }

    [Fact]
    public async Task A_kept_connection_that_was_closed_meanwhile_is_made_anew()
    {
        List<string> heard = [];
        string?[] one = ["220 hi", "250 here", "250 ok", "250 ok", "354 go", "", "", "", "250 2.0.0 queued", null];
        await using var server = new FakeServer(FakeServer.Script(heard, one), FakeServer.Script(heard, one));
        await using var client = Client(server.Port);
        Assert.Equal(SmtpResult.Accepted, (await Send(client)).Result);
        Assert.Equal(SmtpResult.Accepted, (await Send(client)).Result);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_falls_silent_or_drips_is_left_in_time()
    {
        await using var silent = new FakeServer(async peer => await peer.Hear());
        await using var dripping = new FakeServer(async peer =>
        {
            while (true)
            {
                await peer.Say("220-x\r\n");
                await Task.Delay(100);
            }
        });
        foreach (var port in (int[])[silent.Port, dripping.Port])
        {
            await using var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, CommandTimeout = TimeSpan.FromMilliseconds(400) });
            var outcome = await Send(client);
            Assert.Equal((SmtpResult.Deferred, MailTrouble.TimedOut), (outcome.Result, outcome.Trouble));
        }
    }

    [Fact]
    public async Task Nobody_there_and_an_unknown_name_are_told_apart()
    {
        await using var nobody = Client(Servers.FreePort());
        Assert.Equal(MailTrouble.Unreachable, (await nobody.Check(CancellationToken.None)).Trouble);
        await using var unknown = new SmtpClient(new SmtpClientOptions { Host = "no-such-host.invalid", Port = 25, ConnectTimeout = TimeSpan.FromSeconds(5) });
        Assert.Contains((await unknown.Check(CancellationToken.None)).Trouble, (MailTrouble[])[MailTrouble.NameNotFound, MailTrouble.TimedOut]);
    }

    [Fact]
    public async Task An_answer_with_endless_lines_is_cut_off()
    {
        await using var wide = new FakeServer(async peer => await peer.Say("220 " + new string('x', 100_000)));
        await using var tall = new FakeServer(async peer =>
        {
            for (var i = 0; i < 1000; i++) await peer.Say("220-x\r\n");
        });
        foreach (var port in (int[])[wide.Port, tall.Port])
        {
            await using var client = Client(port);
            Assert.Equal(MailTrouble.Limit, (await client.Check(CancellationToken.None)).Trouble);
        }
    }

    internal static SmtpClient Client(int port) =>
        new(new SmtpClientOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, CommandTimeout = TimeSpan.FromSeconds(10), FinalTimeout = TimeSpan.FromSeconds(10) });

    private static Task<SmtpOutcome> Send(SmtpClient client, params string[] recipients) =>
        client.Send("a@b.c", recipients.Length == 0 ? ["d@e.f"] : recipients, Mail, CancellationToken.None);

    private static class Servers
    {
        public static int FreePort() => Amends.Tests.Servers.OwnProcess.FreePort();
    }
}

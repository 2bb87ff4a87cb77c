using System.Net;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

/// <summary>What one source may do, and what is not offered.</summary>
public sealed class SmtpSourceTests
{
    [Fact]
    public async Task A_source_that_sends_too_much_is_put_off_until_its_minute_has_gone_on()
    {
        await using var server = new TakingServer(new SmtpServerOptions { MailsPerMinutePerSource = 2, IsTrusted = static _ => false });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220
            C: HELO me
            S: 250
            C: MAIL FROM:<a@b.example>
            S: 250
            C: RSET
            S: 250
            C: MAIL FROM:<a@b.example>
            S: 250
            C: RSET
            S: 250
            C: MAIL FROM:<a@b.example>
            S: 450 4.7.1
            """);
    }

    [Fact]
    public void An_allowance_fills_again_with_time_and_a_trusted_source_has_none()
    {
        var clock = new HandClock();
        var limits = new SourceLimits(new SmtpServerOptions { MailsPerMinutePerSource = 60, WrongRecipientsPerHour = 2 }, clock);
        var stranger = IPAddress.Parse("192.0.2.7");
        Assert.All(Enumerable.Range(0, 60), _ => Assert.True(limits.TakesMail(stranger)));
        Assert.False(limits.TakesMail(stranger));
        clock.Pass(TimeSpan.FromSeconds(2));
        Assert.True(limits.TakesMail(stranger) && limits.TakesMail(stranger));
        Assert.False(limits.TakesMail(stranger));
        Assert.True(limits.TakesMail(IPAddress.Parse("192.0.2.8")));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.True(limits.TakesMail(IPAddress.Loopback) && limits.MayGuess(IPAddress.IPv6Loopback)));

        Assert.True(limits.MayGuess(stranger) && limits.MayGuess(stranger));
        Assert.False(limits.MayGuess(stranger));
    }

    [Fact]
    public void All_of_a_slash_64_is_one_source_and_only_so_many_are_remembered()
    {
        var limits = new SourceLimits(new SmtpServerOptions { MaxConnectionsPerSource = 1 }, TimeProvider.System);
        Assert.True(limits.Enter(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.False(limits.Enter(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.True(limits.Enter(IPAddress.Parse("2001:db8:1:3::1")));
        for (var i = 0; i < 30_000; i++)
        {
            var address = new IPAddress((long)i + 0x0100_0000);
            Assert.True(limits.Enter(address));
            limits.Leave(address);
        }
        Assert.False(limits.Enter(IPAddress.Parse("2001:db8:1:2::2")));
        limits.Leave(IPAddress.Parse("2001:db8:1:2::1"));
        Assert.True(limits.Enter(IPAddress.Parse("2001:db8:1:2::2")));
    }

    [Fact]
    public async Task Whoever_tries_out_addresses_is_sent_away()
    {
        await using var server = new TakingServer(new SmtpServerOptions { WrongRecipientsPerHour = 1, IsTrusted = static _ => false });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220
            C: HELO me
            S: 250
            C: MAIL FROM:<a@b.example>
            S: 250
            C: RCPT TO:<nobody1@amends.test>
            S: 550 5.1.1
            C: RCPT TO:<nobody2@amends.test>
            S: 421 4.7.0
            """);
        Assert.Null(await peer.Hear());
    }

    [Fact]
    public async Task A_chunk_that_nobody_asked_for_is_never_read_as_commands()
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        const string chunk = "MAIL FROM:<evil@b.example>\r\nRCPT TO:<help@amends.test>\r\nDATA\r\nsmuggled\r\n.\r\n";
        await peer.Say($"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@amends.test>\r\nBDAT {chunk.Length} LAST\r\n{chunk}NOOP\r\nQUIT\r\n");
        string?[] answers = [await peer.HearReply(), await peer.HearReply(), await peer.HearReply(), await peer.HearReply(), await peer.HearReply(), await peer.HearReply(), await peer.HearReply(), await peer.Hear()];
        Assert.Equal(["220", "250", "250", "250", "502", "250", "221", null], answers.Select(static answer => answer?[..3]));
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("BDAT")]
    [InlineData("BDAT x LAST")]
    [InlineData("BDAT -1")]
    [InlineData("BDAT 99999999999999999999")]
    [InlineData("BDAT 900000000000")]
    public async Task A_chunk_whose_end_cannot_be_told_ends_the_connection(string command)
    {
        await using var server = new TakingServer();
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say($"HELO me\r\n{command}\r\nMAIL FROM:<a@b.example>\r\n");
        Assert.Equal(["220", "250", "421"], [(await peer.HearReply())![..3], (await peer.HearReply())![..3], (await peer.HearReply())![..3]]);
        Assert.Null(await peer.Hear());
    }

    private sealed class HandClock : TimeProvider
    {
        private long now = 1;

        public void Pass(TimeSpan time) => now += time.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;
    }
}

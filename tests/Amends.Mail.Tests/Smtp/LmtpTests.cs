using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

/// <summary>The last step behind a mail server (RFC 2033).</summary>
public sealed class LmtpTests
{
    [Fact]
    public async Task Each_accepted_recipient_gets_an_answer_of_its_own_and_the_mail_is_stored_once()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Lmtp = true });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Play("""
            S: 220 localhost LMTP
            C: EHLO relay
            S: 500 5.5.2
            C: MAIL FROM:<ann@example.org>
            S: 503 5.5.1 LHLO first
            C: LHLO relay
            S: 250-localhost
            S: 250-PIPELINING
            S: 250-SIZE
            S: 250-ENHANCEDSTATUSCODES
            S: 250-8BITMIME
            S: 250 SMTPUTF8
            C: MAIL FROM:<ann@example.org>
            S: 250
            C: RCPT TO:<help@amends.test>
            S: 250
            C: RCPT TO:<nobody@amends.test>
            S: 550
            C: RCPT TO:<HELP@amends.test>
            S: 250
            C: RCPT TO:<shop@amends.test>
            S: 250
            C: DATA
            S: 354
            C: Subject: three answers
            C:
            C: .
            S: 250 2.0.0
            S: 250 2.0.0
            S: 250 2.0.0
            C: NOOP
            S: 250 2.0.0 Still here
            """);
        Assert.Equal(["help@amends.test", "shop@amends.test"], Assert.Single(server.Taken).Envelope.Recipients);
    }

    [Fact]
    public async Task Without_a_recipient_the_data_is_out_of_order_and_a_mail_too_large_is_refused_for_each()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Lmtp = true, MaxSize = 100 });
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("LHLO relay\r\n");
        await peer.HearReply();
        Assert.StartsWith("250 ", await peer.HearReply(), StringComparison.Ordinal);
        await peer.Play("""
            C: MAIL FROM:<>
            S: 250
            C: DATA
            S: 503 5.5.1
            C: RCPT TO:<help@amends.test>
            S: 250
            C: RCPT TO:<shop@amends.test>
            S: 250
            C: DATA
            S: 354
            """);
        await peer.Say(new string('x', 200) + "\r\n.\r\n");
        await peer.Play("""
            S: 552 5.3.4
            S: 552 5.3.4
            C: NOOP
            S: 250 2.0.0 Still here
            """);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_store_that_fails_puts_the_mail_off_for_each_recipient()
    {
        await using var server = new TakingServer(new SmtpServerOptions { Lmtp = true }, (_, _) => throw new IOException("no disk"));
        await using var peer = await RawPeer.Connect(server.Port);
        await peer.Say("LHLO relay\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@amends.test>\r\nRCPT TO:<shop@amends.test>\r\nDATA\r\n");
        for (var i = 0; i < 6; i++) await peer.HearReply();
        await peer.Say("x\r\n.\r\n");
        Assert.StartsWith("451 4.3.0", await peer.HearReply(), StringComparison.Ordinal);
        Assert.StartsWith("451 4.3.0", await peer.HearReply(), StringComparison.Ordinal);
    }
}

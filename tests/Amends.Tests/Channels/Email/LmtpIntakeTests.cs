using System.Net;
using System.Net.Sockets;
using System.Text;
using Amends.Channels.Email;

namespace Amends.Tests.Channels.Email;

/// <summary>Mail that a mail server hands over by LMTP, the last step of its delivery.</summary>
public sealed class LmtpIntakeTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_by_LMTP_is_stored_and_becomes_a_case(string kind)
    {
        await using var desk = await MailDesk.Start(kind, with: surroundings => surroundings with { SmtpListen = null, LmtpListen = new IPEndPoint(IPAddress.Loopback, 0) });
        Assert.Null(desk.Get<SmtpIntake>().Endpoint);
        using var peer = new TcpClient();
        await peer.ConnectAsync(desk.Get<SmtpIntake>().LmtpEndpoint!);
        using var reader = new StreamReader(peer.GetStream(), Encoding.ASCII);

        Assert.EndsWith(" LMTP Amends", await reader.ReadLineAsync());
        await peer.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"LHLO relay.example\r\nMAIL FROM:<amara@customer.example>\r\nRCPT TO:<{MailDesk.Ours}>\r\nRCPT TO:<stranger@desk.example>\r\nDATA\r\n{MailDesk.Mail("amara@customer.example", "Broken kettle", "It leaks.")}.\r\nQUIT\r\n"));
        var answers = (await reader.ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line[3] == ' ').Select(line => line[..3]);
        Assert.Equal(["250", "250", "250", "550", "354", "250", "221"], answers);

        await desk.ReadAll();
        Assert.Equal("Broken kettle", await desk.Value<string>("select subject from cases"));
    }
}

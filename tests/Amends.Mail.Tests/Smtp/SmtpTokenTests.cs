using Amends.Mail.Smtp;
using Amends.Mail.Wire;

namespace Amends.Mail.Tests.Smtp;

public sealed class SmtpTokenTests
{
    [Fact]
    public async Task A_token_signs_in_in_place_of_a_password_and_a_refusal_is_answered_and_told()
    {
        List<string> heard = [];
        await using var server = new FakeServer(FakeServer.Script(heard, "220 hi", "250-hi\n250 AUTH LOGIN XOAUTH2", "235 2.7.0 Authentication successful", "250 ok"));
        await using (var client = new SmtpClient(Options(server.Port))) Assert.Equal(SmtpResult.Accepted, (await client.Check(CancellationToken.None)).Result);
        Assert.Equal("AUTH XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgdGhlLXRva2VuAQE=", heard[1]);

        heard.Clear();
        await using var refusing = new FakeServer(FakeServer.Script(heard, "220 hi", "250-hi\n250 AUTH XOAUTH2", "334 eyJzdGF0dXMiOiI0MDEifQ==", "535 5.7.3 Authentication unsuccessful"));
        await using (var client = new SmtpClient(Options(refusing.Port))) Assert.Equal(MailTrouble.CredentialsRefused, (await client.Check(CancellationToken.None)).Trouble);
        Assert.Equal("", heard[2]);

        await using var none = new FakeServer(FakeServer.Script(heard, "220 hi", "250-hi\n250 AUTH PLAIN"));
        await using (var client = new SmtpClient(Options(none.Port))) Assert.Contains("XOAUTH2", (await client.Check(CancellationToken.None)).Text);
    }

    private static SmtpClientOptions Options(int port) => new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, AllowPlainCredentials = true, User = "ann", AccessToken = "the-token" };
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;

namespace Amends.Tests.Channels.Email;

public sealed class ListenerCertificateTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task A_renewed_certificate_is_used_while_the_listener_runs_and_a_broken_file_changes_nothing()
    {
        using var first = new Authority();
        using var second = new Authority();
        await File.WriteAllTextAsync(_file, first.Issue());
        await using var desk = await MailDesk.Start("sqlite", with: surroundings => surroundings with { SmtpCertificate = _file });
        Assert.Equal(MailTrouble.None, await Send(desk, first));
        Assert.Equal(MailTrouble.CertificateRefused, await Send(desk, second));

        await File.WriteAllTextAsync(_file, second.Issue()[..500]); // half of it is written
        desk.Clock.Now = desk.Clock.Now.AddSeconds(11);
        Assert.Equal(MailTrouble.None, await Send(desk, first));

        await File.WriteAllTextAsync(_file, second.Issue());
        desk.Clock.Now = desk.Clock.Now.AddSeconds(11);
        Assert.Equal(MailTrouble.None, await Send(desk, second));
        Assert.Equal(MailTrouble.CertificateRefused, await Send(desk, first));
        Assert.Equal(3, await desk.Value<long>("select count(*) from intake"));
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_stops_the_start_with_a_sentence()
    {
        File.WriteAllText(_file, "not a certificate");
        Assert.StartsWith("AMENDS_SMTP_CERTIFICATE names ", Assert.Throws<BadSetting>(() => new ListenerCertificate(_file, TimeProvider.System, _ => { }).Current()).Message);
    }

    public void Dispose() => File.Delete(_file);

    private static async Task<MailTrouble> Send(Desk desk, Authority trusted)
    {
        await using var client = new SmtpClient(new SmtpClientOptions
        {
            Host = "localhost", Port = desk.Get<SmtpIntake>().Endpoint!.Port, Security = SmtpSecurity.StartTls, TrustedRoots = [trusted.Root], CommandTimeout = TimeSpan.FromSeconds(10),
        });
        return (await client.Send("a@customer.example", [MailDesk.Ours], Encoding.UTF8.GetBytes(MailDesk.Mail("a@customer.example", "Hello", "Hello.")), default)).Trouble;
    }

    /// <summary>A root that signs through another authority in between, as the public ones do.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly RSA _rootKey = RSA.Create(2048);
        private readonly RSA _betweenKey = RSA.Create(2048);
        private readonly X509Certificate2 _between;

        public Authority()
        {
            using var root = Request("CN=Root " + Guid.NewGuid(), _rootKey, authority: true).CreateSelfSigned(From, Until);
            Root = X509CertificateLoader.LoadCertificate(root.RawData);
            _between = Request("CN=Between", _betweenKey, authority: true).Create(root, From, Until.AddMinutes(-30), Guid.NewGuid().ToByteArray());
        }

        public X509Certificate2 Root { get; }

        private static DateTimeOffset From => DateTimeOffset.UtcNow.AddDays(-1);

        private static DateTimeOffset Until => DateTimeOffset.UtcNow.AddDays(2);

        /// <summary>Certificate, issuer and key in PEM, as a server's file has them.</summary>
        public string Issue()
        {
            using var key = RSA.Create(2048);
            var request = Request("CN=localhost", key, authority: false);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using var signer = _between.CopyWithPrivateKey(_betweenKey);
            using var leaf = request.Create(signer, From, Until.AddHours(-1), Guid.NewGuid().ToByteArray());
            return $"{leaf.ExportCertificatePem()}\n{_between.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
        }

        public void Dispose()
        {
            Root.Dispose();
            _between.Dispose();
            _rootKey.Dispose();
            _betweenKey.Dispose();
        }

        private static CertificateRequest Request(string name, RSA key, bool authority)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
            return request;
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Tests.Smtp;

/// <summary>A certificate of our own making for localhost.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Localhost { get; } = Make("localhost");

    public static X509Certificate2 Elsewhere { get; } = Make("elsewhere.test");

    public static X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(Localhost.RawData)];

    public static Func<SslStreamCertificateContext?> ForServer(X509Certificate2 certificate)
    {
        var context = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return () => context;
    }

    public static string Pem => Localhost.ExportCertificatePem();

    public static string KeyPem => Localhost.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private static X509Certificate2 Make(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost") names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}

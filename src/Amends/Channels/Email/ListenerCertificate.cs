using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amends.Data;

namespace Amends.Channels.Email;

/// <summary>
/// The certificate of our own listener, from a PEM file that holds it, its key and the certificates that lead to its
/// issuer. The file is looked at every ten seconds, so a renewed certificate needs no restart; a file that cannot be read
/// just then (it is being written) leaves the old one in use.
/// </summary>
/// <param name="file">The PEM file.</param>
/// <param name="clock">The time.</param>
/// <param name="remark">Takes a sentence for the log.</param>
internal sealed class ListenerCertificate(string file, TimeProvider clock, Action<string> remark)
{
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(10);
    private readonly Lock _looking = new();
    private (string Pem, SslStreamCertificateContext Context)? _used;
    private string _broken = "";
    private DateTimeOffset _next;

    /// <summary>The certificate to use now.</summary>
    /// <exception cref="BadSetting">There was never one that can be used.</exception>
    public SslStreamCertificateContext Current()
    {
        lock (_looking)
        {
            var now = clock.GetUtcNow();
            if (_used is { } used && now < _next)
                return used.Context;
            _next = now + Looked;
            return Look();
        }
    }

    private SslStreamCertificateContext Look()
    {
        var pem = "";
        try
        {
            pem = File.ReadAllText(file);
            if (_used?.Pem != pem && _broken != pem)
            {
                var renewed = _used is not null;
                _used = (pem, Open(pem));
                if (renewed)
                    remark("The listener's certificate was renewed.");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            if (_used is null)
                throw new BadSetting("AMENDS_SMTP_CERTIFICATE", $"names {file}, which holds no certificate with its key in PEM that can be read");
            _broken = pem;
            remark($"The listener's certificate file cannot be used now ({failure.GetType().Name}); the one from before stays.");
        }

        return _used!.Value.Context;
    }

    private static SslStreamCertificateContext Open(string pem)
    {
        using var leaf = X509Certificate2.CreateFromPem(pem, pem);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        chain.RemoveAt(0); // the leaf, which comes first
        // A key straight from PEM cannot be used for TLS on Windows.
        var usable = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pfx), null);
        return SslStreamCertificateContext.Create(usable, chain, offline: true);
    }
}

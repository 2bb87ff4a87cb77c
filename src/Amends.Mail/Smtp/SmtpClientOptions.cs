using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Smtp;

/// <summary>How the connection to an outgoing server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Plain; for a relay on the same machine.</summary>
    None,

    /// <summary>STARTTLS (RFC 3207) or nothing.</summary>
    StartTls,

    /// <summary>STARTTLS where offered, else plain. A certificate that does not verify still ends the attempt.</summary>
    StartTlsIfOffered,

    /// <summary>TLS from the first byte (RFC 8314), usually port 465.</summary>
    Tls,
}

/// <summary>Where and how to send.</summary>
public sealed record SmtpClientOptions
{
    /// <summary>The server's name, which its certificate must carry.</summary>
    public required string Host { get; init; }

    /// <summary>Usually 587, 465 or 25.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Without a user name nothing is authenticated.</summary>
    public string? User { get; init; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>An OAuth access token to sign in with (XOAUTH2, or OAUTHBEARER of RFC 7628) in place of the password.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Sends the password over a connection without TLS too; only for a relay on the same machine.</summary>
    public bool AllowPlainCredentials { get; init; }

    /// <summary>The name given in EHLO.</summary>
    public string HelloName { get; init; } = "localhost";

    /// <summary>When set, only certificates issued by (or being) one of these are trusted, in place of the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a command may take (RFC 5321 §4.5.3.2 advises 5 minutes).</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server may stop reading inside a mail.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the answer to a whole mail may take (RFC 5321 §4.5.3.2.6).</summary>
    public TimeSpan FinalTimeout { get; init; } = TimeSpan.FromMinutes(10);
}

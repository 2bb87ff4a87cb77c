using System.Net;
using System.Net.Security;

namespace Amends.Mail.Smtp;

/// <summary>How the SMTP listener behaves; every bound has a default fit for a small machine.</summary>
public sealed record SmtpServerOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The name in the greeting.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>The largest mail in bytes, announced as SIZE (RFC 1870).</summary>
    public int MaxSize { get; init; } = 50 * 1024 * 1024;

    /// <summary>Bytes of mail that may be in memory at once over all connections; beyond it a mail gets 452.</summary>
    public long MaxMemory { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// With a certificate (its key and the certificates that lead to its issuer) STARTTLS is offered. Asked for at each
    /// EHLO and handshake, so that a renewed one is used at once; the answer should be at hand. <c>null</c> offers nothing.
    /// </summary>
    public Func<SslStreamCertificateContext?> Certificate { get; init; } = static () => null;

    /// <summary>Connections at once; one more gets 421.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Connections at once from one address; one more gets 421.</summary>
    public int MaxConnectionsPerSource { get; init; } = 50;

    /// <summary>Mails a minute from one address; one more gets 450 and can come later. 0 sets no bound.</summary>
    public int MailsPerMinutePerSource { get; init; }

    /// <summary>Recipients who are not here that one address may name in an hour; one more ends the connection with 421.</summary>
    public int WrongRecipientsPerHour { get; init; } = 200;

    /// <summary>Addresses that may send as many mails and name as many recipients as they like: by default this machine, whose own mail server hands on what others sent.</summary>
    public Func<IPAddress, bool> IsTrusted { get; init; } = IPAddress.IsLoopback;

    /// <summary>Speaks LMTP (RFC 2033), for the last step behind a mail server: LHLO, and an answer for each recipient.</summary>
    public bool Lmtp { get; init; }

    /// <summary>Recipients of one mail; one more gets 452 (RFC 5321 §4.5.3.1.8).</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>Refused commands of one connection before it is closed with 421.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>How long a whole command line may take.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the connection may be silent inside a mail.</summary>
    public TimeSpan DataIdleTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a whole mail may take to arrive.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long mails being stored may still take once the server is asked to stop.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}

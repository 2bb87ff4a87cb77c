using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Wire;

/// <summary>How the connection to a mailbox is protected.</summary>
public enum MailboxSecurity
{
    /// <summary>Plain; for a server on the same machine.</summary>
    None,

    /// <summary>STARTTLS, or by POP3 STLS (RFC 2595), or nothing.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually port 993, or by POP3 995.</summary>
    Tls,
}

/// <summary>Where a mailbox is and what a server may do to us, whatever it is read by.</summary>
public abstract record MailboxOptions
{
    /// <summary>The server's name, which its certificate must carry.</summary>
    public required string Host { get; init; }

    /// <summary>Usually 993 or 143, by POP3 995 or 110.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public MailboxSecurity Security { get; init; } = MailboxSecurity.Tls;

    /// <summary>The user name.</summary>
    public required string User { get; init; }

    /// <summary>The password; not used when there is an <see cref="AccessToken"/>.</summary>
    public required string Password { get; init; }

    /// <summary>An OAuth access token to sign in with (XOAUTH2, or OAUTHBEARER of RFC 7628) in place of the password.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Signs in over a connection without TLS too; only for a server on the same machine.</summary>
    public bool AllowPlainCredentials { get; init; }

    /// <summary>When set, only certificates issued by (or being) one of these are trusted, in place of the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may be silent inside a command.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a whole command may take, however slowly it trickles.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Mails larger than this many bytes are reported, not downloaded.</summary>
    public int MaxMailSize { get; init; } = 50 * 1024 * 1024;
}

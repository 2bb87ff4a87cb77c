using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Imap;

/// <summary>How the connection to a mailbox is protected.</summary>
public enum ImapSecurity
{
    /// <summary>Plain; for a server on the same machine.</summary>
    None,

    /// <summary>STARTTLS or nothing.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually port 993.</summary>
    Tls,
}

/// <summary>Where a mailbox is and what a server may do to us.</summary>
public sealed record ImapClientOptions
{
    /// <summary>The server's name, which its certificate must carry.</summary>
    public required string Host { get; init; }

    /// <summary>Usually 993 or 143.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public ImapSecurity Security { get; init; } = ImapSecurity.Tls;

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

    /// <summary>What all bounds of the grammar are.</summary>
    internal ImapBounds Bounds { get; init; } = new();
}

/// <summary>What one response may hold; past any of these the connection ends.</summary>
internal sealed record ImapBounds
{
    /// <summary>Bytes of one response outside its literals; a SEARCH over one window of UIDs fits.</summary>
    public int Text { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a literal that is not a mail.</summary>
    public int SmallLiteral { get; init; } = 64 * 1024;

    /// <summary>Literals in one response.</summary>
    public int Literals { get; init; } = 64;

    /// <summary>Parentheses inside parentheses.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Values in one response.</summary>
    public int Items { get; init; } = 200_000;

    /// <summary>Responses to one command.</summary>
    public int Responses { get; init; } = 200_000;

    /// <summary>UIDs that one set may name, however short it is written.</summary>
    public int Uids { get; init; } = 1_000_000;
}

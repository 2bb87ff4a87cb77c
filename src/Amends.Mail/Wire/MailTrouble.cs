namespace Amends.Mail.Wire;

/// <summary>What stood in the way of talking to a mail server; a settings page can turn each into its own advice.</summary>
public enum MailTrouble
{
    /// <summary>Nothing did.</summary>
    None,

    /// <summary>The host name is not known.</summary>
    NameNotFound,

    /// <summary>Nobody answers at this address and port.</summary>
    Unreachable,

    /// <summary>The server stopped answering in the time allowed.</summary>
    TimedOut,

    /// <summary>The server closed the connection in the middle.</summary>
    Lost,

    /// <summary>TLS was asked for and the server does not offer it.</summary>
    TlsMissing,

    /// <summary>The TLS handshake failed.</summary>
    TlsFailed,

    /// <summary>The server's certificate is not trusted, has expired, or names another host.</summary>
    CertificateRefused,

    /// <summary>The server did not accept the user name or password.</summary>
    CredentialsRefused,

    /// <summary>Credentials are set but the connection is not encrypted, so they were not sent.</summary>
    CredentialsNeedTls,

    /// <summary>Bytes arrived before the TLS handshake that belonged after it (a known attack).</summary>
    Injected,

    /// <summary>The server did not speak the protocol.</summary>
    Garbage,

    /// <summary>The server sent more than one of our bounds allows.</summary>
    Limit,

    /// <summary>The server understood and said no.</summary>
    Refused,

    /// <summary>The server said good-bye.</summary>
    Bye,
}

using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>The server that takes our mail, as it is stored under <c>outgoing</c>.</summary>
public sealed record OutgoingServer
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "outgoing";
    private const string Purpose = "outgoing password";

    /// <summary>The server's name.</summary>
    public string Host { get; init; } = "";

    /// <summary>Usually 587, 465 or 25.</summary>
    public int Port { get; init; } = 587;

    /// <summary><c>starttls</c>, <c>tls</c>, <c>offered</c> (STARTTLS where the server has it), or <c>none</c> for a relay on the same machine.</summary>
    public string Security { get; init; } = "starttls";

    /// <summary>The user name; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>The password, sealed.</summary>
    public string? Password { get; init; }

    /// <summary>The same with this password, sealed.</summary>
    public OutgoingServer WithPassword(Secrets secrets, string password) => this with { Password = secrets.Seal(password, Purpose) };

    /// <summary>How to reach it.</summary>
    public SmtpClientOptions Options(Secrets secrets, Company company) => new()
    {
        Host = Host,
        Port = Port,
        User = User.Length == 0 ? null : User,
        Password = Password is null ? null : secrets.Open(Password, Purpose),
        Security = Security switch { "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, "offered" => SmtpSecurity.StartTlsIfOffered, _ => SmtpSecurity.StartTls },
        AllowPlainCredentials = Security == "none",
        HelloName = company.MailFrom[(company.MailFrom.LastIndexOf('@') + 1)..],
        CommandTimeout = TimeSpan.FromMinutes(1),
    };

    /// <summary>Connects and signs in without sending.</summary>
    /// <returns><c>null</c> when it works, otherwise one sentence on what is wrong.</returns>
    public async Task<string?> Test(Secrets secrets, Company company, CancellationToken ct)
    {
        await using var client = new SmtpClient(Options(secrets, company));
        var outcome = await client.Check(ct);
        return outcome.Result == SmtpResult.Accepted ? null : outcome.Text;
    }
}

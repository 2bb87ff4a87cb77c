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

    /// <summary>Whose consent signs in, in place of the password.</summary>
    public long? GrantId { get; init; }

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

    /// <summary>How to reach it, with a token where a consent signs in.</summary>
    /// <exception cref="MailGrantFailure">There is no token to be had.</exception>
    public async Task<SmtpClientOptions> Options(Secrets secrets, Company company, MailGrants? grants, CancellationToken ct)
    {
        var options = Options(secrets, company);
        if (GrantId is not { } id || grants is null)
            return options;
        var (account, token) = await grants.Token(id, null, ct);
        return options with { User = User.Length == 0 ? account : User, AccessToken = token };
    }

    /// <summary>Connects and signs in without sending.</summary>
    /// <returns><c>null</c> when it works, otherwise one sentence on what is wrong.</returns>
    public async Task<string?> Test(Secrets secrets, Company company, CancellationToken ct, MailGrants? grants = null)
    {
        SmtpClientOptions options;
        try
        {
            options = await Options(secrets, company, grants, ct);
        }
        catch (MailGrantFailure failure)
        {
            return failure.Message;
        }

        await using var client = new SmtpClient(options);
        var outcome = await client.Check(ct);
        return outcome.Result == SmtpResult.Accepted ? null : outcome.Text;
    }
}

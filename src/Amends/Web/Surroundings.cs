using System.Net;
using Amends.Data;

namespace Amends.Web;

/// <summary>
/// What the environment says: where the data is, where we listen, what the world calls us. Environment variables come
/// before the settings file; a bad value stops the start with one sentence that names it.
/// </summary>
public sealed record Surroundings
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>The folder for what is not in the database: the key file, and the SQLite file by default.</summary>
    public required string Data { get; init; }

    /// <summary><c>sqlite:PATH</c> or <c>postgres://user@host:port/db</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The password for PostgreSQL, when it is given here.</summary>
    public string? DatabasePassword { get; init; }

    /// <summary>Where pages are served.</summary>
    public required string Urls { get; init; }

    /// <summary>The address that links in mail begin with, and nothing else; overrides the stored one.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Where mail is taken in; <c>null</c> for nowhere.</summary>
    public IPEndPoint? SmtpListen { get; init; }

    /// <summary>Where mail is taken in by LMTP, for the last step behind a mail server; <c>null</c> for nowhere.</summary>
    public IPEndPoint? LmtpListen { get; init; }

    /// <summary>Mails a minute from one address that is not this machine; 0 for as many as come.</summary>
    public int MailRate { get; init; } = 1200;

    /// <summary>A PEM file with a certificate and its key: our listener then offers STARTTLS.</summary>
    public string? SmtpCertificate { get; init; }

    /// <summary>Whom we ask for the keys of signatures; nobody when empty.</summary>
    public IReadOnlyList<IPEndPoint> DnsServers { get; init; } = [];

    /// <summary>The largest mail that is taken in, in bytes.</summary>
    public int LargestMail { get; init; } = 50 * MegaByte;

    /// <summary>The file with the key-encryption key, made when missing.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Whose forwarded headers count.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether an empty database becomes a demo company.</summary>
    public bool Demo { get; init; }

    /// <summary>Reads <c>AMENDS_…</c> from configuration.</summary>
    /// <exception cref="BadSetting">A value cannot be used.</exception>
    public static Surroundings From(IConfiguration settings)
    {
        var data = Path.GetFullPath(settings["AMENDS_DATA"] is { Length: > 0 } folder ? folder : "data");
        return new Surroundings
        {
            Data = data,
            Database = settings["AMENDS_DATABASE"] is { Length: > 0 } url ? url : "sqlite:" + Path.Combine(data, "amends.db"),
            DatabasePassword = settings["AMENDS_DATABASE_PASSWORD"],
            Urls = UrlsOf(settings["AMENDS_URLS"] is { Length: > 0 } urls ? urls : "http://127.0.0.1:5200"),
            PublicUrl = PublicUrlOf(settings["AMENDS_PUBLIC_URL"]),
            SmtpListen = EndPointOf("AMENDS_SMTP_LISTEN", settings["AMENDS_SMTP_LISTEN"] ?? "127.0.0.1:2525"),
            LmtpListen = EndPointOf("AMENDS_LMTP_LISTEN", settings["AMENDS_LMTP_LISTEN"] ?? ""),
            MailRate = MailRateOf(settings["AMENDS_MAIL_RATE"]),
            SmtpCertificate = settings["AMENDS_SMTP_CERTIFICATE"] is { Length: > 0 } pem ? pem : null,
            DnsServers = DnsServersOf(settings["AMENDS_DNS"]),
            LargestMail = LargestMailOf(settings["AMENDS_MAIL_LIMIT"]),
            KeyFile = settings["AMENDS_KEY_FILE"] is { Length: > 0 } key ? key : Path.Combine(data, "keys", "amends.key"),
            Proxies = ProxiesOf(settings["AMENDS_PROXIES"]),
            Demo = DemoOf(settings["AMENDS_DEMO"]),
        };
    }

    private static string? PublicUrlOf(string? value) => string.IsNullOrEmpty(value) ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 ? value.TrimEnd('/')
        : throw new BadSetting("AMENDS_PUBLIC_URL", "is not an address like https://complaints.example.com");

    private static string UrlsOf(string value) => value.Split(';').FirstOrDefault(url => !IsListenable(url)) is { } wrong
        ? throw new BadSetting("AMENDS_URLS", $"has {wrong}, which is not an address to listen at like http://127.0.0.1:5200")
        : value;

    private static bool IsListenable(string url) =>
        Uri.TryCreate(url.Replace("://*", "://any").Replace("://+", "://any"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0;

    private static bool DemoOf(string? value) => value switch
    {
        "1" or "true" => true,
        null or "" or "0" or "false" => false,
        _ => throw new BadSetting("AMENDS_DEMO", $"is {value}; it can be 1 or 0"),
    };

    private static IPEndPoint? EndPointOf(string name, string value) => value is "" or "off" ? null
        : IPEndPoint.TryParse(value, out var endPoint) && value.Contains(':') ? endPoint
        : throw new BadSetting(name, "is not an address with a port like 127.0.0.1:2525");

    private static int MailRateOf(string? value) => string.IsNullOrEmpty(value) ? 1200
        : int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var mails) && mails <= 1_000_000 ? mails
        : throw new BadSetting("AMENDS_MAIL_RATE", "is not a number of mails a minute from 0 (as many as come) to 1000000");

    private static IReadOnlyList<IPEndPoint> DnsServersOf(string? value) => value is "off" ? []
        : string.IsNullOrEmpty(value) ? Amends.Mail.Trust.DnsClient.FromFile("/etc/resolv.conf")
        : [.. value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text => IPEndPoint.TryParse(text, out var server)
            ? new IPEndPoint(server.Address, server.Port == 0 ? 53 : server.Port)
            : throw new BadSetting("AMENDS_DNS", $"has {text}, which is no address of a name server; it can also be off"))];

    private static int LargestMailOf(string? value) => string.IsNullOrEmpty(value) ? 50 * MegaByte
        : int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var megabytes) && megabytes is >= 1 and <= 200 ? megabytes * MegaByte
        : throw new BadSetting("AMENDS_MAIL_LIMIT", "is not a number of megabytes from 1 to 200");

    private static IReadOnlyList<IPNetwork> ProxiesOf(string? value) =>
        [.. (value ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text =>
            IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var network) ? network
            : throw new BadSetting("AMENDS_PROXIES", $"has {text}, which is no address or network"))];
}

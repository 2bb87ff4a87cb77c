using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Our own listener for mail: the sender hears 250 only after the ledger has it durably. Off without
/// <c>AMENDS_SMTP_LISTEN</c>.
/// </summary>
public sealed class SmtpIntake(Surroundings surroundings, StoredSettings settings, Mailboxes mailboxes, MailLedger ledger, ILogger<SmtpIntake> log) : BackgroundService
{
    private SmtpServer? _server;

    /// <summary>Where it really listens; <c>null</c> when it is off.</summary>
    public IPEndPoint? Endpoint => _server?.Endpoint;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken ct)
    {
        if (surroundings.SmtpListen is { } listen)
        {
            var from = (await settings.Company(ct)).MailFrom;
            _server = new SmtpServer(
                new SmtpServerOptions { Endpoint = listen, HostName = from[(from.LastIndexOf('@') + 1)..], Certificate = Certificate() },
                Store, mailboxes.Takes, remark => LogRemark(log, remark, null));
            Listen(_server, listen);
        }

        await base.StartAsync(ct);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken ct) => _server?.Run(ct) ?? Task.CompletedTask;

    private async Task<SmtpReply> Store(SmtpEnvelope envelope, ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        await ledger.Keep(new Arrival(mail, envelope.Recipients, envelope.From), ct);
        return SmtpReply.Taken;
    }

    /// <summary>A PEM file with the certificate and its key, for STARTTLS.</summary>
    private X509Certificate2? Certificate()
    {
        try
        {
            return surroundings.SmtpCertificate is { } file ? X509Certificate2.CreateFromPemFile(file) : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new BadSetting("AMENDS_SMTP_CERTIFICATE", $"names {surroundings.SmtpCertificate}, which is no PEM file with a certificate and its key that can be read: {wrong.Message.TrimEnd('.')}");
        }
    }

    private static void Listen(SmtpServer server, IPEndPoint listen)
    {
        try
        {
            server.Start();
        }
        catch (SocketException refused)
        {
            throw new BadSetting("AMENDS_SMTP_LISTEN", $"is {listen}, where nothing can listen: {refused.Message.TrimEnd('.')}");
        }
    }

    private static readonly Action<ILogger, string, Exception?> LogRemark = LoggerMessage.Define<string>(LogLevel.Information, new EventId(20, "SmtpRemark"), "{Remark}");
}

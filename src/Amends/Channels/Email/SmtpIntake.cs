using System.Net;
using System.Net.Sockets;
using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Our own listener for mail: the sender hears 250 only after the ledger has it durably. Off without
/// <c>AMENDS_SMTP_LISTEN</c>.
/// </summary>
public sealed class SmtpIntake(Surroundings surroundings, StoredSettings settings, Mailboxes mailboxes, MailLedger ledger, TimeProvider clock, ILogger<SmtpIntake> log) : BackgroundService
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
            var options = new SmtpServerOptions { Endpoint = listen, HostName = from[(from.LastIndexOf('@') + 1)..], MaxSize = surroundings.LargestMail };
            if (surroundings.SmtpCertificate is { } file)
            {
                var certificate = new ListenerCertificate(file, clock, Remark);
                certificate.Current(); // one that cannot be used stops the start, not the first mail
                options = options with { Certificate = certificate.Current };
            }

            _server = new SmtpServer(options, Store, mailboxes.Takes, Remark);
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

    private void Remark(string remark) => LogRemark(log, remark, null);

    private static readonly Action<ILogger, string, Exception?> LogRemark = LoggerMessage.Define<string>(LogLevel.Information, new EventId(20, "SmtpRemark"), "{Remark}");
}

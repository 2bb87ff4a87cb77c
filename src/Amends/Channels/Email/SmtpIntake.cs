using System.Net;
using System.Net.Sockets;
using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Our own listeners for mail, by SMTP and by LMTP: the sender hears 250 only after the ledger has it durably. Each is
/// there when <c>AMENDS_SMTP_LISTEN</c> or <c>AMENDS_LMTP_LISTEN</c> says where.
/// </summary>
public sealed class SmtpIntake(Surroundings surroundings, StoredSettings settings, Mailboxes mailboxes, MailLedger ledger, TimeProvider clock, ILogger<SmtpIntake> log) : BackgroundService
{
    private SmtpServer? _smtp;
    private SmtpServer? _lmtp;

    /// <summary>Where SMTP really listens; <c>null</c> when it is off.</summary>
    public IPEndPoint? Endpoint => _smtp?.Endpoint;

    /// <summary>Where LMTP really listens; <c>null</c> when it is off.</summary>
    public IPEndPoint? LmtpEndpoint => _lmtp?.Endpoint;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken ct)
    {
        var from = (await settings.Company(ct)).MailFrom;
        var options = new SmtpServerOptions { HostName = from[(from.LastIndexOf('@') + 1)..], MaxSize = surroundings.LargestMail, MailsPerMinutePerSource = surroundings.MailRate };
        if (surroundings.SmtpCertificate is { } file && (surroundings.SmtpListen ?? surroundings.LmtpListen) is not null)
        {
            var certificate = new ListenerCertificate(file, clock, Remark);
            certificate.Current(); // one that cannot be used stops the start, not the first mail
            options = options with { Certificate = certificate.Current };
        }

        if (surroundings.SmtpListen is { } smtp)
            _smtp = Listen("AMENDS_SMTP_LISTEN", options with { Endpoint = smtp });
        if (surroundings.LmtpListen is { } lmtp)
            _lmtp = Listen("AMENDS_LMTP_LISTEN", options with { Endpoint = lmtp, Lmtp = true });
        await base.StartAsync(ct);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(_smtp?.Run(ct) ?? Task.CompletedTask, _lmtp?.Run(ct) ?? Task.CompletedTask);

    private async Task<SmtpReply> Store(SmtpEnvelope envelope, ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        await ledger.Keep(new Arrival(mail, envelope.Recipients, envelope.From), ct);
        return SmtpReply.Taken;
    }

    private SmtpServer Listen(string setting, SmtpServerOptions options)
    {
        var server = new SmtpServer(options, Store, mailboxes.Takes, Remark, clock);
        try
        {
            server.Start();
            return server;
        }
        catch (SocketException refused)
        {
            throw new BadSetting(setting, $"is {options.Endpoint}, where nothing can listen: {refused.Message.TrimEnd('.')}");
        }
    }

    private void Remark(string remark) => LogRemark(log, remark, null);

    private static readonly Action<ILogger, string, Exception?> LogRemark = LoggerMessage.Define<string>(LogLevel.Information, new EventId(20, "SmtpRemark"), "{Remark}");
}

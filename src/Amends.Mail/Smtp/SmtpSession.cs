using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Amends.Mail.Smtp;

/// <summary>One connection of the server, from greeting to good-bye (RFC 5321 §3 and §4).</summary>
internal sealed class SmtpSession(SmtpServer server, Socket socket, IPAddress source, CancellationToken stop, CancellationToken stopStoring)
{
    private readonly SmtpServerOptions options = server.Options;
    private readonly SmtpChannel wire = new(socket, stop);
    private readonly List<string> recipients = [];
    private string? helo;
    private string? from;
    private bool extended;
    private bool utf8;
    private int errors;

    /// <summary>Runs to the end of the connection; nothing but a programming error leaves it.</summary>
    public async Task Run()
    {
        wire.Open();
        try
        {
            wire.Allow(options.CommandTimeout);
            wire.Reply($"220 {options.HostName} ESMTP Amends");
            while (await Step().ConfigureAwait(false)) wire.Allow(options.CommandTimeout);
            await wire.Flush().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await SayGoodbye(stop.IsCancellationRequested ? "421 4.3.2 The server is stopping, try again" : "421 4.4.2 Waited too long").ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            server.Notice($"An SMTP connection ended early ({fault.GetType().Name}).");
        }
        finally
        {
            await wire.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Turns a connection away in one line.</summary>
    public async Task TurnAway(string reply)
    {
        wire.Open();
        await SayGoodbye(reply).ConfigureAwait(false);
        await wire.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SayGoodbye(string reply)
    {
        try
        {
            wire.Reply(reply);
            await wire.FlushEvenWhenStopping().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or InvalidOperationException)
        {
            // The other side is gone already; there is nobody to tell.
        }
    }

    private async ValueTask<bool> Step()
    {
        var line = await wire.ReadLine().ConfigureAwait(false);
        switch (line.Kind)
        {
            case SmtpLineKind.Closed:
                return false;
            case SmtpLineKind.Endless:
                wire.Reply("421 4.7.0 Line without end");
                return false;
            case SmtpLineKind.TooLong:
                return Refuse("500 5.5.2 Line too long");
            case SmtpLineKind.BareFeed:
                return Refuse("500 5.5.2 Lines end with CRLF");
            case SmtpLineKind.Garbled:
                return Refuse("500 5.5.2 Unreadable command");
        }
        var blank = line.Text.IndexOf(' ');
        var verb = (blank < 0 ? line.Text : line.Text[..blank]).ToUpperInvariant();
        var rest = blank < 0 ? "" : line.Text[(blank + 1)..].Trim();
        switch (verb)
        {
            case "EHLO" or "HELO":
                return Hello(rest, verb == "EHLO");
            case "MAIL":
                return Mail(rest);
            case "RCPT":
                return await Rcpt(rest).ConfigureAwait(false);
            case "DATA":
                return await Data(rest).ConfigureAwait(false);
            case "STARTTLS":
                return await StartTls(rest).ConfigureAwait(false);
            case "RSET":
                Forget();
                wire.Reply("250 2.0.0 Forgotten");
                return true;
            case "NOOP":
                wire.Reply("250 2.0.0 Still here");
                return true;
            case "VRFY":
                wire.Reply("252 2.5.2 Send a mail and see");
                return ++errors < options.MaxErrors || TooManyErrors();
            case "HELP":
                wire.Reply("214 2.0.0 See RFC 5321");
                return true;
            case "QUIT":
                wire.Reply($"221 2.0.0 {options.HostName} closing");
                return false;
            case "BDAT" or "EXPN" or "TURN" or "ETRN" or "AUTH":
                return Refuse("502 5.5.1 Not offered here");
            default:
                return Refuse("500 5.5.2 Unknown command");
        }
    }

    private bool Hello(string name, bool asExtended)
    {
        if (name.Length == 0) return Refuse("501 5.5.4 Say who you are");
        helo = name.Length > 255 ? name[..255] : name;
        extended = asExtended;
        Forget();
        if (!asExtended)
        {
            wire.Reply($"250 {options.HostName}");
            return true;
        }
        wire.Reply($"250-{options.HostName}");
        wire.Reply("250-PIPELINING");
        wire.Reply($"250-SIZE {options.MaxSize}");
        if (!wire.IsTls && options.Certificate() is not null) wire.Reply("250-STARTTLS");
        wire.Reply("250-ENHANCEDSTATUSCODES");
        wire.Reply("250-8BITMIME");
        wire.Reply("250 SMTPUTF8");
        return true;
    }

    private bool Mail(string rest)
    {
        if (helo is null) return Refuse("503 5.5.1 EHLO first");
        if (from is not null) return Refuse("503 5.5.1 One sender at a time");
        if (!rest.StartsWith("FROM:", StringComparison.OrdinalIgnoreCase) || !SmtpPath.TryRead(rest[5..], mayBeEmpty: true, out var address, out var parameters))
            return Refuse("501 5.1.7 MAIL FROM:<address> expected");
        var wantsUtf8 = false;
        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=');
            var key = (equals < 0 ? parameter : parameter[..equals]).ToUpperInvariant();
            var value = equals < 0 ? "" : parameter[(equals + 1)..];
            switch (extended ? key : "")
            {
                case "SIZE":
                    if (value.Length is 0 or > 20 || !value.All(char.IsAsciiDigit)) return Refuse("501 5.5.4 SIZE takes a number");
                    if (!long.TryParse(value, out var size) || size > options.MaxSize) return Refuse($"552 5.3.4 Mails up to {options.MaxSize} bytes are taken");
                    break;
                case "BODY" when value.ToUpperInvariant() is "7BIT" or "8BITMIME":
                    break;
                case "SMTPUTF8" when equals < 0:
                    wantsUtf8 = true;
                    break;
                default:
                    return Refuse("555 5.5.4 Unknown parameter of MAIL");
            }
        }
        if (!wantsUtf8 && !Ascii.IsValid(address)) return Refuse("553 5.6.7 This address needs SMTPUTF8");
        from = address;
        utf8 = wantsUtf8;
        wire.Reply("250 2.1.0 Go on");
        return true;
    }

    private async ValueTask<bool> Rcpt(string rest)
    {
        if (from is null) return Refuse("503 5.5.1 MAIL first");
        if (!rest.StartsWith("TO:", StringComparison.OrdinalIgnoreCase) || !SmtpPath.TryRead(rest[3..], mayBeEmpty: false, out var address, out var parameters))
            return Refuse("501 5.1.3 RCPT TO:<address> expected");
        if (parameters.Trim().Length > 0) return Refuse("555 5.5.4 Unknown parameter of RCPT");
        if (!utf8 && !Ascii.IsValid(address)) return Refuse("553 5.6.7 This address needs SMTPUTF8");
        if (recipients.Count >= options.MaxRecipients) return Refuse("452 4.5.3 Too many recipients, send the rest in another mail");
        bool known;
        try
        {
            known = await server.Accepts(address, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            server.Notice($"A recipient could not be looked up ({fault.GetType().Name}).");
            return Refuse("451 4.3.0 Cannot look that up now, try again");
        }
        if (!known) return Refuse("550 5.1.1 No such mailbox here");
        if (!recipients.Contains(address, StringComparer.OrdinalIgnoreCase)) recipients.Add(address);
        wire.Reply("250 2.1.5 Go on");
        return true;
    }

    private async ValueTask<bool> Data(string rest)
    {
        if (rest.Length > 0) return Refuse("501 5.5.4 DATA stands alone");
        if (from is null) return Refuse("503 5.5.1 MAIL first");
        if (recipients.Count == 0) return Refuse("554 5.5.1 No recipient was accepted");
        wire.Reply("354 Go on, end with a dot");
        await wire.Flush().ConfigureAwait(false);
        using var mail = new MailBuffer(options.MaxSize, server.Allowance);
        if (!await wire.ReadData(mail, options.MaxSize * 2L + 1024 * 1024, options.DataIdleTimeout, options.DataTimeout).ConfigureAwait(false))
        {
            if (mail.TooLarge) wire.Reply($"552 5.3.4 Mails up to {options.MaxSize} bytes are taken");
            return false;
        }
        wire.Allow(Timeout.InfiniteTimeSpan);
        var envelope = new SmtpEnvelope(from, recipients.ToArray(), helo!, source, wire.IsTls, utf8);
        Forget();
        if (mail.TooLarge) return Refuse($"552 5.3.4 Mails up to {options.MaxSize} bytes are taken");
        if (mail.NoRoom) return Refuse("452 4.3.1 No memory for this mail now, try again");
        var reply = await Stored(envelope, mail.Mail).ConfigureAwait(false);
        wire.Reply(Line(reply));
        await wire.FlushEvenWhenStopping().ConfigureAwait(false);
        return true;
    }

    // The answer 250 is a promise, so it is only ever given by the one who stored the mail.
    private async Task<SmtpReply> Stored(SmtpEnvelope envelope, ReadOnlyMemory<byte> mail)
    {
        try
        {
            return await server.Store(envelope, mail, stopStoring).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            server.Notice($"A mail could not be stored and will be sent again by its server ({fault.GetType().Name}).");
            return new SmtpReply(451, "4.3.0", "Could not be stored now, try again");
        }
    }

    private async ValueTask<bool> StartTls(string rest)
    {
        if (options.Certificate() is not { } certificate) return Refuse("502 5.5.1 Not offered here");
        if (wire.IsTls) return Refuse("503 5.5.1 Already encrypted");
        if (rest.Length > 0) return Refuse("501 5.5.4 STARTTLS stands alone");
        wire.Reply("220 2.0.0 Go on");
        await wire.StartTls(certificate).ConfigureAwait(false);
        helo = null;
        Forget();
        return true;
    }

    private bool Refuse(string reply)
    {
        wire.Reply(reply);
        return ++errors < options.MaxErrors || TooManyErrors();
    }

    private bool TooManyErrors()
    {
        wire.Reply("421 4.7.0 Too many errors");
        return false;
    }

    private void Forget()
    {
        from = null;
        utf8 = false;
        recipients.Clear();
    }

    private static string Line(SmtpReply reply)
    {
        var text = string.Concat(reply.Text.Where(static letter => !char.IsControl(letter)));
        return reply.Enhanced.Length == 0 ? $"{reply.Code} {text}" : $"{reply.Code} {reply.Enhanced} {text}";
    }
}

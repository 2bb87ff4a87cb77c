using System.Globalization;
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
    private readonly List<string> recipients = []; // each RCPT that was answered with 250, so that LMTP can answer each
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
            wire.Reply($"220 {options.HostName} {(options.Lmtp ? "LMTP" : "ESMTP")} Amends");
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
            case "EHLO" or "HELO" when !options.Lmtp:
                return Hello(rest, verb == "EHLO");
            case "LHLO" when options.Lmtp:
                return Hello(rest, true);
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
            case "BDAT":
                return await Chunk(rest).ConfigureAwait(false);
            case "EXPN" or "TURN" or "ETRN" or "AUTH":
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
        if (helo is null) return Refuse($"503 5.5.1 {(options.Lmtp ? "LHLO" : "EHLO")} first");
        if (from is not null) return Refuse("503 5.5.1 One sender at a time");
        if (!rest.StartsWith("FROM:", StringComparison.OrdinalIgnoreCase) || !SmtpPath.TryRead(rest[5..], mayBeEmpty: true, out var address, out var parameters))
            return Refuse("501 5.1.7 MAIL FROM:<address> expected");
        if (MailParameters.Refusal(parameters, extended, options.MaxSize, out var wantsUtf8) is { } refusal) return Refuse(refusal);
        if (!wantsUtf8 && !Ascii.IsValid(address)) return Refuse("553 5.6.7 This address needs SMTPUTF8");
        if (!server.Sources.TakesMail(source)) return Refuse("450 4.7.1 Too many mails from you at once, send the rest later");
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
        if (!known) return WrongRecipient();
        recipients.Add(address);
        wire.Reply("250 2.1.5 Go on");
        return true;
    }

    private bool WrongRecipient()
    {
        if (server.Sources.MayGuess(source)) return Refuse("550 5.1.1 No such mailbox here");
        wire.Reply("421 4.7.0 Too many recipients that are not here, try again later");
        return false;
    }

    // CHUNKING (RFC 3030) is not offered, but who asks all the same sends the chunk with the command: read as commands,
    // its octets would be a way in for what a relay before us took for mail.
    private async ValueTask<bool> Chunk(string rest)
    {
        var size = rest.Split(' ', 2)[0];
        if (size.Length is 0 or > 18 || !size.All(char.IsAsciiDigit) || long.Parse(size, CultureInfo.InvariantCulture) is var octets && octets > options.MaxSize * 2L)
        {
            wire.Reply("421 5.5.1 CHUNKING is not offered here");
            return false;
        }
        return await wire.Skip(octets, options.DataIdleTimeout).ConfigureAwait(false) && Refuse("502 5.5.1 CHUNKING is not offered here");
    }

    private async ValueTask<bool> Data(string rest)
    {
        if (rest.Length > 0) return Refuse("501 5.5.4 DATA stands alone");
        if (from is null) return Refuse("503 5.5.1 MAIL first");
        if (recipients.Count == 0) return Refuse($"{(options.Lmtp ? 503 : 554)} 5.5.1 No recipient was accepted");
        wire.Reply("354 Go on, end with a dot");
        await wire.Flush().ConfigureAwait(false);
        using var mail = new MailBuffer(options.MaxSize, server.Allowance);
        if (!await wire.ReadData(mail, options.MaxSize * 2L + 1024 * 1024, options.DataIdleTimeout, options.DataTimeout).ConfigureAwait(false))
        {
            if (mail.TooLarge) wire.Reply($"552 5.3.4 Mails up to {options.MaxSize} bytes are taken");
            return false;
        }
        wire.Allow(Timeout.InfiniteTimeSpan);
        var envelope = new SmtpEnvelope(from, [.. recipients.Distinct(StringComparer.OrdinalIgnoreCase)], helo!, source, wire.IsTls, utf8);
        var answers = options.Lmtp ? recipients.Count : 1; // RFC 2033 §4.2
        Forget();
        if (mail.TooLarge) return Refuse($"552 5.3.4 Mails up to {options.MaxSize} bytes are taken", answers);
        if (mail.NoRoom) return Refuse("452 4.3.1 No memory for this mail now, try again", answers);
        var reply = Line(await Stored(envelope, mail.Mail).ConfigureAwait(false));
        for (var i = 0; i < answers; i++) wire.Reply(reply);
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

    private bool Refuse(string reply, int times = 1)
    {
        for (var i = 0; i < times; i++) wire.Reply(reply);
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

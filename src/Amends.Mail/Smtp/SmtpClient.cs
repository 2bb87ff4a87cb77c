using System.Buffers;
using Amends.Mail.Wire;

namespace Amends.Mail.Smtp;

/// <summary>
/// Sends mail by SMTP (RFC 5321). Connects when first needed and keeps the connection for further mails. One mail at
/// a time. Only <see cref="OperationCanceledException"/> leaves it; everything a server does becomes an outcome.
/// </summary>
public sealed class SmtpClient(SmtpClientOptions options) : IAsyncDisposable
{
    private SmtpDialogue? open;

    /// <summary>Connects, encrypts and signs in without sending, to tell whether the settings work.</summary>
    /// <returns>Accepted with no recipients, or Deferred with the trouble and a sentence about it.</returns>
    public async Task<SmtpOutcome> Check(CancellationToken cancel)
    {
        try
        {
            await Connect(cancel).ConfigureAwait(false);
            return new(SmtpResult.Accepted, null, [], MailTrouble.None, $"{options.Host} is ready to take mail.");
        }
        catch (WireFault fault)
        {
            await Drop().ConfigureAwait(false);
            return new(SmtpResult.Deferred, null, [], fault.Trouble, fault.Message);
        }
    }

    /// <summary>Sends one mail.</summary>
    /// <param name="from">The return path; empty for mail that must never bounce.</param>
    /// <param name="recipients">One or more addresses.</param>
    /// <param name="mail">The whole mail; line ends are made CRLF.</param>
    /// <param name="cancel">Ends the attempt; the outcome is then unknown to the caller.</param>
    /// <param name="envelopeId">What reports about this mail shall name it by, where the server can (RFC 3461).</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<SmtpOutcome> Send(string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> mail, CancellationToken cancel, string? envelopeId = null)
    {
        if (recipients.Count == 0) return new(SmtpResult.Failed, null, [], MailTrouble.None, "The mail has no recipient.");
        foreach (var address in recipients)
        {
            if (!SmtpPath.IsAddress(address)) return LocalRefusal(recipients, "5.1.3", "A recipient's address is not a mail address.");
        }
        if (from.Length > 0 && !SmtpPath.IsAddress(from)) return LocalRefusal(recipients, "5.1.7", "The sender's address is not a mail address.");
        try
        {
            var reused = open is { LooksStale: false };
            try
            {
                return await Attempt(from, recipients, mail, envelopeId, cancel).ConfigureAwait(false);
            }
            catch (WireFault fault) when (reused && fault.Trouble is MailTrouble.Lost or MailTrouble.Bye)
            {
                // A kept connection may have been closed meanwhile; before the final dot nothing was taken, so ask once more afresh.
                await Drop().ConfigureAwait(false);
                return await Attempt(from, recipients, mail, envelopeId, cancel).ConfigureAwait(false);
            }
        }
        catch (WireFault fault)
        {
            await Drop().ConfigureAwait(false);
            return SmtpOutcome.ForAll(SmtpResult.Deferred, null, recipients, fault.Trouble, fault.Message);
        }
        catch (OperationCanceledException)
        {
            await Drop().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says QUIT where the connection is still good, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (open is { LooksStale: false } dialogue)
        {
            try
            {
                using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await dialogue.Ask("QUIT", moment.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is WireFault or OperationCanceledException)
            {
                // It was only politeness.
            }
        }
        await Drop().ConfigureAwait(false);
    }

    private static SmtpOutcome LocalRefusal(IReadOnlyList<string> recipients, string enhanced, string text) =>
        SmtpOutcome.ForAll(SmtpResult.Failed, new SmtpReply(550, enhanced, text), recipients, MailTrouble.None, text);

    private async Task<SmtpDialogue> Connect(CancellationToken cancel)
    {
        if (open is { LooksStale: true }) await Drop().ConfigureAwait(false);
        return open ??= await SmtpDialogue.Open(options, cancel).ConfigureAwait(false);
    }

    private async ValueTask Drop()
    {
        var gone = open;
        open = null;
        if (gone is not null) await gone.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<SmtpOutcome> Attempt(string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> mail, string? envelopeId, CancellationToken cancel)
    {
        var server = await Connect(cancel).ConfigureAwait(false);
        var plan = SmtpPlan.For(server, from, recipients, mail.Span, envelopeId);
        if (plan.Refusal is { } refusal) return LocalRefusal(recipients, refusal.Enhanced, $"{options.Host} {refusal.Text}");

        var (sender, answers) = await OpenMail(server, plan, cancel).ConfigureAwait(false);
        if (sender.Code is 530 or 534 or 535 or 538) throw new WireFault(MailTrouble.CredentialsRefused, $"{options.Host} takes mail only from those who sign in: {sender}");
        if (!sender.IsPositive) return await Ended(server, SmtpOutcome.ForAll(SmtpOutcome.Of(sender), sender, recipients, MailTrouble.None, Words(sender)), cancel).ConfigureAwait(false);
        if (!answers.Any(static answer => answer.IsPositive)) return await Ended(server, Outcome(recipients, answers, null), cancel).ConfigureAwait(false);

        var go = await server.Ask("DATA", cancel).ConfigureAwait(false);
        if (go.Code != 354) return await Ended(server, Outcome(recipients, answers, go.Code < 400 ? new SmtpReply(451, "4.5.0", go.Text) : go), cancel).ConfigureAwait(false);
        if (await Pour(server, mail, cancel).ConfigureAwait(false) is { } early)
        {
            await Drop().ConfigureAwait(false);
            return Outcome(recipients, answers, early);
        }
        try
        {
            await server.Write(".\r\n"u8.ToArray(), options.DataTimeout, cancel).ConfigureAwait(false);
            var final = await server.Hear(options.FinalTimeout, cancel).ConfigureAwait(false);
            if (final.Code == 421) await Drop().ConfigureAwait(false);
            return Outcome(recipients, answers, final.Code < 400 && !final.IsPositive ? new SmtpReply(451, "4.5.0", final.Text) : final);
        }
        catch (WireFault fault)
        {
            // From the dot on the server may have taken the mail; only a reply can tell.
            await Drop().ConfigureAwait(false);
            var lost = SmtpOutcome.ForAll(SmtpResult.Unknown, null, recipients, fault.Trouble, $"{fault.Message} The mail may or may not have been taken.");
            return lost with { Recipients = [.. lost.Recipients.Select((one, i) => answers[i].IsPositive ? one : Refused(one.Address, answers[i]))] };
        }
    }

    private async Task<(SmtpReply Sender, List<SmtpReply> Recipients)> OpenMail(SmtpDialogue server, SmtpPlan plan, CancellationToken cancel)
    {
        var answers = new List<SmtpReply>();
        if (server.Pipelining)
        {
            await server.Say(string.Join("\r\n", [plan.Mail, .. plan.Rcpts]), cancel).ConfigureAwait(false);
            var sender = await First(server, cancel).ConfigureAwait(false);
            foreach (var _ in plan.Rcpts) answers.Add(await server.Hear(options.CommandTimeout, cancel).ConfigureAwait(false));
            return (sender, answers);
        }
        await server.Say(plan.Mail, cancel).ConfigureAwait(false);
        var reply = await First(server, cancel).ConfigureAwait(false);
        if (!reply.IsPositive) return (reply, answers);
        foreach (var rcpt in plan.Rcpts) answers.Add(await server.Ask(rcpt, cancel).ConfigureAwait(false));
        return (reply, answers);
    }

    private async Task<SmtpReply> First(SmtpDialogue server, CancellationToken cancel)
    {
        var reply = await server.Hear(options.CommandTimeout, cancel).ConfigureAwait(false);
        return reply.Code == 421 ? throw new WireFault(MailTrouble.Bye, $"{options.Host} closed the connection: {reply}") : reply;
    }

    // Returns a reply when the server refused or left before the final dot: the mail is then certainly not taken.
    private async Task<SmtpReply?> Pour(SmtpDialogue server, ReadOnlyMemory<byte> mail, CancellationToken cancel)
    {
        var chunk = new ArrayBufferWriter<byte>(68 * 1024);
        var dots = new DotWriter();
        try
        {
            while (!mail.IsEmpty)
            {
                var part = mail[..Math.Min(mail.Length, 32 * 1024)];
                mail = mail[part.Length..];
                dots.Write(part.Span, chunk);
                if (mail.IsEmpty) dots.End(chunk);
                await server.Write(chunk.WrittenMemory, options.DataTimeout, cancel).ConfigureAwait(false);
                chunk.ResetWrittenCount();
            }
            // A reply that is here before its question would be taken for the answer to the dot.
            if (!server.HasInput) return null;
            return await LastWords(server, cancel).ConfigureAwait(false) is { Code: >= 400 } early ? early
                : throw new WireFault(MailTrouble.Garbage, $"{options.Host} answered before it was asked.");
        }
        catch (WireFault fault) when (fault.Trouble == MailTrouble.Lost)
        {
            if (await LastWords(server, cancel).ConfigureAwait(false) is { Code: >= 400 } last) return last;
            throw;
        }
    }

    private static async Task<SmtpReply?> LastWords(SmtpDialogue server, CancellationToken cancel)
    {
        try
        {
            return await server.Hear(TimeSpan.FromSeconds(5), cancel).ConfigureAwait(false);
        }
        catch (WireFault)
        {
            return null;
        }
    }

    private async Task<SmtpOutcome> Ended(SmtpDialogue server, SmtpOutcome outcome, CancellationToken cancel)
    {
        try
        {
            var reset = await server.Ask("RSET", cancel).ConfigureAwait(false);
            if (!reset.IsPositive) await Drop().ConfigureAwait(false);
        }
        catch (WireFault)
        {
            await Drop().ConfigureAwait(false);
        }
        return outcome;
    }

    private static SmtpRecipientOutcome Refused(string address, SmtpReply reply) =>
        new(address, reply.IsPermanent ? SmtpResult.Failed : SmtpResult.Deferred, reply);

    private static SmtpOutcome Outcome(IReadOnlyList<string> recipients, List<SmtpReply> answers, SmtpReply? final)
    {
        var each = new List<SmtpRecipientOutcome>(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            var reply = answers[i].IsPositive && final is not null ? final : answers[i];
            each.Add(reply.IsPositive ? new(recipients[i], SmtpResult.Accepted, reply) : Refused(recipients[i], reply));
        }
        var best = each.MinBy(static one => one.Result)!;
        var decisive = final ?? best.Reply;
        return new(best.Result, decisive, each, MailTrouble.None, Words(decisive));
    }

    private static string Words(SmtpReply reply) =>
        reply.IsPositive ? $"The server took it: {reply}" : reply.IsPermanent ? $"The server refused it: {reply}" : $"The server asks to try again later: {reply}";
}

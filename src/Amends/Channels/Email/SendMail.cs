using Amends.Data;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Hands queued mail to the outgoing server. The server's 250 is recorded at once; nothing that fails afterwards sends
/// again. Between the mail and the 250 nobody can know: the same bytes with the same Message-ID go again, and are counted.
/// </summary>
public sealed class SendMail : Loop
{
    private const int Batch = 20;

    /// <summary>Attempts that a server may be away for before the owner hears of it: some minutes.</summary>
    private const int TriesBeforeAlarm = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(5);

    private readonly Database _database;
    private readonly StoredSettings _settings;
    private readonly Outbox _outbox;
    private readonly Secrets _secrets;
    private readonly MailGrants _grants;
    private readonly LiveSignals _live;
    private readonly TimeProvider _clock;

    /// <param name="database">Where the outbox is.</param>
    /// <param name="settings">The outgoing server.</param>
    /// <param name="outbox">The frozen mails; rings when one is queued.</param>
    /// <param name="secrets">Opens the password.</param>
    /// <param name="grants">Signs in where a consent stands in place of a password.</param>
    /// <param name="live">Tells pages.</param>
    /// <param name="clock">The time.</param>
    /// <param name="health">Where trouble shows.</param>
    /// <param name="log">Never content.</param>
    public SendMail(Database database, StoredSettings settings, Outbox outbox, Secrets secrets, MailGrants grants, LiveSignals live, TimeProvider clock, LoopHealth health, ILogger<SendMail> log)
        : base(TimeSpan.FromSeconds(2), health, log)
    {
        (_database, _settings, _outbox, _secrets, _grants, _live, _clock) = (database, settings, outbox, secrets, grants, live, clock);
        outbox.Queued = Ring;
    }

    /// <summary>Runs after the server's answer, before it is recorded; tests fail there.</summary>
    internal Action? BeforeRecording { get; set; }

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        if (await _settings.Get<OutgoingServer>(OutgoingServer.Setting, ct) is not { Host.Length: > 0 } server)
            return false; // queued mail waits until a server is set
        var company = await _settings.Company(ct);
        if (company.IsDemo || await _settings.Get<OutboxHold>(OutboxHold.Setting, ct) is not null)
            return false;
        if (await OptionsOf(server, company, ct) is not { } options)
            return false;
        var rows = await Claim(ct);
        if (rows.Count == 0)
            return false;

        await using var client = new SmtpClient(options);
        foreach (var mail in rows.GroupBy(row => (row.MessageId, row.EnvelopeFrom)))
        {
            // A token that was withdrawn before its end: the next attempt has another.
            if (await Send(client, [.. mail], ct) == MailTrouble.CredentialsRefused && server.GrantId is { } id)
                await Renewed(id, options.AccessToken, ct);
        }

        return rows.Count == Batch;
    }

    /// <summary>How to reach the server; <c>null</c>, and the owner is told, when nobody can be signed in: mail waits then.</summary>
    private async Task<SmtpClientOptions?> OptionsOf(OutgoingServer server, Company company, CancellationToken ct)
    {
        try
        {
            return await server.Options(_secrets, company, _grants, ct);
        }
        catch (MailGrantFailure failure)
        {
            var now = _clock.GetUtcNow();
            await _database.Write(unit => Notices.TellAll(unit, Role.Owner, null, $"outgoing:{now:yyyy-MM-dd}", $"Mail does not go out. {failure.Message}", now), ct);
            return null;
        }
    }

    private async Task Renewed(long grant, string? refused, CancellationToken ct)
    {
        try
        {
            await _grants.Token(grant, refused, ct);
        }
        catch (MailGrantFailure)
        {
            // The next round says so.
        }
    }

    private Task<List<OutboxRow>> Claim(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        return _database.Write(async unit =>
        {
            var rows = await unit.List<OutboxRow>(
                $"""
                update outbox set lease_until = @until, epoch = epoch + 1
                where id in (select id from outbox where state in (1, 2, 4) and due_at <= @now and lease_until < @now order by due_at, id limit {Batch}{_database.SkipLocked})
                returning id, message_id, case_number, recipient, envelope_from, mail_id, raw_digest, state, queued_at, due_at, epoch, tries, possible_duplicates
                """, new { now = now.ToUnixTimeMilliseconds(), until = (now + Pulse.Lease).ToUnixTimeMilliseconds() });
            return rows.OrderBy(row => row.Id).ToList();
        }, ct);
    }

    /// <summary>
    /// Says durably, before anything leaves, that this mail is being sent. <c>null</c> when it is not ours to send: another
    /// node has it by now, or its writer took it back. A row that was "sending" already was in the hands of a node that
    /// went away inside an attempt, so this attempt may be a second copy.
    /// </summary>
    private Task<IReadOnlyList<OutboxRow>?> Begin(IReadOnlyList<OutboxRow> rows)
    {
        var until = (_clock.GetUtcNow() + Pulse.Lease).ToUnixTimeMilliseconds();
        return _database.Write(async unit =>
        {
            var begun = new List<OutboxRow>();
            foreach (var row in rows)
            {
                begun.AddRange(await unit.List<OutboxRow>(
                    $"""
                    update outbox set state = {(int)OutboxState.Sending}, lease_until = @until, tries = tries + 1,
                        possible_duplicates = possible_duplicates + case when state = {(int)OutboxState.Sending} then 1 else 0 end
                    where id = @Id and epoch = @Epoch and state in (1, 2, 4)
                    returning id, message_id, case_number, recipient, envelope_from, mail_id, raw_digest, state, queued_at, due_at, epoch, tries, possible_duplicates
                    """, new { row.Id, row.Epoch, until }));
            }

            return begun.Count == 0 ? null : (IReadOnlyList<OutboxRow>)begun;
        });
    }

    private Task Prolong(IReadOnlyList<OutboxRow> rows)
    {
        var until = (_clock.GetUtcNow() + Pulse.Lease).ToUnixTimeMilliseconds();
        return _database.Write(unit => unit.Run($"update outbox set lease_until = @until where id = @Id and epoch = @Epoch and state = {(int)OutboxState.Sending}", rows.Select(row => new { row.Id, row.Epoch, until })));
    }

    private async Task<MailTrouble> Send(SmtpClient client, IReadOnlyList<OutboxRow> claimed, CancellationToken ct)
    {
        if (await Begin(claimed) is not { } rows)
            return MailTrouble.None;
        await using var pulse = new Pulse(() => Prolong(rows));
        SmtpOutcome outcome;
        try
        {
            var raw = await _outbox.Open(_database, rows[0].RawDigest, ct);
            outcome = await client.Send(rows[0].EnvelopeFrom, [.. rows.Select(row => row.Recipient)], raw, ct, rows[0].MailId);
        }
        catch (Exception failure) when (failure is InvalidDataException or System.Security.Cryptography.CryptographicException)
        {
            var words = new SmtpReply(550, "", "The stored mail cannot be opened with this key file.");
            outcome = new SmtpOutcome(SmtpResult.Failed, words, [.. rows.Select(row => new SmtpRecipientOutcome(row.Recipient, SmtpResult.Failed, words))], default, words.Text);
        }

        BeforeRecording?.Invoke();
        var now = _clock.GetUtcNow();
        await _database.Write(async unit => // not cancelled: what the server said is recorded
        {
            for (var i = 0; i < rows.Count; i++)
                await Record(unit, rows[i], outcome.Recipients.Count > i ? outcome.Recipients[i] : new SmtpRecipientOutcome(rows[i].Recipient, outcome.Result, outcome.Reply ?? new SmtpReply(450, "", outcome.Text)), now);
            // The server itself is the trouble, not a recipient: who can mend it is told, once a day.
            if (outcome.Trouble != MailTrouble.None && rows.Any(row => row.Tries >= TriesBeforeAlarm))
                await Notices.TellAll(unit, Role.Owner, null, $"outgoing:{now:yyyy-MM-dd}", $"Mail does not go out. {outcome.Text}", now);
            _live.Announce(unit, new LiveSignal("case", rows[0].CaseNumber));
        }, CancellationToken.None);
        return outcome.Trouble;
    }

    private static async Task Record(Unit unit, OutboxRow row, SmtpRecipientOutcome outcome, DateTimeOffset now)
    {
        var expired = now - DateTimeOffset.FromUnixTimeMilliseconds(row.QueuedAt) > GivenUp;
        var state = outcome.Result switch
        {
            SmtpResult.Accepted => OutboxState.Accepted,
            SmtpResult.Failed => OutboxState.Failed,
            _ => expired ? OutboxState.Failed : OutboxState.Deferred,
        };
        await unit.Run(
            """
            update outbox set state = @state, reply = @reply, lease_until = 0, due_at = @due, done_at = case when @state in (3, 5) then @now end,
                possible_duplicates = possible_duplicates + @unknown where id = @Id and epoch = @Epoch
            """,
            new
            {
                row.Id, row.Epoch, state = (int)state, reply = outcome.Reply.ToString(), due = Ms(now + PauseAfter(row.Tries)), now = Ms(now), unknown = outcome.Result == SmtpResult.Unknown ? 1 : 0,
            });
        if (outcome.Result == SmtpResult.Failed && Amends.Mail.Reading.Bounce.OfReply(row.Recipient, outcome.Reply.ToString()) is { Hard: true } refused)
            await AddressBounces.Note(unit, row.Recipient, hard: true, refused.Reason, $"{refused.Code} {refused.Status}".Trim(), row.CaseNumber, row.MessageId, now);
        if (state == OutboxState.Failed)
        {
            await Notices.TellOwner(unit, row.CaseNumber, $"mail failed:{row.Id}",
                expired ? $"Your mail to {row.Recipient} could not be delivered for five days. Call, or try another address." : $"Your mail to {row.Recipient} was refused. Check the address, or call.", now);
        }
    }

    /// <summary>A minute, doubled with each try, up to four hours; a fifth more or less, so that mails do not come in step.</summary>
    internal static TimeSpan PauseAfter(int tries)
    {
        var pause = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(tries - 1, 12)));
        return (pause < LongestPause ? pause : LongestPause) * (0.8 + 0.4 * Random.Shared.NextDouble());
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}

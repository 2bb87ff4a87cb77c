using System.Data.Common;
using Amends.Data;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Channels.Email;

/// <summary>
/// The second step of taking mail in, repeatable at any point: reads what the ledger holds and puts it into cases, several
/// mails at a time, while the next ones are read. A mail that fails is tried five times with longer and longer pauses, then
/// people see it; no other mail waits for it.
/// </summary>
public sealed class ReadMail : Loop
{
    /// <summary>Which version of the program read last, so that a newer one tries again what the old one could not read.</summary>
    private const string ReaderSetting = "mail.reader";

    private const int Batch = 48;

    /// <summary>How many mails share a transaction, and how many such groups there are at a time.</summary>
    private const int Together = 16, AtOnce = 3;

    /// <summary>How many bytes of mails are fetched from the database in one go; what is more comes by itself.</summary>
    private const long MostAtOnce = 8 * 1024 * 1024;
    private const int MostTries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>How long after a group is being taken the next one is claimed: about as long as taking one lasts.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    private readonly Database _database;
    private readonly StoredSettings _settings;
    private readonly Mailboxes _mailboxes;
    private readonly MailLedger _ledger;
    private readonly TakeMail _take;
    private readonly SenderTrust _trust;
    private readonly Ear _ear;
    private readonly TimeProvider _clock;
    private readonly ILogger<ReadMail> _log;
    private bool _isKnown;
    private Task<Mails?>? _ahead;

    /// <param name="database">Where the ledger is.</param>
    /// <param name="settings">Whose desk this is.</param>
    /// <param name="mailboxes">Our addresses.</param>
    /// <param name="ledger">Rings when a mail is stored.</param>
    /// <param name="take">Puts a mail where it belongs.</param>
    /// <param name="trust">Looks at who sent it.</param>
    /// <param name="ear">Hears how upset the words are.</param>
    /// <param name="clock">The time.</param>
    /// <param name="health">Where trouble shows.</param>
    /// <param name="log">Names of what failed, never its content.</param>
    public ReadMail(Database database, StoredSettings settings, Mailboxes mailboxes, MailLedger ledger, TakeMail take, SenderTrust trust, Ear ear, TimeProvider clock, LoopHealth health, ILogger<ReadMail> log)
        : base(TimeSpan.FromSeconds(2), health, log)
    {
        (_database, _settings, _mailboxes, _ledger, _take, _trust, _ear, _clock, _log) = (database, settings, mailboxes, ledger, take, trust, ear, clock, log);
        ledger.Stored += Ring;
    }

    /// <summary>Runs before a mail is taken; tests fail there.</summary>
    internal Action<long>? BeforeTaking { get; set; }

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        await AfterUpgrade(ct);
        await using var mails = await Next(ct);
        if (mails is null)
            return false;
        _ahead = Gather(ct);
        var company = await _settings.Company(ct);
        var rota = await Rota.Read(_database, _clock.GetUtcNow(), ct);
        var several = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        foreach (var round in Rounds(mails.Read))
            await Parallel.ForEachAsync(round.Chunk(Together), several, (some, inner) => Take(some, company, rota, inner));
        if (_ahead is { IsCompletedSuccessfully: true, Result: null })
            _ahead = null; // there was nothing more then
        return true;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_ahead is null)
            return;
        try
        {
            await using var given = await _ahead; // whoever comes next takes them when their lease is over
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // it ends all the same
        }
    }

    /// <summary>What was read ahead, or what there is now.</summary>
    private Task<Mails?> Next(CancellationToken ct)
    {
        var next = _ahead ?? Prepare(ct);
        _ahead = null;
        return next;
    }

    /// <summary>As <see cref="Prepare"/>, a moment later, when more have come: those that are taken together share what a commit costs.</summary>
    private async Task<Mails?> Gather(CancellationToken ct)
    {
        await Task.Delay(Moment, ct);
        return await Prepare(ct);
    }

    /// <summary>Claims mails and reads them; <c>null</c> when none waits.</summary>
    private async Task<Mails?> Prepare(CancellationToken ct)
    {
        var rows = await Claim(ct);
        if (rows.Count == 0)
            return null;
        var pulse = new Pulse(() => Prolong(rows));
        try
        {
            return new Mails(await Read(rows, ct), pulse);
        }
        catch
        {
            await pulse.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<ReadableMail>> Read(List<IntakeRow> rows, CancellationToken ct)
    {
        var company = await _settings.Company(ct);
        var ours = (await _mailboxes.All(ct)).Select(box => box.Address).Append(company.MailFrom).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var receiver = await _trust.Receiver(ct);
        // Keys of signatures may have to be waited for, some seconds at most; with none to ask, only processors count.
        var two = new ParallelOptions { MaxDegreeOfParallelism = _trust.Dns.IsOn ? Batch : 4, CancellationToken = ct };
        var fetched = await Fetch(rows, ct);
        var read = new ReadableMail?[rows.Count];
        await Parallel.ForAsync(0, rows.Count, two, async (i, inner) => read[i] = await Read(rows[i], fetched.GetValueOrDefault(rows[i].RawDigest), ours, receiver, inner));
        return [.. read.OfType<ReadableMail>()];
    }

    /// <summary>What can be had in one go of what these mails hold; the rest, and all of it when that fails, is read mail by mail.</summary>
    private async Task<IReadOnlyDictionary<string, PackedContent>> Fetch(List<IntakeRow> rows, CancellationToken ct)
    {
        var bytes = 0L;
        var digests = rows.Where(row => (bytes += row.Size) <= MostAtOnce).Select(row => row.RawDigest).ToList();
        try
        {
            return await Blobs.GetSmall(_database, digests, ct);
        }
        catch (DbException)
        {
            return new Dictionary<string, PackedContent>();
        }
    }

    /// <summary>Mails of one sender keep their order, and those with one id know of each other; others do not wait for one another.</summary>
    private static IEnumerable<List<ReadableMail>> Rounds(IEnumerable<ReadableMail> mails)
    {
        for (var left = mails.ToList(); left.Count > 0;)
        {
            var (senders, ids) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>());
            var later = left.ToLookup(mail => !senders.Add(mail.Sender?.Address ?? "") | !ids.Add(mail.MailId));
            yield return [.. later[false]];
            left = [.. later[true]];
        }
    }

    /// <summary>Takes mails of different senders together, or, when one of them is trouble, each by itself.</summary>
    private async ValueTask Take(IReadOnlyList<ReadableMail> mails, Company company, Rota? rota, CancellationToken ct)
    {
        if (await _take.Together(mails, company, rota, BeforeTaking, ct))
            return;
        var each = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct };
        await Parallel.ForEachAsync(mails, each, async (mail, inner) => await Try(mail.Row, () => _take.Take(mail, company, rota, inner), inner));
    }

    /// <summary>What failed under another version of the program, each try of it, is read once more under this one.</summary>
    private async Task AfterUpgrade(CancellationToken ct)
    {
        if (_isKnown)
            return;
        if (await _settings.Get<string>(ReaderSetting, ct) != ThisProgram.Version)
        {
            await _ledger.ReadFailedAgain(MostTries);
            await _settings.Set(ReaderSetting, ThisProgram.Version);
        }

        _isKnown = true;
    }

    private Task<List<IntakeRow>> Claim(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        return _database.Write(async unit =>
        {
            var rows = await unit.List<IntakeRow>(
                $"""
                update intake set lease_until = @until, epoch = epoch + 1, tries = tries + 1 where id in (
                    select id from intake where state = 1 and due_at <= @now and lease_until < @now order by due_at, id limit {Batch}{_database.SkipLocked})
                returning id, mailbox_id, content_key, raw_digest, size, received_at, envelope_from, recipients, state, epoch, tries
                """, new { now = now.ToUnixTimeMilliseconds(), until = (now + Pulse.Lease).ToUnixTimeMilliseconds() });
            return rows.OrderBy(row => row.Id).ToList();
        }, ct);
    }

    private Task Prolong(List<IntakeRow> rows)
    {
        var until = (_clock.GetUtcNow() + Pulse.Lease).ToUnixTimeMilliseconds();
        return _database.Write(unit => unit.Run("update intake set lease_until = @until where id = @Id and epoch = @Epoch and state = 1 and lease_until > 0", rows.Select(row => new { row.Id, row.Epoch, until })));
    }

    private async Task<ReadableMail?> Read(IntakeRow row, PackedContent? fetched, HashSet<string> ours, string receiver, CancellationToken ct)
    {
        ReadableMail? mail = null;
        await Try(row, async () =>
        {
            if (row.Tries > MostTries) // whatever reads it takes the program down
                throw new InvalidDataException("Reading it ended the program several times.");
            var raw = fetched?.Open() ?? await Blobs.Get(_database, row.RawDigest, ct);
            var read = ReadableMail.Of(row, raw, address => ours.Contains(Mailboxes.Bare(address)));
            mail = read with { Tone = _ear.ToneOf(read.Text), Words = SearchIndex.WordsOf(read.Subject + "\n" + read.Text), Check = SenderDetail.Of(await _trust.Check(read.Mail, raw, !row.IsHeaderOnly, receiver, ct)) };
        }, ct);
        return mail;
    }

    private async Task Try(IntakeRow row, Func<Task> step, CancellationToken ct)
    {
        try
        {
            BeforeTaking?.Invoke(row.Id);
            await step();
        }
        catch (LeaseLost)
        {
            // another node has it
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogFailure(_log, row.Id, row.Tries, Fault.Of(failure), null);
            await Fail(row, failure);
        }
    }

    private Task Fail(IntakeRow row, Exception failure)
    {
        var now = _clock.GetUtcNow();
        var last = row.Tries >= MostTries;
        var pause = FirstPause * Math.Pow(4, row.Tries - 1);
        return _database.Write(async unit =>
        {
            await unit.Run("update intake set state = @state, lease_until = 0, due_at = @due, reason = @reason where id = @Id and epoch = @Epoch and state = 1",
                new
                {
                    row.Id, row.Epoch, state = (int)(last ? IntakeState.Quarantined : IntakeState.Waiting), due = (now + pause).ToUnixTimeMilliseconds(),
                    reason = failure is Domain.Refused or InvalidDataException ? failure.Message : $"It could not be read ({failure.GetType().Name}).",
                });
            if (last)
                await Notices.TellAll(unit, Role.Lead, null, $"quarantine:{row.Id}", "A mail could not be read by itself. It waits in quarantine.", now);
        });
    }

    /// <summary>Mails that this node has claimed and read; their lease is prolonged until it lets go of them.</summary>
    private sealed class Mails(IReadOnlyList<ReadableMail> read, Pulse pulse) : IAsyncDisposable
    {
        public IReadOnlyList<ReadableMail> Read => read;

        public ValueTask DisposeAsync() => pulse.DisposeAsync();
    }

    private static readonly Action<ILogger, long, int, string, Exception?> LogFailure =
        LoggerMessage.Define<long, int, string>(LogLevel.Warning, new EventId(21, "MailNotRead"), "Mail {Mail} could not be taken (try {Try}): {Failure}");
}

using Amends.Data;
using Amends.Jobs;
using Amends.Mail.Imap;
using Amends.Mail.Pop3;
using Amends.Mail.Wire;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// Fetches mail from every account, each held by one node at a time. UIDs only, no dates and no flags decide: what is
/// behind our mark is fetched, stored, and only then marked as seen or moved. Every 15 minutes server and store are compared.
/// </summary>
public sealed class FetchMail(Database database, Mailboxes mailboxes, MailGrants grants, MailLedger ledger, Leases leases, Surroundings surroundings, TimeProvider clock, LoopHealth health, ILogger<FetchMail> log)
    : Loop(Pause, health, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Compared = TimeSpan.FromMinutes(15);

    /// <summary>How long until the next comparison while mails on the server are not stored.</summary>
    private static readonly TimeSpan ComparedAgain = TimeSpan.FromMinutes(1);

    /// <summary>Mailboxes at once, so that a slow server does not hold up the others.</summary>
    private const int AtOnce = 4;

    private readonly Stumbles _stumbles = new(clock);
    private MailHints? _hints;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken ct)
    {
        _hints = new MailHints(Ring, ct);
        return base.ExecuteAsync(ct);
    }

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var boxes = await database.Read(connection => connection.QueryAsync<Mailbox>("select * from mailboxes where active = 1 and host is not null order by id"), ct);
        _hints?.Only(boxes.Select(box => box.Id));
        await Parallel.ForEachAsync(boxes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (box, inner) => await Fetch(box, inner));
        return false;
    }

    /// <summary>One round for one mailbox. What goes wrong is shown with the mailbox and tried again with the next round.</summary>
    private async Task Fetch(Mailbox box, CancellationToken ct)
    {
        var lease = Mailboxes.LeaseOf(box.Id);
        if (await leases.Take(lease, Pulse.Lease, ct) is not { } epoch)
            return;
        // A mailbox that somebody else took meanwhile is not ours to prolong.
        await using var pulse = new Pulse(() => leases.Prolong(lease, epoch, Pulse.Lease));
        try
        {
            var compared = await Round(box, lease, epoch, ct);
            _stumbles.Went(box.Id);
            await Report(box, null, compared);
        }
        catch (Exception failure) when (failure is MailFailure or MailGrantFailure)
        {
            await Report(box, failure.Message, null);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            await Report(box, "The password cannot be opened with this key file. Please enter it again.", null);
        }
        catch (LeaseLost)
        {
            // another node goes on from the mark
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // whatever it is, the other mailboxes do not wait for it
            LogFailure(log, box.Id, Fault.Of(failure), null);
            await Report(box, $"Its mail could not be stored ({failure.GetType().Name}); the log of Amends says where.", null);
        }
        finally
        {
            await leases.Release(lease, epoch);
        }
    }

    /// <summary>A round by the password, or by a token; one that the server refuses is renewed once, for it may have been withdrawn before its end.</summary>
    private async Task<Comparison?> Round(Mailbox box, string lease, long epoch, CancellationToken ct)
    {
        if (box.GrantId is not { } id)
            return await Round(box, null, lease, epoch, ct);
        var (_, token) = await grants.Token(id, null, ct);
        try
        {
            return await Round(box, token, lease, epoch, ct);
        }
        catch (MailFailure failure) when (failure.Trouble == MailTrouble.CredentialsRefused)
        {
            (_, token) = await grants.Token(id, token, ct);
            return await Round(box, token, lease, epoch, ct);
        }
    }

    private async Task<Comparison?> Round(Mailbox box, string? token, string lease, long epoch, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var old = new OldMail(database, box, clock);
        var isDue = box.ReconciledAt is null || now - DateTimeOffset.FromUnixTimeMilliseconds(box.ReconciledAt.Value) >= (box.Unaccounted > 0 ? ComparedAgain : Compared);
        if (box.IsPop3)
        {
            await using var pop = await Pop3Client.Connect(Mailboxes.Pop3OptionsOf(box, mailboxes.PasswordOf(box)) with { AccessToken = token, MaxMailSize = surroundings.LargestMail }, ct);
            return new(await new Pop3Round(database, ledger, leases, pop, box, old, surroundings.LargestMail, lease, epoch).Take(ct)); // it is told all mails each time
        }

        var options = mailboxes.OptionsOf(box) with { AccessToken = token, MaxMailSize = surroundings.LargestMail };
        await using var client = await ImapClient.Connect(options, ct);
        var opened = await client.Select(box.Folder, ct);
        var round = new FetchRound(database, ledger, leases, _stumbles, client, box, opened, old, lease, epoch);
        await round.TakeNew(ct);
        _hints?.At(box, options);
        return isDue || opened.UidValidity != box.UidValidity ? await round.Compare(now, ct) : null;
    }

    private Task Report(Mailbox box, string? error, Comparison? compared)
    {
        var unaccounted = compared?.Missing ?? box.Unaccounted;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Write(async unit =>
        {
            await unit.Run(
                """
                update mailboxes set error = @error, checked_at = case when @error is null then @now else checked_at end, unaccounted = @unaccounted,
                    failing_since = case when @error is null then null else coalesce(failing_since, @now) end
                where id = @Id
                """, new { box.Id, error, now, unaccounted });
            if (compared is not null)
            {
                await unit.Run("update mailboxes set reconciled_at = @now, compared_modseq = @ModSeq, compared_uid = @Through, compared_count = @Count, compared_whole_at = @WholeAt where id = @Id",
                    new { box.Id, now, compared.ModSeq, compared.Through, compared.Count, compared.WholeAt });
            }

            if (error is not null && box.FailingSince is { } since && now - since > TimeSpan.FromMinutes(10).TotalMilliseconds)
                await Notices.TellAll(unit, Domain.People.Role.Owner, null, $"mailbox:{box.Id}:{since}", $"No mail is fetched from {box.Address}: {error}", clock.GetUtcNow());
            if (compared is not null && unaccounted > 0)
            {
                await Notices.TellAll(unit, Domain.People.Role.Owner, null, $"unaccounted:{box.Id}:{clock.GetUtcNow():yyyy-MM-dd}",
                    $"{(unaccounted == 1 ? "A mail" : $"{unaccounted} mails")} in {box.Address} could not be fetched. Look there with a mail program.", clock.GetUtcNow());
            }
        });
    }

    private static readonly Action<ILogger, long, string, Exception?> LogFailure =
        LoggerMessage.Define<long, string>(LogLevel.Error, new EventId(22, "MailNotFetched"), "Mailbox {Mailbox} could not be fetched: {Failure}");
}

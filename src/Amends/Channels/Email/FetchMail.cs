using Amends.Data;
using Amends.Jobs;
using Amends.Mail.Imap;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// Fetches mail from every account, each held by one node at a time. UIDs only, no dates and no flags decide: what is
/// behind our mark is fetched, stored, and only then marked as seen or moved. Every 15 minutes server and store are compared.
/// </summary>
public sealed class FetchMail(Database database, Mailboxes mailboxes, MailLedger ledger, Leases leases, Surroundings surroundings, TimeProvider clock, LoopHealth health, ILogger<FetchMail> log)
    : Loop(Pause, health, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Compared = TimeSpan.FromMinutes(15);

    /// <summary>How long until the next comparison while mails on the server are not stored.</summary>
    private static readonly TimeSpan ComparedAgain = TimeSpan.FromMinutes(1);

    /// <summary>Mailboxes at once, so that a slow server does not hold up the others.</summary>
    private const int AtOnce = 4;

    private readonly Stumbles _stumbles = new(clock);

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var boxes = await database.Read(connection => connection.QueryAsync<Mailbox>("select * from mailboxes where active = 1 and host is not null order by id"), ct);
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
            await using var client = await ImapClient.Connect(mailboxes.OptionsOf(box) with { MaxMailSize = surroundings.LargestMail }, ct);
            var opened = await client.Select(box.Folder, ct);
            var fresh = opened.UidValidity != box.UidValidity; // never seen, or its UIDs mean other mails by now
            var first = fresh ? 1 : (uint)box.LastUid + 1;
            var round = new FetchRound(database, ledger, leases, _stumbles, client, box, opened.UidValidity, lease, epoch);
            await round.Take(await client.Search(first, opened.UidNext, ct), moveMark: true, ct);

            var unaccounted = box.Unaccounted;
            var compare = fresh || box.ReconciledAt is null || clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(box.ReconciledAt.Value) >= (box.Unaccounted > 0 ? ComparedAgain : Compared);
            if (compare)
                unaccounted = await round.Compare(ct);
            _stumbles.Went(box.Id);
            await Report(box, null, unaccounted, compare);
        }
        catch (ImapFailure failure)
        {
            await Report(box, failure.Message, box.Unaccounted, false);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            await Report(box, "The password cannot be opened with this key file. Please enter it again.", box.Unaccounted, false);
        }
        catch (LeaseLost)
        {
            // another node goes on from the mark
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // whatever it is, the other mailboxes do not wait for it
            LogFailure(log, box.Id, Fault.Of(failure), null);
            await Report(box, $"Its mail could not be stored ({failure.GetType().Name}); the log of Amends says where.", box.Unaccounted, false);
        }
        finally
        {
            await leases.Release(lease, epoch);
        }
    }

    private Task Report(Mailbox box, string? error, int unaccounted, bool compared)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Write(async unit =>
        {
            await unit.Run(
                """
                update mailboxes set error = @error, checked_at = case when @error is null then @now else checked_at end, unaccounted = @unaccounted,
                    failing_since = case when @error is null then null else coalesce(failing_since, @now) end, reconciled_at = case when @compared = 1 then @now else reconciled_at end
                where id = @Id
                """, new { box.Id, error, now, unaccounted, compared = compared ? 1 : 0 });
            if (error is not null && box.FailingSince is { } since && now - since > TimeSpan.FromMinutes(10).TotalMilliseconds)
                await Notices.TellAll(unit, Domain.People.Role.Owner, null, $"mailbox:{box.Id}:{since}", $"No mail is fetched from {box.Address}: {error}", clock.GetUtcNow());
            if (compared && unaccounted > 0)
            {
                await Notices.TellAll(unit, Domain.People.Role.Owner, null, $"unaccounted:{box.Id}:{clock.GetUtcNow():yyyy-MM-dd}",
                    $"{(unaccounted == 1 ? "A mail" : $"{unaccounted} mails")} in {box.Address} could not be fetched. Look there with a mail program.", clock.GetUtcNow());
            }
        });
    }

    private static readonly Action<ILogger, long, string, Exception?> LogFailure =
        LoggerMessage.Define<long, string>(LogLevel.Error, new EventId(22, "MailNotFetched"), "Mailbox {Mailbox} could not be fetched: {Failure}");
}

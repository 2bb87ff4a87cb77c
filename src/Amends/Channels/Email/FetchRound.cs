using Amends.Data;
using Amends.Jobs;
using Amends.Mail.Imap;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>One round on one open mailbox, by the node that holds its lease.</summary>
internal sealed class FetchRound(Database database, MailLedger ledger, Leases leases, ImapClient client, Mailbox box, long validity, string lease, long epoch)
{
    private const int LargestBatch = 25;
    private const long LargestBytes = 8 * 1024 * 1024;

    /// <summary>Fetches, stores, then tells the server.</summary>
    public async Task Take(IReadOnlyList<uint> uids, bool moveMark, CancellationToken ct)
    {
        var batch = new List<FetchedMail>();
        var bytes = 0L;
        uint last = 0;
        await foreach (var mail in client.Fetch(uids, ct))
        {
            last = mail.Uid;
            if (mail.State == ImapFetched.Whole)
                batch.Add(new FetchedMail(mail.Uid, mail.Raw, mail.Raw.Length, mail.Received));
            else if (mail.State == ImapFetched.Oversize)
                batch.Add(new FetchedMail(mail.Uid, null, mail.Size, mail.Received));
            bytes += mail.Raw.Length;
            if (batch.Count < LargestBatch && bytes < LargestBytes)
                continue;
            await Keep(batch, moveMark ? last : null, ct);
            batch.Clear();
            bytes = 0;
        }

        if (last > 0 || validity != box.UidValidity)
            await Keep(batch, moveMark ? last : null, ct);
    }

    /// <summary>
    /// Compares the server with the store: fetches what is missing, and moves what a crash left behind. Returns how many
    /// mails of the server are still not stored.
    /// </summary>
    public async Task<int> Compare(CancellationToken ct)
    {
        var onServer = await client.Search(1, null, ct);
        await Take(Without(onServer, await Stored(ct)), moveMark: false, ct);
        var stored = await Stored(ct);
        if (box.MoveTo is not null)
            await Tell([.. onServer.Where(uid => stored.TryGetValue(uid, out var whole) && whole)], ct);
        var missing = Without(onServer, stored);
        return missing.Count == 0 ? 0 : missing.Intersect(await client.Search(1, null, ct)).Count(); // some were deleted meanwhile
    }

    private async Task Keep(List<FetchedMail> batch, long? mark, CancellationToken ct)
    {
        if (await leases.Take(lease, Pulse.Lease, ct) != epoch)
            throw new LeaseLost();
        await ledger.KeepFetched(box, validity, batch, mark, lease, epoch, ct);
        await Tell([.. batch.Where(mail => mail.Raw is not null).Select(mail => (uint)mail.Uid)], ct);
    }

    private Task Tell(IReadOnlyList<uint> uids, CancellationToken ct) =>
        uids.Count == 0 ? Task.CompletedTask : box.MoveTo is { } folder ? client.Move(uids, folder, ct) : client.MarkSeen(uids, ct);

    /// <summary>The stored UIDs, and whether the whole mail is stored or only that it is too large.</summary>
    private async Task<Dictionary<long, bool>> Stored(CancellationToken ct) =>
        (await database.Read(connection => connection.QueryAsync<(long Uid, string Digest)>(
            "select uid, raw_digest from intake where mailbox_id = @Id and uid_validity = @validity", new { box.Id, validity }), ct))
        .ToDictionary(row => row.Uid, row => row.Digest.Length > 0);

    private static IReadOnlyList<uint> Without(IReadOnlyList<uint> uids, Dictionary<long, bool> stored) => [.. uids.Where(uid => !stored.ContainsKey(uid))];
}

using Amends.Data;
using Amends.Jobs;
using Amends.Mail.Imap;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>One round on one open mailbox, by the node that holds its lease.</summary>
internal sealed class FetchRound(Database database, MailLedger ledger, Leases leases, Stumbles stumbles, ImapClient client, Mailbox box, long validity, string lease, long epoch)
{
    private const int LargestBatch = 25;
    private const long LargestBytes = 8 * 1024 * 1024;

    private readonly List<FetchedMail> _batch = [];
    private long _bytes;

    /// <summary>Fetches, stores, then tells the server. When the connection breaks, what came before is stored first.</summary>
    public async Task Take(IReadOnlyList<uint> uids, bool moveMark, CancellationToken ct)
    {
        var wanted = uids.Where(uid => !stumbles.PassOver(box.Id, validity, uid)).ToArray();
        uint last = 0;
        uint? at = null;
        try
        {
            foreach (var some in stumbles.IsCareful(box.Id) ? wanted.Chunk(1) : [wanted])
            {
                at = some is [var alone] ? alone : null;
                await foreach (var mail in client.Fetch(some, ct))
                {
                    last = mail.Uid;
                    Add(mail);
                    if (_batch.Count >= LargestBatch || _bytes >= LargestBytes)
                        await Keep(moveMark ? last : null, ct);
                }
            }
        }
        catch (ImapFailure) when (!client.IsConnected)
        {
            stumbles.Broke(box.Id, validity, at);
            if (last > 0)
                await Keep(moveMark ? last : null, ct, tell: false);
            throw;
        }

        if (moveMark && uids.Count > 0)
            last = uids[^1]; // what was passed over is missing in the store, and the comparison asks for it again
        if (last > 0 || validity != box.UidValidity)
            await Keep(moveMark ? last : null, ct);
    }

    /// <summary>One that was refused is not added: it is missing in the store, and the comparison asks for it again.</summary>
    private void Add(ImapMail mail)
    {
        if (mail.State is ImapFetched.Whole or ImapFetched.Oversize)
        {
            _batch.Add(new FetchedMail(mail.Uid, mail.Raw, mail.State == ImapFetched.Whole ? mail.Raw.Length : mail.Size, mail.Received, mail.State == ImapFetched.Whole));
            _bytes += mail.Raw.Length;
            stumbles.Forget(box.Id, validity, mail.Uid);
        }
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

    private async Task Keep(long? mark, CancellationToken ct, bool tell = true)
    {
        if (await leases.Take(lease, Pulse.Lease, ct) != epoch)
            throw new LeaseLost();
        await ledger.KeepFetched(box, validity, _batch, mark, lease, epoch, ct);
        if (tell)
            await Tell([.. _batch.Where(mail => mail.IsWhole).Select(mail => (uint)mail.Uid)], ct);
        _batch.Clear();
        _bytes = 0;
    }

    private Task Tell(IReadOnlyList<uint> uids, CancellationToken ct) =>
        uids.Count == 0 ? Task.CompletedTask : box.MoveTo is { } folder ? client.Move(uids, folder, ct) : client.MarkSeen(uids, ct);

    /// <summary>The stored UIDs, and whether the whole mail is stored or only that it is too large.</summary>
    private async Task<Dictionary<long, bool>> Stored(CancellationToken ct) =>
        (await database.Read(connection => connection.QueryAsync<(long Uid, string Key)>(
            "select uid, content_key from intake where mailbox_id = @Id and uid_validity = @validity", new { box.Id, validity }), ct))
        .ToDictionary(row => row.Uid, row => !row.Key.StartsWith(IntakeRow.HeaderKey, StringComparison.Ordinal));

    private static IReadOnlyList<uint> Without(IReadOnlyList<uint> uids, Dictionary<long, bool> stored) => [.. uids.Where(uid => !stored.ContainsKey(uid))];
}

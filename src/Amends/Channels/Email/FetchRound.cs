using Amends.Data;
using Amends.Jobs;
using Amends.Mail.Imap;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>One round on one open mailbox, by the node that holds its lease.</summary>
internal sealed class FetchRound(Database database, MailLedger ledger, Leases leases, Stumbles stumbles, ImapClient client, Mailbox box, ImapMailbox opened, OldMail old, string lease, long epoch)
{
    private const int LargestBatch = 25;
    private const long LargestBytes = 8 * 1024 * 1024;

    /// <summary>How long what changed is compared alone before all is compared again.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromDays(1);

    private readonly long validity = opened.UidValidity;
    private readonly List<FetchedMail> _batch = [];
    private long _bytes;

    /// <summary>Fetches what is new behind our mark, and moves the mark. What is older than the start is left where it is.</summary>
    public async Task TakeNew(CancellationToken ct)
    {
        var isFresh = validity != box.UidValidity; // never seen, or its UIDs mean other mails by now
        var first = isFresh ? 1 : (uint)box.LastUid + 1;
        var uids = await client.Search(first, opened.UidNext, ct);
        var wanted = uids;
        if (box.StartAt is not null && uids.Count > 0)
        {
            var ignored = isFresh ? [] : await old.Ignored(validity, first, ct);
            wanted = isFresh ? await old.Leave(client, validity, uids, ct) : [.. uids.Where(uid => !ignored.Contains(uid))];
        }

        await Take(wanted, moveMark: true, ct, through: uids.Count > 0 ? uids[^1] : 0);
    }

    /// <summary>Fetches, stores, then tells the server. When the connection breaks, what came before is stored first.</summary>
    private async Task Take(IReadOnlyList<uint> uids, bool moveMark, CancellationToken ct, uint through = 0)
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

        if (moveMark)
            last = Math.Max(through, uids.Count > 0 ? uids[^1] : 0); // what was passed over is missing in the store, and the comparison asks for it again
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
    /// Compares the server with the store: fetches what is missing, and moves what a crash left behind. A server that
    /// counts its changes (CONDSTORE) is asked only for what changed, once a day for all. Returns what was found.
    /// </summary>
    public async Task<Comparison> Compare(DateTimeOffset now, CancellationToken ct)
    {
        var changes = box.Unaccounted == 0 && box.ComparedModseq > 0 && validity == box.UidValidity && opened.HighestModSeq is not null
            && now - DateTimeOffset.FromUnixTimeMilliseconds(box.ComparedWholeAt) < Whole && await Accounted(box.ComparedUid, ct) == box.ComparedCount;
        var onServer = !changes ? await client.Search(1, opened.UidNext, ct)
            : opened.HighestModSeq == box.ComparedModseq ? []
            : (await client.Changes(box.ComparedModseq, ct)).Uids;
        var missing = Without(onServer, await Stored(onServer, ct));
        if (missing.Count > 0)
            await Take(missing, moveMark: false, ct);
        var stored = await Stored(onServer, ct);
        if (box.MoveTo is not null)
            await Tell([.. onServer.Where(uid => stored.TryGetValue(uid, out var whole) && whole)], ct);
        missing = Without(onServer, stored);
        var count = missing.Count == 0 ? 0 : missing.Intersect(await client.Search(missing[0], opened.UidNext, ct)).Count(); // some were deleted meanwhile
        var through = Math.Max(box.UidValidity == validity ? box.ComparedUid : 0, Math.Max(onServer.Count > 0 ? onServer[^1] : 0, (opened.UidNext ?? 1) - 1L));
        return new(count, opened.HighestModSeq ?? 0, through, await Accounted(through, ct), changes ? box.ComparedWholeAt : now.ToUnixTimeMilliseconds());
    }

    /// <summary>Mails up to a UID that are stored or ignored.</summary>
    private async Task<long> Accounted(long through, CancellationToken ct) => await database.Read(connection => connection.ExecuteScalarAsync<long>(
        """
        select (select count(*) from intake where mailbox_id = @Id and uid_validity = @validity and uid <= @through)
            + (select count(*) from mail_ignored where mailbox_id = @Id and uid_validity = @validity and uid <= @through)
        """, new { box.Id, validity, through }), ct);

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

    /// <summary>Which of these UIDs are stored, and whether the whole mail is or only that it is too large; ignored ones need nothing done.</summary>
    private async Task<Dictionary<long, bool>> Stored(IReadOnlyList<uint> uids, CancellationToken ct)
    {
        if (uids.Count == 0)
            return [];
        var (first, last) = ((long)uids[0], (long)uids[^1]);
        var stored = (await database.Read(connection => connection.QueryAsync<(long Uid, string Key)>(
            "select uid, content_key from intake where mailbox_id = @Id and uid_validity = @validity and uid between @first and @last", new { box.Id, validity, first, last }), ct))
            .ToDictionary(row => row.Uid, row => !row.Key.StartsWith(IntakeRow.HeaderKey, StringComparison.Ordinal));
        foreach (var uid in await old.Ignored(validity, first, ct))
            stored.TryAdd(uid, false);
        return stored;
    }

    private static IReadOnlyList<uint> Without(IReadOnlyList<uint> uids, Dictionary<long, bool> stored) => [.. uids.Where(uid => !stored.ContainsKey(uid))];
}

/// <summary>What a comparison of server and store found.</summary>
/// <param name="Missing">Mails on the server that are neither stored nor ignored.</param>
/// <param name="ModSeq">The server's count of changes; 0 when it has none.</param>
/// <param name="Through">The highest UID that was looked at.</param>
/// <param name="Count">Mails up to it that are accounted for.</param>
/// <param name="WholeAt">When all UIDs were last compared, Unix milliseconds.</param>
internal sealed record Comparison(int Missing, long ModSeq = 0, long Through = 0, long Count = 0, long WholeAt = 0);

using Amends.Data;
using Amends.Mail.Mime;
using Amends.Mail.Pop3;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// One round on a mailbox that is read by POP3, by the node that holds its lease. The server lists all its mails each
/// time, so each round is a comparison, too.
/// </summary>
internal sealed class Pop3Round(Database database, MailLedger ledger, Leases leases, Pop3Client client, Mailbox box, OldMail old, int largest, string lease, long epoch)
{
    private const int LargestBatch = 25;
    private const long LargestBytes = 8 * 1024 * 1024;

    private readonly List<FetchedMail> _batch = [];
    private readonly List<Pop3Entry> _whole = [];
    private long _bytes;

    /// <summary>Fetches and stores what is not stored yet; deletes what is stored where the mailbox is set so. Returns how many mails are still not stored.</summary>
    public async Task<int> Take(CancellationToken ct)
    {
        var entries = await client.List(ct);
        var known = await Known(ct);
        // Deleted by somebody, or the server calls all mails by new names.
        var haveMoved = box.StartAt is not null && await old.SetAside([.. entries.Select(entry => KeyOf(entry.Uid))], ct);
        // A mark that is gone means that somebody deleted that mail since: then time alone can tell.
        var lastOld = entries.ToList().FindIndex(entry => entry.Uid == box.StartMark);
        var refused = 0;
        try
        {
            foreach (var (entry, place) in entries.Select((entry, place) => (entry, place)))
            {
                if (known.Contains(KeyOf(entry.Uid)))
                    continue;
                if (box.StartAt is { } start && (box.CheckedAt is null || haveMoved) && await IsOld(entry, place, lastOld, start, ct))
                    continue;
                if (!await Add(entry, ct))
                    refused++;
                if (_batch.Count >= LargestBatch || _bytes >= LargestBytes)
                    await Keep(ct);
            }
        }
        catch (Pop3Failure) when (!client.IsConnected && _batch.Count > 0)
        {
            await Keep(ct, delete: false);
            throw;
        }

        await Keep(ct);
        if (!box.KeepOnServer)
        {
            foreach (var entry in entries.Where(entry => known.Contains(KeyOf(entry.Uid)) && !_whole.Contains(entry)).ToList())
            {
                if (await IsWhole(entry, ct))
                    await client.Delete(entry, ct); // stored by a round that could not say good-bye
            }
        }

        await client.Quit(ct); // only now the server deletes what was marked
        return refused;
    }

    private async Task<bool> IsOld(Pop3Entry entry, int place, int lastOld, long start, CancellationToken ct)
    {
        var header = await client.Header(entry, ct) ?? default;
        var before = box.CheckedAt is null && (lastOld >= 0 ? place <= lastOld
            : box.StartMark != "" && MimeReader.Read(header).Date < DateTimeOffset.FromUnixTimeMilliseconds(start)); // empty mark: the mailbox was empty at the start
        return await old.Leave(entry.Uid, header, before, ct);
    }

    private async Task<bool> Add(Pop3Entry entry, CancellationToken ct)
    {
        var fits = entry.Size <= largest;
        if ((fits ? await client.Retrieve(entry, ct) : await client.Header(entry, ct) ?? ReadOnlyMemory<byte>.Empty) is not { } raw)
            return false;
        _batch.Add(new FetchedMail(0, raw, fits ? raw.Length : entry.Size, null, fits, entry.Uid));
        _bytes += raw.Length;
        if (fits)
            _whole.Add(entry);
        return true;
    }

    private async Task Keep(CancellationToken ct, bool delete = true)
    {
        if (await leases.Take(lease, Jobs.Pulse.Lease, ct) != epoch)
            throw new LeaseLost();
        await ledger.KeepFetched(box, 0, _batch, null, lease, epoch, ct);
        _batch.Clear();
        _bytes = 0;
        if (!delete || box.KeepOnServer)
            return;
        foreach (var entry in _whole)
            await client.Delete(entry, ct);
        _whole.Clear();
    }

    /// <summary>The entry keys of what is stored or ignored.</summary>
    private async Task<HashSet<string>> Known(CancellationToken ct) => (await database.Read(connection => connection.QueryAsync<string>(
        """
        select entry_key from intake where mailbox_id = @Id and uid_validity = 0 and uid = 0
        union all select entry_key from mail_ignored where mailbox_id = @Id and uid_validity = 0 and uid = 0
        """, new { box.Id }), ct)).ToHashSet();

    private async Task<bool> IsWhole(Pop3Entry entry, CancellationToken ct) => await database.Read(connection => connection.ExecuteScalarAsync<string?>(
        "select content_key from intake where entry_key = @key", new { key = KeyOf(entry.Uid) }), ct) is { } key && !key.StartsWith(IntakeRow.HeaderKey, StringComparison.Ordinal);

    private string KeyOf(string uid) => $"pop3:{box.Id}:{uid}";
}

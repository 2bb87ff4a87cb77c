using System.Security.Cryptography;
using System.Text;
using Amends.Data;

namespace Amends.Channels.Email;

/// <summary>What became of a mail after it was stored.</summary>
public enum IntakeState
{
    /// <summary>Stored, not read yet.</summary>
    Waiting = 1,

    /// <summary>Read: it is in a case, or its news is where it belongs.</summary>
    Read,

    /// <summary>It could not be read by itself; people decide.</summary>
    Quarantined,

    /// <summary>Somebody looked at it and left it out, with a reason.</summary>
    Discarded,

    /// <summary>The same mail is stored already.</summary>
    Copy,
}

/// <summary>A mail as it arrived.</summary>
/// <param name="Raw">Its bytes; used until the task that keeps it ends.</param>
/// <param name="Recipients">The envelope's recipients, when known.</param>
/// <param name="EnvelopeFrom">The return path; <c>null</c> when not known, empty for a bounce.</param>
public sealed record Arrival(ReadOnlyMemory<byte> Raw, IReadOnlyList<string> Recipients, string? EnvelopeFrom);

/// <summary>
/// The ledger of every mail that we answered for. A mail is durable here before its sender or its mailbox is told so;
/// everything after that can be repeated.
/// </summary>
public sealed class MailLedger(Database database, TimeProvider clock)
{
    private const string Insert =
        """
        insert into intake (entry_key, mailbox_id, uid_validity, uid, content_key, raw_digest, size, received_at, envelope_from, recipients, state, due_at, reason)
        values (@entryKey, @mailboxId, @validity, @uid, @contentKey, @digest, @size, @received, @envelopeFrom, @recipients, @state, @now, @reason)
        on conflict (entry_key) do nothing
        """;

    /// <summary>A mail was stored; the reading step may begin.</summary>
    public event Action? Stored;

    /// <summary>Stores a mail that our own listener took. The same mail sent again (its sender did not hear our answer) is stored once.</summary>
    public async Task Keep(Arrival mail, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var content = Blobs.Prepare(mail.Raw);
        var contentKey = ContentKey.Of(mail.Raw.Span);
        var recipients = string.Join(", ", mail.Recipients.Order(StringComparer.OrdinalIgnoreCase));
        var sameFor = ContentKey.Has(mail.Raw.Span, "Message-ID") ? "" : now.ToString("yyyy-MM-dd"); // without an id, the same words tomorrow are another mail
        var entryKey = "smtp:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contentKey}\n{recipients.ToLowerInvariant()}\n{sameFor}")));
        await database.WriteSoon(async unit =>
        {
            await Blobs.Put(unit, content);
            await unit.Put(Insert, new
            {
                entryKey, mailboxId = 0L, validity = 0L, uid = 0L, contentKey, digest = content.Digest, size = content.Size, received = Ms(now), envelopeFrom = mail.EnvelopeFrom,
                recipients, state = (int)IntakeState.Waiting, now = Ms(now), reason = (string?)null,
            });
        }, ct);
        Stored?.Invoke();
    }

    /// <summary>Stores mails of a mailbox and moves its mark, all or nothing. A node that lost the lease stores nothing.</summary>
    /// <param name="box">The mailbox.</param>
    /// <param name="validity">Its UIDVALIDITY now.</param>
    /// <param name="mails">The mails by UID. One that is larger than we take comes as its header and stays on the server; without even that it shows in quarantine.</param>
    /// <param name="lastUid">The new mark; <c>null</c> leaves it.</param>
    /// <param name="lease">Name of the lease on this mailbox.</param>
    /// <param name="epoch">The epoch of the caller's lease.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="LeaseLost">Another node has the mailbox by now.</exception>
    public async Task KeepFetched(Mailbox box, long validity, IReadOnlyList<FetchedMail> mails, long? lastUid, string lease, long epoch, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = mails.Select(mail => (Mail: mail, Content: mail.IsWhole || !mail.Raw.IsEmpty ? Blobs.Prepare(mail.Raw) : null, Key: KeyOf(mail))).ToList();
        await database.Write(async unit =>
        {
            foreach (var (mail, content, contentKey) in rows)
            {
                if (content is not null)
                    await Blobs.Put(unit, content);
                var entryKey = mail.UniqueId is null ? $"imap:{box.Id}:{validity}:{mail.Uid}" : $"pop3:{box.Id}:{mail.UniqueId}";
                // The sum keeps SQLite from looking at all mails of the mailbox, which it takes for fewer than those with one content.
                var known = content is not null && await unit.Value<long?>(
                    "select id from intake where content_key = @contentKey and mailbox_id + 0 = @Id and entry_key <> @entryKey limit 1", new { contentKey, box.Id, entryKey }) is not null;
                await unit.Run(Insert, new
                {
                    entryKey, mailboxId = box.Id, validity, uid = mail.Uid, contentKey, digest = content?.Digest ?? "", size = mail.Size,
                    received = Ms(mail.Received ?? now), envelopeFrom = (string?)null, recipients = box.Address, now = Ms(now),
                    state = (int)(content is null ? IntakeState.Quarantined : known ? IntakeState.Copy : IntakeState.Waiting),
                    reason = content is null ? $"The mail has {mail.Size / 1024 / 1024} MB, which is more than we take. It is still in the mailbox." : null,
                });
                if (content is null)
                    await Notices.TellAll(unit, Domain.People.Role.Lead, null, $"quarantine:{entryKey}", $"A mail in {box.Address} is too large to take. It waits in quarantine.", now);
            }

            var moved = await unit.Run(
                """
                update mailboxes set uid_validity = @validity, last_uid = case when @lastUid is null then last_uid when uid_validity = @validity and last_uid > @lastUid then last_uid else @lastUid end
                where id = @Id and exists (select 1 from leases l where l.name = @lease and l.epoch = @epoch and l.until >= @now)
                """, new { box.Id, validity, lastUid, lease, epoch, now = Ms(clock.GetUtcNow()) });
            if (moved != 1)
                throw new LeaseLost();
        }, ct);
        if (rows.Count > 0)
            Stored?.Invoke();
    }

    /// <summary>Lets a mail in quarantine be read once more; <c>false</c> when it is not there, or nothing of it is stored.</summary>
    public async Task<bool> ReadAgain(long mail) => await ReadAgain("id = @mail", new { mail }) == 1;

    /// <summary>As above for all of a mailbox, 0 for our own listener; returns how many go.</summary>
    public Task<int> ReadAllAgain(long mailbox) => ReadAgain("mailbox_id = @mailbox", new { mailbox });

    /// <summary>As above for those that failed this often, and were not held for another reason.</summary>
    public Task<int> ReadFailedAgain(int tries) => ReadAgain("tries >= @tries", new { tries });

    private async Task<int> ReadAgain(string which, object values)
    {
        var count = await database.Write(unit => unit.Run($"update intake set state = 1, tries = 0, lease_until = 0, due_at = 0, reason = null where state = 3 and raw_digest <> '' and {which}", values));
        if (count > 0)
            Stored?.Invoke();
        return count;
    }

    private static string KeyOf(FetchedMail mail) => !mail.IsWhole ? $"{IntakeRow.HeaderKey}{mail.Size} {ContentKey.Of(mail.Raw.Span)}" : ContentKey.Of(mail.Raw.Span);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}

/// <summary>A mail as a mailbox gave it.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Raw">Its bytes; its header when it is larger than we take.</param>
/// <param name="Size">The size of the whole in bytes.</param>
/// <param name="Received">When its server got it.</param>
/// <param name="IsWhole">Whether it is all here.</param>
/// <param name="UniqueId">By POP3, what the server calls it; there are no UIDs then.</param>
public sealed record FetchedMail(long Uid, ReadOnlyMemory<byte> Raw, long Size, DateTimeOffset? Received, bool IsWhole = true, string? UniqueId = null);

/// <summary>Somebody else holds the lease by now; what was being written was rolled back.</summary>
public sealed class LeaseLost() : Exception("Another node has taken over.");

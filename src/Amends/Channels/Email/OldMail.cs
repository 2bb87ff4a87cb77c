using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amends.Data;
using Amends.Mail.Imap;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// Mails that were there before a mailbox was added "from now on". They are written down one by one with a key of their
/// header, so that they are known again when the server gives everything new UIDs: none of them is taken then, and no new
/// mail is taken for one of them.
/// </summary>
internal sealed class OldMail(Database database, Mailbox box, TimeProvider clock)
{
    /// <summary>Why they are ignored, as the ledger says it.</summary>
    public const string Reason = "older than the start";

    private const int Together = 500;

    /// <summary>Where the mailbox could not be looked at when it was added, clocks of two machines decide.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);
    private static readonly string[] Fields = ["MESSAGE-ID", "DATE", "FROM", "SUBJECT"];

    /// <summary>The UIDs from one on that are ignored.</summary>
    public async Task<HashSet<long>> Ignored(long validity, long first, CancellationToken ct) => box.StartAt is null ? [] :
        (await database.Read(connection => connection.QueryAsync<long>("select uid from mail_ignored where mailbox_id = @Id and uid_validity = @validity and uid >= @first", new { box.Id, validity, first }), ct)).ToHashSet();

    /// <summary>Sorts the mails of a mailbox whose UIDs we see for the first time; returns those that are to be taken.</summary>
    public async Task<IReadOnlyList<uint>> Leave(ImapClient client, long validity, IReadOnlyList<uint> uids, CancellationToken ct)
    {
        var taken = new List<uint>();
        var ignored = await Ignored(validity, 1, ct);
        var others = await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from mail_ignored where mailbox_id = @Id and uid_validity <> @validity", new { box.Id, validity }), ct) > 0;
        foreach (var some in uids.Where(uid => !ignored.Contains(uid)).Chunk(Together))
        {
            var headers = (await client.Headers(some, Fields, ct)).ToDictionary(header => header.Uid);
            taken.AddRange(await database.Write(async unit =>
            {
                var fresh = new List<uint>();
                foreach (var uid in some)
                {
                    var header = headers.GetValueOrDefault(uid);
                    var key = header is null ? "" : KeyOf(header.Fields.Span);
                    if (!await IsOld(unit, $"imap:{box.Id}:{validity}:{uid}", validity, uid, key, Before(validity, uid, header?.Received), others))
                        fresh.Add(uid);
                }

                return fresh;
            }, ct));
        }

        return taken;
    }

    /// <summary>By POP3: sets those aside that the server no longer calls by the same names; returns whether there are any.</summary>
    /// <param name="present">The entry keys of what the server lists.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<bool> SetAside(HashSet<string> present, CancellationToken ct)
    {
        var keys = await database.Read(connection => connection.QueryAsync<string>("select entry_key from mail_ignored where mailbox_id = @Id", new { box.Id }), ct);
        var gone = keys.Where(key => !present.Contains(key)).Select(key => new { key }).ToList();
        if (gone.Count > 0)
            await database.Write(unit => unit.Run("update mail_ignored set uid_validity = -1 where entry_key = @key and uid_validity = 0", gone), ct);
        return gone.Count > 0;
    }

    /// <summary>By POP3: whether a mail is one of them; writes that down.</summary>
    /// <param name="uniqueId">What the server calls it.</param>
    /// <param name="header">Its header, or empty.</param>
    /// <param name="before">Whether it was there at the start.</param>
    public Task<bool> Leave(string uniqueId, ReadOnlyMemory<byte> header, bool before, CancellationToken ct) =>
        database.Write(unit => IsOld(unit, $"pop3:{box.Id}:{uniqueId}", 0, 0, header.IsEmpty ? "" : KeyOf(header.Span), before, others: !before), ct);

    /// <summary>What a mail is known by whatever its server calls it: four fields that no server changes.</summary>
    public static string KeyOf(ReadOnlySpan<byte> header)
    {
        var lines = Encoding.Latin1.GetString(header).Split('\n');
        var values = new string?[Fields.Length];
        var at = -1;
        foreach (var line in lines.Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0))
        {
            if (line[0] is ' ' or '\t')
            {
                if (at >= 0)
                    values[at] += line;
                continue;
            }

            at = Array.FindIndex(Fields, field => line.StartsWith(field + ":", StringComparison.OrdinalIgnoreCase));
            if (at >= 0 && values[at] is null)
                values[at] = line[(Fields[at].Length + 1)..];
            else
                at = -1;
        }

        var text = string.Join('\n', values.Select(value => string.Join(' ', (value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
    }

    // Each old one stands for one mail of the server: a second mail with the same header is a new one.
    private async Task<bool> IsOld(Unit unit, string entryKey, long validity, long uid, string key, bool before, bool others)
    {
        if (others && key.Length > 0 && await unit.Run(
            """
            update mail_ignored set entry_key = @entryKey, uid_validity = @validity, uid = @uid
            where id = (select min(id) from mail_ignored where mailbox_id = @Id and header_key = @key and uid_validity <> @validity)
                and not exists (select 1 from mail_ignored i where i.entry_key = @entryKey)
            """, new { box.Id, entryKey, validity, uid, key }) == 1)
            return true;
        if (before)
        {
            await unit.Run("insert into mail_ignored (entry_key, mailbox_id, uid_validity, uid, header_key, reason, at) values (@entryKey, @Id, @validity, @uid, @key, @Reason, @now) on conflict (entry_key) do nothing",
                new { entryKey, box.Id, validity, uid, key, Reason, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }

        return before;
    }

    // Only the first look may tell by mark or time; later, what is not known by its header is new.
    private bool Before(long validity, uint uid, DateTimeOffset? received)
    {
        if (box.UidValidity != 0 || box.StartAt is not { } start)
            return false;
        if (box.StartMark?.Split(':') is [var markValidity, var markUid] && long.Parse(markValidity, CultureInfo.InvariantCulture) == validity)
            return uid <= long.Parse(markUid, CultureInfo.InvariantCulture);
        return received < DateTimeOffset.FromUnixTimeMilliseconds(start) - ClocksDiffer;
    }
}

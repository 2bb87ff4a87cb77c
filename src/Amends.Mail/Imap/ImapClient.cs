using System.Globalization;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>
/// Reads a mailbox by IMAP (RFC 3501 and RFC 9051). UIDs only, never sequence numbers; reading sets no flag. One
/// command at a time. Only <see cref="ImapFailure"/> and <see cref="OperationCanceledException"/> leave it; after a
/// failure other than <see cref="MailTrouble.Refused"/>, and after a cancellation, <see cref="IsConnected"/> is false.
/// </summary>
public sealed partial class ImapClient : IAsyncDisposable
{
    /// <summary>UIDs asked about at once; the answer of the largest window fits the bound of a response.</summary>
    private const uint Window = 50_000;

    /// <summary>Bytes of the header of a mail that is too large.</summary>
    private const int LargestHeader = 256 * 1024;

    /// <summary>Mails, and bytes of them, that are asked for at once.</summary>
    private const int GroupMails = 32, GroupBytes = 512 * 1024;

    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(29);

    private readonly ImapClientOptions options;
    private readonly ImapConnection connection;

    private ImapClient(ImapClientOptions options, ImapConnection connection)
    {
        this.options = options;
        this.connection = connection;
    }

    /// <summary>False once the connection is of no more use.</summary>
    public bool IsConnected => connection.IsGood;

    /// <summary>True when the server can wait for new mail (IDLE).</summary>
    public bool CanIdle => connection.Can("IDLE");

    /// <summary>Connects, encrypts and signs in.</summary>
    /// <exception cref="ImapFailure">It could not be done; the message says why.</exception>
    public static async Task<ImapClient> Connect(ImapClientOptions options, CancellationToken cancel) =>
        new(options, await ImapConnection.Open(options, cancel).ConfigureAwait(false));

    /// <summary>Opens a mailbox for reading and flagging.</summary>
    public Task<ImapMailbox> Select(string mailbox, CancellationToken cancel) => Open("SELECT", mailbox, cancel);

    /// <summary>Opens a mailbox for reading only.</summary>
    public Task<ImapMailbox> Examine(string mailbox, CancellationToken cancel) => Open("EXAMINE", mailbox, cancel);

    /// <summary>Fetches mails one after the other, each whole, as a header when it is too large, or reported as gone or refused.</summary>
    /// <param name="uids">Which; every one of them is reported once, in this order.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<ImapMail> Fetch(IReadOnlyList<uint> uids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var some in uids.Chunk(100))
        {
            var sizes = new Dictionary<uint, long>();
            var refused = new HashSet<uint>();
            if (!await Measure(some, sizes, cancel).ConfigureAwait(false))
            {
                // One damaged mail spoils the answer about all of them: ask about each.
                foreach (var uid in some.Where(uid => !sizes.ContainsKey(uid)))
                {
                    if (!await Measure([uid], sizes, cancel).ConfigureAwait(false)) refused.Add(uid);
                }
            }
            var group = new Dictionary<uint, ImapMail>();
            ImapFailure? broke = null;
            var tried = 0; // how far mails were asked for together
            for (var i = 0; i < some.Length; i++)
            {
                var uid = some[i];
                if (!sizes.TryGetValue(uid, out var size))
                {
                    yield return new(uid, refused.Contains(uid) ? ImapFetched.Refused : ImapFetched.Gone, 0, null, default);
                    continue;
                }
                if (size > options.MaxMailSize)
                {
                    yield return await FetchOne(uid, size, $"BODY.PEEK[HEADER]<0.{LargestHeader}>", LargestHeader, ImapFetched.Oversize, cancel).ConfigureAwait(false);
                    continue;
                }
                if (i >= tried && GroupFrom(some, i, sizes) is { Length: > 1 } together)
                {
                    tried = i + together.Length;
                    broke = await FetchGroup(together, sizes, group, cancel).ConfigureAwait(false);
                }
                if (group.Remove(uid, out var mail)) yield return mail;
                else if (broke is not null) throw new ImapFailure(broke.Trouble, broke.Message, broke.Code, broke); // what came before it broke was handed out
                else yield return await FetchOne(uid, size, "BODY.PEEK[]", options.MaxMailSize, ImapFetched.Whole, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sets <c>\Seen</c>.</summary>
    public Task MarkSeen(IReadOnlyList<uint> uids, CancellationToken cancel) => Flag(uids, "\\Seen", cancel);

    /// <summary>Waits until the server hints that the open mailbox changed. Only a hint: truth is the next search.</summary>
    /// <param name="longest">How long to wait; servers hang up on those who idle for half an hour (RFC 2177), so 29 minutes at most.</param>
    /// <param name="cancel">Ends it and with it the connection.</param>
    /// <param name="enough">Ends the waiting; the connection stays good.</param>
    /// <returns>True when it did, false after <paramref name="longest"/> or <paramref name="enough"/> without a change.</returns>
    public Task<bool> Idle(TimeSpan longest, CancellationToken cancel, CancellationToken enough = default) => connection.Idle(longest < LongestIdle ? longest : LongestIdle, cancel, enough);

    /// <summary>Says good-bye where the connection is still good, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection.IsGood)
        {
            try
            {
                using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await connection.Run("LOGOUT", moment.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is ImapFailure or OperationCanceledException)
            {
                // It was only politeness.
            }
        }
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<ImapMailbox> Open(string verb, string mailbox, CancellationToken cancel)
    {
        uint validity = 0, exists = 0;
        uint? next = null;
        long? changes = null;
        var done = await connection.Run($"{verb} {connection.Name(mailbox)}{(CountsChanges ? " (CONDSTORE)" : "")}", cancel, response =>
        {
            if (response.Kind == ImapResponseKind.Status && response.Code.Split(' ') is [_, var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                if (response.CodeName == "HIGHESTMODSEQ") changes = number;
                else if (number > uint.MaxValue) return;
                else if (response.CodeName == "UIDVALIDITY") validity = (uint)number;
                else if (response.CodeName == "UIDNEXT") next = (uint)number;
            }
            else if (response.Values is [var count, var word] && word.Is("EXISTS") && count.TryNumber(out var many) && many <= uint.MaxValue)
            {
                exists = (uint)many;
            }
        }).ConfigureAwait(false);
        if (validity == 0) throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} does not say the UIDVALIDITY of the mailbox, so nothing can be fetched without risk of doubles.");
        return new(validity, next, exists, verb == "EXAMINE" || done.CodeName == "READ-ONLY", changes);
    }

    private async Task<bool> Measure(uint[] uids, Dictionary<uint, long> sizes, CancellationToken cancel)
    {
        try
        {
            await connection.Run($"UID FETCH {ImapText.Set(uids)} (UID RFC822.SIZE)", cancel, response =>
            {
                if (ImapFetch.Read(response) is { Uid: { } uid, Size: { } size }) sizes[uid] = size;
            }).ConfigureAwait(false);
            return true;
        }
        catch (ImapFailure failure) when (failure.Trouble == MailTrouble.Refused)
        {
            return false;
        }
    }

    /// <summary>Small mails that follow one another, to be asked for at once.</summary>
    private uint[] GroupFrom(uint[] some, int first, Dictionary<uint, long> sizes)
    {
        var bytes = 0L;
        return [.. some.Skip(first).TakeWhile(uid => sizes.TryGetValue(uid, out var size) && size <= options.MaxMailSize && (bytes += size) <= GroupBytes).Take(GroupMails)];
    }

    /// <summary>Fetches mails at once. Returns what broke the connection, if anything did; mails that came before are good.</summary>
    private async Task<ImapFailure?> FetchGroup(uint[] together, Dictionary<uint, long> sizes, Dictionary<uint, ImapMail> group, CancellationToken cancel)
    {
        var asked = together.ToHashSet();
        // A server that lies about its sizes may do so for one mail, not for every one of many.
        var room = GroupBytes + (long)options.MaxMailSize;
        try
        {
            await connection.Run($"UID FETCH {ImapText.Set(together.Order())} (UID INTERNALDATE BODY.PEEK[])", cancel, response =>
            {
                if (ImapFetch.Read(response) is not { Uid: { } uid, Body: { } body } fetched || !asked.Remove(uid)) return;
                if ((room -= body.Length) < 0) throw new ImapFailure(MailTrouble.Limit, $"{options.Host} sent far more than it had said.");
                group[uid] = new(uid, ImapFetched.Whole, sizes[uid], fetched.Received, body);
            }, options.MaxMailSize).ConfigureAwait(false);
            return null;
        }
        catch (ImapFailure failure)
        {
            // Refused: one of them is damaged or gone, and each of the others is asked for alone.
            return failure.Trouble == MailTrouble.Refused ? null : failure;
        }
    }

    private async Task<ImapMail> FetchOne(uint uid, long size, string what, int most, ImapFetched got, CancellationToken cancel)
    {
        var mail = new ImapMail(uid, ImapFetched.Gone, size, null, default);
        try
        {
            await connection.Run($"UID FETCH {uid} (UID INTERNALDATE {what})", cancel, response =>
            {
                if (ImapFetch.Read(response) is { Body: { } body } fetched && fetched.Uid == uid)
                    mail = mail with { State = got, Received = fetched.Received, Raw = body };
            }, most).ConfigureAwait(false);
        }
        catch (ImapFailure failure) when (failure.Trouble == MailTrouble.Refused && mail.State == ImapFetched.Gone)
        {
            // Deleted by someone between the two questions, or there and not to be had: a damaged file on the server, say.
            if (failure.Code is not ("EXPUNGEISSUED" or "NONEXISTENT")) mail = mail with { State = ImapFetched.Refused };
        }
        return mail;
    }

    private Task Flag(IReadOnlyList<uint> uids, string flag, CancellationToken cancel) =>
        uids.Count == 0 ? Task.CompletedTask : connection.Run($"UID STORE {ImapText.Set(uids.Order())} +FLAGS.SILENT ({flag})", cancel);
}

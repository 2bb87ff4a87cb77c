using System.Globalization;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>
/// Reads a mailbox by IMAP (RFC 3501 and RFC 9051). UIDs only, never sequence numbers; reading sets no flag. One
/// command at a time. Only <see cref="ImapFailure"/> and <see cref="OperationCanceledException"/> leave it; after a
/// failure other than <see cref="MailTrouble.Refused"/>, and after a cancellation, <see cref="IsConnected"/> is false.
/// </summary>
public sealed class ImapClient : IAsyncDisposable
{
    /// <summary>UIDs asked about at once; the answer of the largest window fits the bound of a response.</summary>
    private const uint Window = 50_000;

    /// <summary>Bytes of the header of a mail that is too large.</summary>
    private const int LargestHeader = 256 * 1024;

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

    /// <summary>The UIDs from <paramref name="first"/> on, ascending.</summary>
    /// <param name="first">The lowest UID wanted, at least 1.</param>
    /// <param name="uidNext">What the mailbox said its next UID is; then a large range is asked for in windows.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<uint>> Search(uint first, uint? uidNext, CancellationToken cancel)
    {
        var found = new SortedSet<uint>();
        first = Math.Max(first, 1);
        // The last window is open at its end, for mail that came since.
        while (uidNext is { } next && next > first && next - first > Window)
        {
            await Search($"{first}:{first + Window - 1}", first, found, cancel).ConfigureAwait(false);
            first += Window;
        }
        await Search($"{first}:*", first, found, cancel).ConfigureAwait(false);
        return [.. found];
    }

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
            foreach (var uid in some)
            {
                if (!sizes.TryGetValue(uid, out var size)) yield return new(uid, refused.Contains(uid) ? ImapFetched.Refused : ImapFetched.Gone, 0, null, default);
                else if (size > options.MaxMailSize) yield return await FetchOne(uid, size, $"BODY.PEEK[HEADER]<0.{LargestHeader}>", LargestHeader, ImapFetched.Oversize, cancel).ConfigureAwait(false);
                else yield return await FetchOne(uid, size, "BODY.PEEK[]", options.MaxMailSize, ImapFetched.Whole, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sets <c>\Seen</c>.</summary>
    public Task MarkSeen(IReadOnlyList<uint> uids, CancellationToken cancel) => Flag(uids, "\\Seen", cancel);

    /// <summary>
    /// Moves mails to another mailbox, which is made when missing: MOVE (RFC 6851), or copy, flag and UID EXPUNGE. A
    /// server that has neither keeps the copied originals marked deleted; other people's deleted mail is never expunged.
    /// </summary>
    public async Task Move(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancel)
    {
        if (uids.Count == 0) return;
        try
        {
            await MoveOnce(uids, mailbox, cancel).ConfigureAwait(false);
        }
        catch (ImapFailure failure) when (failure is { Trouble: MailTrouble.Refused, Code: "TRYCREATE" })
        {
            await Create(mailbox, cancel).ConfigureAwait(false);
            await MoveOnce(uids, mailbox, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a mailbox.</summary>
    public Task Create(string mailbox, CancellationToken cancel) => connection.Run("CREATE " + ImapText.Mailbox(mailbox), cancel);

    /// <summary>All folders of the account.</summary>
    public async Task<IReadOnlyList<ImapFolder>> List(CancellationToken cancel)
    {
        var folders = new List<ImapFolder>();
        await connection.Run("LIST \"\" \"*\"", cancel, response =>
        {
            if (response.Values is not [var word, { Items: { } flags }, var delimiter, { Items: null } name, ..] || !word.Is("LIST")) return;
            folders.Add(new(MailboxName.Decode(name.Text), delimiter.IsNil ? "" : delimiter.Text, !flags.Any(static flag => flag.Is("\\Noselect") || flag.Is("\\NonExistent"))));
        }).ConfigureAwait(false);
        return folders;
    }

    /// <summary>Waits until the server hints that the open mailbox changed. Only a hint: truth is the next search.</summary>
    /// <returns>True when it did, false after <paramref name="longest"/> without a change.</returns>
    public Task<bool> Idle(TimeSpan longest, CancellationToken cancel) => connection.Idle(longest, cancel);

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
        var done = await connection.Run($"{verb} {ImapText.Mailbox(mailbox)}", cancel, response =>
        {
            if (response.Kind == ImapResponseKind.Status && response.Code.Split(' ') is [var code, var text] && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (code.Equals("UIDVALIDITY", StringComparison.OrdinalIgnoreCase)) validity = number;
                else if (code.Equals("UIDNEXT", StringComparison.OrdinalIgnoreCase) && number > 0) next = number;
            }
            else if (response.Values is [var count, var word] && word.Is("EXISTS") && count.TryNumber(out var many) && many <= uint.MaxValue)
            {
                exists = (uint)many;
            }
        }).ConfigureAwait(false);
        if (validity == 0) throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} does not say the UIDVALIDITY of the mailbox, so nothing can be fetched without risk of doubles.");
        return new(validity, next, exists, verb == "EXAMINE" || done.CodeName == "READ-ONLY");
    }

    private async Task Search(string range, uint first, SortedSet<uint> found, CancellationToken cancel)
    {
        await connection.Run("UID SEARCH UID " + range, cancel, response =>
        {
            if (response.Values.Count == 0 || !response.Values[0].Is("SEARCH")) return;
            foreach (var value in response.Values.Skip(1))
            {
                // "n:*" names the last mail even when its UID is below n.
                if (value.TryUid(out var uid) && uid >= first) found.Add(uid);
            }
        }).ConfigureAwait(false);
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

    private async Task MoveOnce(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancel)
    {
        var set = ImapText.Set(uids.Order());
        var target = ImapText.Mailbox(mailbox);
        if (connection.Can("MOVE"))
        {
            await connection.Run($"UID MOVE {set} {target}", cancel).ConfigureAwait(false);
            return;
        }
        await connection.Run($"UID COPY {set} {target}", cancel).ConfigureAwait(false);
        await Flag(uids, "\\Deleted", cancel).ConfigureAwait(false);
        if (connection.Can("UIDPLUS")) await connection.Run($"UID EXPUNGE {set}", cancel).ConfigureAwait(false);
    }

    private Task Flag(IReadOnlyList<uint> uids, string flag, CancellationToken cancel) =>
        uids.Count == 0 ? Task.CompletedTask : connection.Run($"UID STORE {ImapText.Set(uids.Order())} +FLAGS.SILENT ({flag})", cancel);
}

using System.Globalization;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <content>What is in a mailbox, and what changed in it.</content>
public sealed partial class ImapClient
{
    /// <summary>Whether <see cref="Changes"/> can be asked (CONDSTORE, RFC 7162).</summary>
    public bool CountsChanges => connection.Can("CONDSTORE") || connection.Can("QRESYNC");

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

    /// <summary>What changed in the open mailbox since it had this HIGHESTMODSEQ; with QRESYNC also what vanished.</summary>
    /// <param name="since">A <see cref="ImapMailbox.HighestModSeq"/> of the same UIDVALIDITY.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ImapChanges> Changes(long since, CancellationToken cancel)
    {
        var changed = new SortedSet<uint>();
        var tellsVanished = connection.IsEnabled("QRESYNC");
        var vanished = new SortedSet<uint>();
        await connection.Run(string.Create(CultureInfo.InvariantCulture, $"UID FETCH 1:* (UID) (CHANGEDSINCE {since}{(tellsVanished ? " VANISHED" : "")})"), cancel, response =>
        {
            if (ImapFetch.Read(response) is { Uid: { } uid }) changed.Add(uid);
            else if (response.Values is [var word, .., { Items: null } set] && word.Is("VANISHED")) ImapText.Uids(set.Text, 1, options.Bounds.Uids, vanished);
        }).ConfigureAwait(false);
        return new([.. changed], tellsVanished ? [.. vanished] : null);
    }

    /// <summary>Some header fields of many mails at once. Mails that are gone, or that the server will not give out, are left out.</summary>
    /// <param name="uids">Which.</param>
    /// <param name="fields">Names of fields; plain words.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<ImapHeader>> Headers(IReadOnlyList<uint> uids, IReadOnlyList<string> fields, CancellationToken cancel)
    {
        var headers = new List<ImapHeader>();
        foreach (var some in uids.Chunk(500))
        {
            var before = headers.Count;
            try
            {
                await Ask(some).ConfigureAwait(false);
            }
            catch (ImapFailure failure) when (failure.Trouble == MailTrouble.Refused)
            {
                headers.RemoveRange(before, headers.Count - before);
                foreach (var uid in some)
                {
                    try
                    {
                        await Ask([uid]).ConfigureAwait(false);
                    }
                    catch (ImapFailure alone) when (alone.Trouble == MailTrouble.Refused)
                    {
                        // A damaged one; the others are of use.
                    }
                }
            }
        }
        return headers;

        async Task Ask(uint[] some)
        {
            var left = some.ToHashSet();
            await connection.Run($"UID FETCH {ImapText.Set(some.Order())} (UID INTERNALDATE BODY.PEEK[HEADER.FIELDS ({string.Join(' ', fields)})])", cancel, response =>
            {
                if (ImapFetch.Read(response) is { Uid: { } uid, Body: { } body } fetched && left.Remove(uid)) headers.Add(new(uid, fetched.Received, body));
            }).ConfigureAwait(false);
        }
    }

    private async Task Search(string range, uint first, SortedSet<uint> found, CancellationToken cancel)
    {
        // ESEARCH (RFC 4731; part of RFC 9051) answers with runs in place of a number for each mail.
        var compact = connection.Can("ESEARCH") || connection.Can("IMAP4rev2");
        await connection.Run($"UID SEARCH {(compact ? "RETURN (ALL) " : "")}UID {range}", cancel, response =>
        {
            if (response.Values is not [var word, ..]) return;
            if (word.Is("SEARCH"))
            {
                foreach (var value in response.Values.Skip(1))
                {
                    // "n:*" names the last mail even when its UID is below n.
                    if (value.TryUid(out var uid) && uid >= first) found.Add(uid);
                }
            }
            else if (word.Is("ESEARCH"))
            {
                for (var i = 1; i + 1 < response.Values.Count; i++)
                {
                    if (response.Values[i].Is("ALL")) ImapText.Uids(response.Values[i + 1].Text, first, options.Bounds.Uids, found);
                }
            }
        }).ConfigureAwait(false);
    }
}

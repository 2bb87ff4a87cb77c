using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <content>Folders: what there is, what they are for, and moving mails into one.</content>
public sealed partial class ImapClient
{
    private string? personalPrefix;

    /// <summary>
    /// Moves mails to another mailbox, which is made when missing: MOVE (RFC 6851), or copy, flag and UID EXPUNGE. A
    /// server that has neither keeps the copied originals marked deleted; other people's deleted mail is never expunged.
    /// Where all folders of a person begin with a prefix (Courier's <c>INBOX.</c>), a name without it gets it.
    /// </summary>
    public async Task Move(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancel)
    {
        if (uids.Count == 0) return;
        mailbox = await Placed(mailbox, cancel).ConfigureAwait(false);
        try
        {
            await MoveOnce(uids, mailbox, cancel).ConfigureAwait(false);
        }
        catch (ImapFailure failure) when (failure is { Trouble: MailTrouble.Refused, Code: "TRYCREATE" or "NONEXISTENT" })
        {
            await Create(mailbox, cancel).ConfigureAwait(false);
            await MoveOnce(uids, mailbox, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a mailbox.</summary>
    public Task Create(string mailbox, CancellationToken cancel) => connection.Run("CREATE " + connection.Name(mailbox), cancel);

    /// <summary>All folders of the account, with what they are for where the server says so (RFC 6154).</summary>
    public async Task<IReadOnlyList<ImapFolder>> List(CancellationToken cancel)
    {
        var folders = new List<ImapFolder>();
        var withUse = connection.Can("SPECIAL-USE") && (connection.Can("LIST-EXTENDED") || connection.Can("IMAP4rev2"));
        await connection.Run("LIST \"\" \"*\"" + (withUse ? " RETURN (SPECIAL-USE)" : ""), cancel, response =>
        {
            if (response.Values is not [var word, { Items: { } flags }, var delimiter, { Items: null } name, ..] || !(word.Is("LIST") || word.Is("XLIST"))) return;
            folders.Add(new(connection.NameOf(name.Text), delimiter.IsNil ? "" : delimiter.Text, !flags.Any(static flag => flag.Is("\\Noselect") || flag.Is("\\NonExistent")),
                flags.Select(static flag => Uses.FirstOrDefault(flag.Is)).FirstOrDefault(static use => use is not null) ?? ""));
        }).ConfigureAwait(false);
        return folders;
    }

    private static readonly string[] Uses = ["\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"];

    /// <summary>The prefix that a person's own folders begin with (RFC 2342); empty where there is none.</summary>
    public async Task<string> PersonalPrefix(CancellationToken cancel)
    {
        if (personalPrefix is null && connection.Can("NAMESPACE"))
        {
            await connection.Run("NAMESPACE", cancel, response =>
            {
                if (response.Values is [var word, { Items: [{ Items: [{ Items: null } prefix, ..] }, ..] }, ..] && word.Is("NAMESPACE")) personalPrefix = connection.NameOf(prefix.Text);
            }).ConfigureAwait(false);
        }
        return personalPrefix ??= "";
    }

    private async Task<string> Placed(string mailbox, CancellationToken cancel)
    {
        var prefix = await PersonalPrefix(cancel).ConfigureAwait(false);
        return prefix.Length == 0 || mailbox.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || mailbox.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? mailbox : prefix + mailbox;
    }

    private async Task MoveOnce(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancel)
    {
        var set = ImapText.Set(uids.Order());
        var target = connection.Name(mailbox);
        if (connection.Can("MOVE") || connection.Can("IMAP4rev2"))
        {
            await connection.Run($"UID MOVE {set} {target}", cancel).ConfigureAwait(false);
            return;
        }
        await connection.Run($"UID COPY {set} {target}", cancel).ConfigureAwait(false);
        await Flag(uids, "\\Deleted", cancel).ConfigureAwait(false);
        if (connection.Can("UIDPLUS")) await connection.Run($"UID EXPUNGE {set}", cancel).ConfigureAwait(false);
    }
}

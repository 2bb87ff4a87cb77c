using System.Globalization;
using Amends.Mail.Imap;
using Amends.Mail.Pop3;
using Amends.Mail.Wire;

namespace Amends.Channels.Email;

/// <summary>What a look at a mailbox found, before it is kept.</summary>
/// <param name="Trouble">One sentence on what is wrong; <c>null</c> when it can be read.</param>
/// <param name="Mails">How many mails it holds.</param>
/// <param name="Mark">What it holds at this moment, for <see cref="MailboxStart"/>.</param>
/// <param name="Folders">The folders of the account; none by POP3.</param>
public sealed record MailboxLook(string? Trouble, long Mails = 0, string? Mark = null, IReadOnlyList<ImapFolder>? Folders = null)
{
    /// <summary>Above so many mails, a mailbox is an archive of others, and only what arrives is taken unless somebody says otherwise.</summary>
    public const int Archive = 300;

    /// <summary>The folder that the server keeps for what is done with, when it says so (RFC 6154).</summary>
    public string? ArchiveFolder => Folders?.FirstOrDefault(folder => folder.Use == "\\Archive")?.Name;

    /// <summary>Signs in and opens the folder, to tell whether the settings work. Nothing is fetched or marked.</summary>
    /// <param name="box">The settings.</param>
    /// <param name="password">The password in the clear.</param>
    /// <param name="token">An access token in its place.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<MailboxLook> At(Mailbox box, string password, string? token, CancellationToken ct)
    {
        try
        {
            if (box.IsPop3)
            {
                await using var pop = await Pop3Client.Connect(Mailboxes.Pop3OptionsOf(box, password) with { AccessToken = token }, ct);
                var mails = await pop.List(ct);
                return new(null, mails.Count, mails.Count == 0 ? "" : mails[^1].Uid);
            }

            await using var client = await ImapClient.Connect(Mailboxes.OptionsOf(box, password) with { AccessToken = token }, ct);
            var opened = await client.Examine(box.Folder, ct);
            var highest = opened.UidNext is { } next ? next - 1 : opened.Exists == 0 ? 0 : (await client.Search(1, null, ct)).LastOrDefault();
            return new(null, opened.Exists, string.Create(CultureInfo.InvariantCulture, $"{opened.UidValidity}:{highest}"), await client.List(ct));
        }
        catch (MailFailure failure)
        {
            return new(failure.Message);
        }
    }
}

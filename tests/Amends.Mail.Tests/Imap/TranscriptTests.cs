using Amends.Mail.Imap;
using Amends.Mail.Tests.Smtp;

namespace Amends.Mail.Tests.Imap;

/// <summary>Our client against the recorded words of servers. Each file says whether it was recorded or written from documents.</summary>
public sealed class TranscriptTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>The account in each transcript: two mails in INBOX, and what the server calls the archive.</summary>
    public static TheoryData<string, string, bool> Servers => new()
    {
        { "courier", "", false }, { "cyrus", "Archive", false }, { "exchange-online", "", true }, { "gmail", "[Gmail]/All Mail", true }, { "imap4rev2", "Ablage für später", false },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_mailbox_is_listed_read_marked_and_moved(string name, string archive, bool byToken)
    {
        var wrong = new List<string>();
        await using (var server = Transcript.Play(name, wrong))
        {
            var options = ImapClientTests.Options(server.Port) with { AccessToken = byToken ? "the-token" : null };
            await using var imap = await ImapClient.Connect(options, Never);
            await Walk(imap, archive);
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_transcript_says_where_it_is_from_and_is_played()
    {
        Assert.Equal(Servers.Select(row => row.Data.Item1).Order(StringComparer.Ordinal), Transcript.All());
        Assert.All(Transcript.All(), name => Assert.Matches("^# (Recorded|Written)", File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Imap", "transcripts", name + ".txt")).First()));
    }

    /// <summary>What is done with each server, for the recording, too.</summary>
    internal static async Task Walk(ImapClient imap, string archive)
    {
        var folders = await imap.List(Never);
        Assert.Contains(folders, folder => folder.Name.Equals("INBOX", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(archive, folders.FirstOrDefault(folder => folder.Use is "\\Archive" or "\\All")?.Name ?? "");
        var box = await imap.Select("INBOX", Never);
        Assert.True(box.UidValidity > 0);
        var uids = await imap.Search(1, box.UidNext, Never);
        Assert.Equal(2, uids.Count);
        var headers = await imap.Headers(uids, ["MESSAGE-ID", "SUBJECT"], Never);
        Assert.Equal(["Message-ID: <1@example.org>", "Message-ID: <2@example.org>"], headers.Select(header => Text(header.Fields).Split("\r\n").First(line => line.StartsWith("Message-ID", StringComparison.OrdinalIgnoreCase))));
        var mails = await imap.Fetch(uids, Never).ToListAsync(Never);
        Assert.All(mails, mail => Assert.Equal(ImapFetched.Whole, mail.State));
        Assert.Equal("Message-ID: <2@example.org>\r\nFrom: Amara <amara@example.org>\r\nSubject: The kettle\r\n\r\nIt leaks. )\r\n", Text(mails[1].Raw));
        Assert.All(mails, mail => Assert.NotNull(mail.Received));
        await imap.MarkSeen([uids[0]], Never);
        if (imap.CountsChanges && box.HighestModSeq is { } since) Assert.Equal([uids[0]], (await imap.Changes(since, Never)).Uids);
        await imap.Move([uids[1]], "Done", Never);
        Assert.Equal([uids[0]], await imap.Search(1, null, Never));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);
}

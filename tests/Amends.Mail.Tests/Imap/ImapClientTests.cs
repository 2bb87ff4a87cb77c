using System.Text;
using Amends.Mail.Imap;
using Amends.Mail.Tests.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Mail.Tests.Imap;

public sealed class ImapClientTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_mailbox_on_Dovecot_is_read_flagged_moved_and_resumed()
    {
        await using var dovecot = await DovecotServer.Start(TestCertificate.Pem, TestCertificate.KeyPem);
        var options = Options(dovecot.ImapPort) with { Host = "localhost", Security = MailboxSecurity.StartTls, AllowPlainCredentials = false };
        var mails = Enumerable.Range(0, 5).Select(i => Encoding.UTF8.GetBytes($"Subject: mail {i}\r\n\r\n" + new string('ä', i * 2000) + ")\r\n")).ToList();
        foreach (var mail in mails) dovecot.Deliver("ann", mail);

        uint validity;
        await using (var imap = await ImapClient.Connect(options with { MaxMailSize = 15_000 }, Never))
        {
            var box = await imap.Select("INBOX", Never);
            validity = box.UidValidity;
            Assert.Equal((5u, false), (box.Exists, box.ReadOnly));
            var uids = await imap.Search(1, box.UidNext, Never);
            Assert.Equal([1u, 2, 3, 4, 5], uids);
            var fetched = await imap.Fetch([.. uids, 99]).ToListAsync();
            Assert.Equal([ImapFetched.Whole, ImapFetched.Whole, ImapFetched.Whole, ImapFetched.Whole, ImapFetched.Oversize, ImapFetched.Gone], fetched.Select(mail => mail.State));
            Assert.Equal(mails.Take(4).Select(Convert.ToHexString).Order(), fetched.Take(4).Select(mail => Convert.ToHexString(mail.Raw.Span)).Order());
            Assert.True(fetched[0].Received > DateTimeOffset.UtcNow.AddHours(-1));
            Assert.Equal("Subject: mail 4\r\n\r\n", Encoding.UTF8.GetString(fetched[4].Raw.Span)); // too large: its header alone

            await imap.MarkSeen([1, 2], Never);
            await imap.Move([1, 3], "Erledigt & weg, später", Never);
            Assert.Equal([2u, 4, 5], await imap.Search(1, null, Never));
            Assert.Equal([4u, 5], await imap.Search(3, 6, Never));
            Assert.Empty(await imap.Search(6, 6, Never));
            await imap.Create("Neu", Never);
            var refused = await Assert.ThrowsAsync<ImapFailure>(() => imap.Create("Neu", Never));
            Assert.Equal((MailTrouble.Refused, "ALREADYEXISTS"), (refused.Trouble, refused.Code));
            Assert.True(imap.IsConnected);
            var folders = (await imap.List(Never)).Select(folder => folder.Name).ToList();
            Assert.Contains("Neu", folders);
            Assert.Contains("Erledigt & weg, später", folders);
            Assert.Equal(2u, (await imap.Examine("Erledigt & weg, später", Never)).Exists);

            await imap.Select("INBOX", Never);
            Assert.False(await imap.Idle(TimeSpan.FromMilliseconds(50), Never));
            var hint = imap.Idle(TimeSpan.FromSeconds(10), Never);
            dovecot.Deliver("ann", mails[0]);
            Assert.True(await hint);
            Assert.Equal([6u], await imap.Search(6, null, Never));
        }
        await dovecot.Restart();
        await using (var again = await ImapClient.Connect(options, Never)) Assert.Equal(validity, (await again.Select("INBOX", Never)).UidValidity);
        await Task.Delay(1100);
        await dovecot.Restart(forgetUids: true);
        await using (var fresh = await ImapClient.Connect(options, Never)) Assert.NotEqual(validity, (await fresh.Select("INBOX", Never)).UidValidity);
        var failure = await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(options with { Password = "wrong" }, Never));
        Assert.Equal(MailTrouble.CredentialsRefused, failure.Trouble);
    }

    [Fact]
    public async Task Without_MOVE_mails_are_copied_flagged_and_expunged_by_UID()
    {
        List<string> heard = [];
        await using var server = Server(heard, "IMAP4rev1 UIDPLUS", "A0003 NO [TRYCREATE] none", "A0004 OK", "A0005 OK", "A0006 OK", "A0007 OK");
        await using var imap = await ImapClient.Connect(Options(server.Port), Never);
        await imap.Move([7, 4, 5, 6, 9], "Done", Never);
        Assert.Equal(
            ["A0003 UID COPY 4:7,9 \"Done\"", "A0004 CREATE \"Done\"", "A0005 UID COPY 4:7,9 \"Done\"", "A0006 UID STORE 4:7,9 +FLAGS.SILENT (\\Deleted)", "A0007 UID EXPUNGE 4:7,9"],
            heard.Skip(2));
    }

    [Fact]
    public async Task A_large_range_is_searched_in_windows_and_the_star_adds_nothing_old()
    {
        List<string> heard = [];
        await using var server = Server(heard, "IMAP4rev1", "* SEARCH 10 11\nA0003 OK", "* SEARCH\nA0004 OK", "* SEARCH 9 120000\nA0005 OK");
        await using var imap = await ImapClient.Connect(Options(server.Port), Never);
        Assert.Equal([10u, 11, 120_000], await imap.Search(10, 120_001, Never));
        Assert.Equal(["A0003 UID SEARCH UID 10:50009", "A0004 UID SEARCH UID 50010:100009", "A0005 UID SEARCH UID 100010:*"], heard.Skip(2));
    }

    [Fact]
    public async Task Stripped_TLS_PREAUTH_and_injected_answers_end_the_attempt_without_the_password()
    {
        List<string> heard = [];
        (string Greeting, string?[] Answers, MailTrouble Trouble)[] cases =
        [
            ("* OK [CAPABILITY IMAP4rev1] hi", [], MailTrouble.TlsMissing),
            ("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi", [], MailTrouble.Garbage),
            ("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi", ["A0001 OK go\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN]"], MailTrouble.Injected),
            ("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi", ["A0001 NO"], MailTrouble.Refused),
            ("* BYE busy", [], MailTrouble.Bye),
        ];
        foreach (var (greeting, answers, trouble) in cases)
        {
            await using var server = new FakeServer(FakeServer.Script(heard, [greeting, .. answers]));
            var failure = await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(Options(server.Port) with { Security = MailboxSecurity.StartTls }, Never));
            Assert.Equal(trouble, failure.Trouble);
        }
        await using var plain = new FakeServer(FakeServer.Script(heard, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi"));
        Assert.Equal(MailTrouble.CredentialsNeedTls, (await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(Options(plain.Port) with { AllowPlainCredentials = false }, Never))).Trouble);
        Assert.All(heard, line => Assert.EndsWith("STARTTLS", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_the_server_will_not_give_out_holds_up_no_other()
    {
        List<string> heard = [];
        await using var server = Server(heard, "IMAP4rev1", "* 1 FETCH (UID 6 RFC822.SIZE 12)\nA0003 NO [SERVERBUG] damaged", "A0004 NO [SERVERBUG] damaged",
            "* 3 FETCH (UID 8 RFC822.SIZE 12)\nA0005 OK", "* 4 FETCH (UID 9 RFC822.SIZE 12)\nA0006 OK",
            "A0007 NO [SERVERBUG] damaged", "A0008 NO [EXPUNGEISSUED] somebody took one of two", "A0009 NO [EXPUNGEISSUED] somebody took it", "* 4 FETCH (UID 9 BODY[] \"Subject: x\")\nA0010 OK");
        await using var imap = await ImapClient.Connect(Options(server.Port), Never);
        Assert.Equal([ImapFetched.Refused, ImapFetched.Refused, ImapFetched.Gone, ImapFetched.Whole], (await imap.Fetch([6, 7, 8, 9]).ToListAsync()).Select(mail => mail.State));
    }

    [Fact]
    public async Task A_connection_cut_at_any_place_of_a_mail_gives_no_partial_mail()
    {
        const string fetch = "* 1 FETCH (UID 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" BODY[] {12}\r\nSubject: x\r\n)\r\nA0004 OK done\r\n";
        for (var cut = 0; cut < fetch.Length; cut++)
        {
            var part = fetch[..cut];
            await using var server = new FakeServer(async peer =>
            {
                await peer.Say("* OK [CAPABILITY IMAP4rev1] hi\r\n");
                await peer.Hear();
                await peer.Say("A0001 OK\r\n");
                await peer.Hear();
                await peer.Say("A0002 OK\r\n");
                await peer.Hear();
                await peer.Say("* 1 FETCH (UID 7 RFC822.SIZE 12)\r\nA0003 OK\r\n");
                await peer.Hear();
                await peer.Say(part);
            });
            var imap = await ImapClient.Connect(Options(server.Port), Never);
            await Assert.ThrowsAsync<ImapFailure>(async () => await imap.Fetch([7]).ToListAsync());
            Assert.False(imap.IsConnected);
            await imap.DisposeAsync();
        }
    }

    internal static ImapClientOptions Options(int port) => new()
    {
        Host = "127.0.0.1", Port = port, Security = MailboxSecurity.None, AllowPlainCredentials = true, User = "ann", Password = "secret",
        TrustedRoots = TestCertificate.Roots, SilenceTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>A server that signs anybody in and then answers by script; our third command is its first question.</summary>
    internal static FakeServer Server(List<string> heard, string capabilities, params string?[] answers) =>
        new(FakeServer.Script(heard, [$"* OK [CAPABILITY {capabilities}] hi", "A0001 OK", $"* CAPABILITY {capabilities}\nA0002 OK", .. answers]));
}

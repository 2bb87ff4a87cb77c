using System.Text;
using Amends.Mail.Imap;
using Amends.Mail.Tests.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Mail.Tests.Imap;

public sealed class ImapExtensionTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task On_Dovecot_changes_and_vanished_mails_are_told_and_idling_can_be_ended()
    {
        await using var dovecot = await DovecotServer.Start();
        for (var i = 0; i < 4; i++) dovecot.Deliver("ann", Encoding.UTF8.GetBytes($"Message-ID: <{i}@example.org>\r\nSubject: {i}\r\n\r\nHi\r\n"));
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(dovecot.ImapPort), Never);
        var box = await imap.Select("INBOX", Never);
        Assert.True(box.HighestModSeq > 0);
        await using (var other = await ImapClient.Connect(ImapClientTests.Options(dovecot.ImapPort), Never))
        {
            await other.Select("INBOX", Never);
            await other.MarkSeen([2], Never);
            await other.Move([3], "Elsewhere", Never);
        }
        dovecot.Deliver("ann", "Subject: new\r\n\r\nHi\r\n"u8.ToArray());
        var again = await imap.Select("INBOX", Never);
        Assert.True(again.HighestModSeq > box.HighestModSeq);
        var changes = await imap.Changes(box.HighestModSeq!.Value, Never);
        Assert.Equal([2u, 5], changes.Uids);
        Assert.Equal([3u], changes.Vanished);
        Assert.Equal([1u, 2, 4, 5], await imap.Search(1, again.UidNext, Never));
        Assert.Equal(["0", "1", "3"], (await imap.Headers([1, 2, 3, 4, 99], ["MESSAGE-ID"], Never)).Select(header => Encoding.UTF8.GetString(header.Fields.Span).Split('<', '@')[1]).Order());

        using var enough = new CancellationTokenSource();
        var idle = imap.Idle(TimeSpan.FromMinutes(40), Never, enough.Token);
        await Task.Delay(50);
        await enough.CancelAsync();
        Assert.False(await idle);
        Assert.True(imap.IsConnected);
        Assert.Equal(4, (await imap.Search(1, null, Never)).Count);
    }

    [Theory]
    [InlineData("IMAP4rev1 LITERAL+", "+")]
    [InlineData("IMAP4rev1 LITERAL-", "+")]
    [InlineData("IMAP4rev1", "")]
    public async Task What_no_quoted_string_may_hold_goes_as_a_literal_in_the_way_the_server_takes(string capabilities, string sign)
    {
        List<string> heard = [];
        string?[] answers = sign == "+" ? ["", "", "A0001 OK"] : ["+ go on", "+ go on", "A0001 OK"];
        await using var server = new FakeServer(FakeServer.Script(heard, [$"* OK [CAPABILITY {capabilities}] hi", .. answers, $"* CAPABILITY {capabilities}\nA0002 OK"]));
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port) with { User = "änn", Password = "pässwört" }, Never);
        Assert.Equal([$"A0001 LOGIN {{4{sign}}}", $"änn {{10{sign}}}", "pässwört", "A0002 CAPABILITY"], heard.Select(line => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line))));
    }

    [Fact]
    public async Task A_token_signs_in_and_a_refusal_is_answered_and_told()
    {
        List<string> heard = [];
        await using var refusing = new FakeServer(FakeServer.Script(heard, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hi", "+ eyJzdGF0dXMiOiI0MDAifQ==", "A0001 NO SASL authentication failed"));
        var failure = await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(ImapClientTests.Options(refusing.Port) with { AccessToken = "old" }, Never));
        Assert.Equal(MailTrouble.CredentialsRefused, failure.Trouble);
        Assert.DoesNotContain("old", failure.Message.Split(' '));
        Assert.Equal("", heard[1]);
        heard.Clear();
        await using var bearer = new FakeServer(FakeServer.Script(heard, "* OK [CAPABILITY IMAP4rev1 AUTH=OAUTHBEARER] hi", "+ ", "A0001 OK", "* CAPABILITY IMAP4rev1\nA0002 OK"));
        await using (await ImapClient.Connect(ImapClientTests.Options(bearer.Port) with { AccessToken = "t", User = "a=b,c" }, Never))
            Assert.Equal($"n,a=a=3Db=2Cc,\u0001host=127.0.0.1\u0001port={bearer.Port}\u0001auth=Bearer t\u0001\u0001", Encoding.UTF8.GetString(Convert.FromBase64String(heard[1])));
        await using var none = new FakeServer(FakeServer.Script(heard, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi"));
        Assert.Contains("XOAUTH2", (await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(ImapClientTests.Options(none.Port) with { AccessToken = "t" }, Never))).Message);
    }

    [Theory]
    [InlineData("* ESEARCH (TAG \"A0003\") UID ALL 1:4294967295", MailTrouble.Limit)]
    [InlineData("* ESEARCH (TAG \"A0003\") UID ALL 1:2:3", MailTrouble.Garbage)]
    [InlineData("* ESEARCH (TAG \"A0003\") UID ALL 0", MailTrouble.Garbage)]
    [InlineData("* ESEARCH (TAG \"A0003\") UID ALL x", MailTrouble.Garbage)]
    [InlineData("* ESEARCH (TAG \"A0003\") UID ALL ()", MailTrouble.Garbage)]
    public async Task A_short_answer_that_names_too_much_or_nonsense_ends_the_connection(string says, MailTrouble trouble)
    {
        await using var server = ImapClientTests.Server([], "IMAP4rev1 ESEARCH", says + "\nA0003 OK");
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port), Never);
        Assert.Equal(trouble, (await Assert.ThrowsAsync<ImapFailure>(() => imap.Search(1, null, Never))).Trouble);
        Assert.False(imap.IsConnected);
    }

    [Fact]
    public async Task PREAUTH_is_taken_only_where_nothing_could_have_been_stripped_and_LOGINDISABLED_leaves_AUTH_LOGIN()
    {
        List<string> heard = [];
        await using (var known = new FakeServer(FakeServer.Script(heard, "* PREAUTH [CAPABILITY IMAP4rev1] hi")))
        await using (await ImapClient.Connect(ImapClientTests.Options(known.Port), Never))
            Assert.Empty(heard);
        await using (var open = new FakeServer(FakeServer.Script(heard, "* PREAUTH [CAPABILITY IMAP4rev1] hi")))
            await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(ImapClientTests.Options(open.Port) with { AllowPlainCredentials = false }, Never));
        heard.Clear();
        await using var server = new FakeServer(FakeServer.Script(heard, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN] hi", "+ VXNlcm5hbWU6", "+ UGFzc3dvcmQ6", "A0001 OK", "* CAPABILITY IMAP4rev1\nA0002 OK"));
        await using (await ImapClient.Connect(ImapClientTests.Options(server.Port), Never)) Assert.Equal(["A0001 AUTHENTICATE LOGIN", "YW5u", "c2VjcmV0"], heard.Take(3));
    }

    [Fact]
    public async Task Where_all_folders_begin_with_a_prefix_the_target_of_a_move_does_too()
    {
        List<string> heard = [];
        await using var server = ImapClientTests.Server(heard, "IMAP4rev1 NAMESPACE MOVE", "* NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"shared.\" \".\"))\nA0003 OK", "A0004 OK", "A0005 OK", "A0006 OK");
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port), Never);
        await imap.Move([1], "Done", Never);
        await imap.Move([2], "INBOX.Done", Never);
        Assert.Equal(["A0003 NAMESPACE", "A0004 UID MOVE 1 \"INBOX.Done\"", "A0005 UID MOVE 2 \"INBOX.Done\""], heard.Skip(2));
    }
}

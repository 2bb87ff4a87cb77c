using System.Globalization;
using System.Text;
using Amends.Mail.Imap;
using Amends.Mail.Tests.Smtp;
using Amends.Mail.Wire;

namespace Amends.Mail.Tests.Imap;

public sealed class HostileServerTests
{
    [Theory]
    [InlineData("* 1 FETCH (UID 7 BODY[] {99999999999}", MailTrouble.Limit)]
    [InlineData("* 1 FETCH (UID 7 BODY[] {99999999999999999999999999}", MailTrouble.Limit)]
    [InlineData("* 1 FETCH (UID 7 BODY[] {60000000}", MailTrouble.Limit)]
    [InlineData("* SEARCH {70000}", MailTrouble.Limit)]
    [InlineData("ENDLESS", MailTrouble.Limit)]
    [InlineData("PARENS", MailTrouble.Limit)]
    [InlineData("ITEMS", MailTrouble.Limit)]
    [InlineData("* 1 FETCH (UID 7", MailTrouble.Garbage)]
    [InlineData("* 1 FETCH )", MailTrouble.Garbage)]
    [InlineData("* LIST () \"/", MailTrouble.Garbage)]
    [InlineData("A9999 OK done", MailTrouble.Garbage)]
    [InlineData("A0002 OK again", MailTrouble.Garbage)]
    [InlineData("A0003 BYE what", MailTrouble.Garbage)]
    [InlineData("A0003 SURE", MailTrouble.Garbage)]
    [InlineData("+ more please", MailTrouble.Garbage)]
    [InlineData("* BYE [UNAVAILABLE] shutting down", MailTrouble.Bye)]
    [InlineData("", MailTrouble.Garbage)]
    [InlineData("\0\0\0", MailTrouble.Garbage)]
    [InlineData("HTTP/1.1 400 Bad Request", MailTrouble.Garbage)]
    [InlineData("A0003 NO [ALERT] mailbox is full of {5}", MailTrouble.Refused)]
    [InlineData("A0003 BAD what?", MailTrouble.Refused)]
    public async Task What_a_hostile_server_says_becomes_a_failure(string says, MailTrouble trouble)
    {
        says = says switch
        {
            "ENDLESS" => "* OK " + new string('x', 2_000_000),
            "PARENS" => "* 1 FETCH " + new string('(', 100_000),
            "ITEMS" => "* SEARCH " + string.Join(' ', Enumerable.Repeat("1", 250_000)),
            _ => says,
        };
        await using var server = new FakeServer(async peer =>
        {
            await SignIn(peer);
            await peer.Hear();
            await peer.Say(says + "\r\n");
            await peer.Hear();
        });
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port), CancellationToken.None);
        var before = GC.GetTotalAllocatedBytes();
        var failure = await Assert.ThrowsAsync<ImapFailure>(() => imap.Search(1, null, CancellationToken.None));
        Assert.Equal(trouble, failure.Trouble);
        Assert.Equal(trouble == MailTrouble.Refused, imap.IsConnected);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 400_000_000);
    }

    [Fact]
    public async Task A_server_that_lies_about_a_size_cannot_fill_the_memory()
    {
        await using var server = new FakeServer(async peer =>
        {
            await SignIn(peer);
            await peer.Hear();
            await peer.Say("* 1 FETCH (UID 7 RFC822.SIZE 10)\r\nA0003 OK\r\n");
            await peer.Hear();
            await peer.Say("* 1 FETCH (UID 7 BODY[] {1000001}\r\n");
            await peer.Hear();
        });
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port) with { MaxMailSize = 1_000_000 }, CancellationToken.None);
        Assert.Equal(MailTrouble.Limit, (await Assert.ThrowsAsync<ImapFailure>(async () => await imap.Fetch([7]).ToListAsync())).Trouble);
    }

    [Fact]
    public async Task A_server_that_is_silent_drips_or_chatters_without_end_is_left_in_time()
    {
        Func<RawPeer, Task>[] plays =
        [
            async peer => await peer.Hear(),
            async peer =>
            {
                while (true)
                {
                    await peer.Say("x");
                    await Task.Delay(50);
                }
            },
            async peer =>
            {
                while (true)
                {
                    await peer.Say("* OK still here\r\n");
                    await Task.Delay(50);
                }
            },
        ];
        foreach (var play in plays)
        {
            await using var server = new FakeServer(async peer =>
            {
                await SignIn(peer);
                await peer.Hear();
                await play(peer);
            });
            var options = ImapClientTests.Options(server.Port) with { SilenceTimeout = TimeSpan.FromSeconds(1), CommandTimeout = TimeSpan.FromSeconds(2) };
            await using var imap = await ImapClient.Connect(options, CancellationToken.None);
            Assert.Equal(MailTrouble.TimedOut, (await Assert.ThrowsAsync<ImapFailure>(() => imap.Search(1, null, CancellationToken.None))).Trouble);
        }
    }

    [Fact]
    public async Task Too_many_responses_to_one_command_end_the_connection()
    {
        await using var server = new FakeServer(async peer =>
        {
            await SignIn(peer);
            await peer.Hear();
            var chatter = string.Concat(Enumerable.Repeat("* OK\r\n", 10_000));
            for (var i = 0; i < 30; i++) await peer.Say(chatter);
        });
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port), CancellationToken.None);
        Assert.Equal(MailTrouble.Limit, (await Assert.ThrowsAsync<ImapFailure>(() => imap.Search(1, null, CancellationToken.None))).Trouble);
    }

    [Fact]
    public async Task Names_and_passwords_cannot_become_commands()
    {
        List<string> heard = [];
        await using var server = ImapClientTests.Server(heard, "IMAP4rev1", "A0003 OK");
        await using var imap = await ImapClient.Connect(ImapClientTests.Options(server.Port) with { User = "a\"b\\c", Password = "p q" }, CancellationToken.None);
        Assert.Equal("A0001 LOGIN \"a\\\"b\\\\c\" \"p q\"", heard[0]);
        await imap.Create("x\"\r\nA0009 DELETE INBOX", CancellationToken.None);
        Assert.Equal("A0003 CREATE \"x\\\"&AA0ACg-A0009 DELETE INBOX\"", heard[2]);
        await Assert.ThrowsAsync<ImapFailure>(() => ImapClient.Connect(ImapClientTests.Options(server.Port) with { Password = "x\r\nA0002 LOGOUT" }, CancellationToken.None));
    }

    [Fact]
    public void Scrambled_responses_only_ever_fail_as_a_failure()
    {
        string[] seeds =
        [
            "* 1 FETCH (UID 7 RFC822.SIZE 12 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" BODY[] {12})", "* LIST (\\HasNoChildren) \"/\" \"a&AOQ-b\"", "* SEARCH 1 2 3",
            "* 3 FETCH (BODY[HEADER.FIELDS (DATE FROM)] \"x\\\"y\" FLAGS () ENVELOPE (NIL (NIL)))", "* CAPABILITY IMAP4rev1 UIDPLUS", "* 5 FETCH (UID 7 ~{3})",
        ];
        const string alphabet = "()[]{}\"\\ ~*%0129azNIL\r\0\u00ff";
        var random = new Random(19_680);
        var read = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var line = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var edits = random.Next(6); edits > 0; edits--)
            {
                var at = random.Next(2, line.Length);
                switch (random.Next(3))
                {
                    case 0: line.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 1: line.Remove(at, 1).Append(' '); break;
                    default: line[at] = alphabet[random.Next(alphabet.Length)]; break;
                }
            }
            var bytes = Encoding.Latin1.GetBytes(line.ToString());
            List<byte[]> texts = [bytes], literals = [];
            try
            {
                if (ImapParser.AnnouncedLiteral(bytes) is >= 0 and < 1000 and var length)
                {
                    literals.Add(new byte[length]);
                    texts.Add(")"u8.ToArray());
                }
                var response = ImapResponse.Data(new ImapParser(texts, literals, new ImapBounds()).ReadAll(2));
                ImapFetch.Read(response);
                read++;
            }
            catch (ImapFailure)
            {
                // The only exception there may be.
            }
        }
        Assert.True(read > 3_000);
    }

    [Fact]
    public void Mailbox_names_survive_modified_UTF_7()
    {
        foreach (var name in (string[])["INBOX", "Entwürfe", "a&b", "台北", "~peter/mail/台北/日本語", "😀 & co", ""]) Assert.Equal(name, MailboxName.Decode(MailboxName.Encode(name)));
        Assert.Equal("~peter/mail/&U,BTFw-/&ZeVnLIqe-", MailboxName.Encode("~peter/mail/台北/日本語"));
        Assert.Equal("a&b &!!- x", MailboxName.Decode("a&b &!!- x"));
        var random = new Random(3);
        for (var round = 0; round < 10_000; round++) MailboxName.Decode(string.Concat(Enumerable.Range(0, 12).Select(_ => "&-,AbQ="[random.Next(7)])));
    }

    [Theory]
    [InlineData("17-Jul-1996 02:44:25 -0700", "1996-07-17T09:44:25Z")]
    [InlineData(" 7-Jul-1996 02:44:25 +0000", "1996-07-07T02:44:25Z")]
    [InlineData("31-Feb-1996 02:44:25 +0000", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void An_internal_date_is_read_or_none(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), ImapText.Date(text));

    private static async Task SignIn(RawPeer peer)
    {
        await peer.Say("* OK [CAPABILITY IMAP4rev1] hi\r\n");
        await peer.Hear();
        await peer.Say("A0001 OK\r\n");
        await peer.Hear();
        await peer.Say("A0002 OK\r\n");
    }
}

using System.Text;
using Amends.Mail.Imap;
using Amends.Mail.Wire;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Whole conversations of the IMAP client with a server that answers by script.</summary>
public sealed class ImapTarget : FuzzTarget
{
    readonly PlayedServer server;
    byte[] script = [];

    /// <summary>Starts the server.</summary>
    public ImapTarget() => server = new PlayedServer(() => new ImapConversation(new Script(script)));

    /// <inheritdoc/>
    public override string Name => "imap";

    /// <inheritdoc/>
    public override int Longest => 2 * 1024 * 1024;

    /// <inheritdoc/>
    public override TimeSpan Grace => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Waits => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces => ImapGrammar.Pieces;

    /// <inheritdoc/>
    public override byte[] Generate(Random random) => Encoding.Latin1.GetBytes(new ImapGrammar(random).Script());

    /// <inheritdoc/>
    public override async ValueTask<int> Run(byte[] input)
    {
        script = input;
        var shape = new HashCode();
        var options = new ImapClientOptions
        {
            Host = "127.0.0.1", Port = server.Port, Security = MailboxSecurity.None, AllowPlainCredentials = true, User = "u", Password = "p", MaxMailSize = 1024 * 1024,
            SilenceTimeout = TimeSpan.FromSeconds(10), CommandTimeout = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            await using var imap = await ImapClient.Connect(options, CancellationToken.None);
            await Try(async () => shape.Add((await imap.List(CancellationToken.None)).Count));
            uint? next = null;
            await Try(async () =>
            {
                var mailbox = await imap.Select("INBOX", CancellationToken.None);
                next = mailbox.UidNext;
                Must(mailbox.UidValidity != 0, "a mailbox without UIDVALIDITY");
                shape.Add((mailbox.ReadOnly, mailbox.UidNext is null, Magnitude(mailbox.Exists)));
            });
            IReadOnlyList<uint> uids = [];
            await Try(async () => uids = await imap.Search(7, next < 400_000 ? next : null, CancellationToken.None));
            Must(uids.All(uid => uid >= 7), "a mail that was not asked for");
            uint[] wanted = [.. uids.Take(5).DefaultIfEmpty(9u)];
            await Try(async () =>
            {
                var at = 0;
                await foreach (var mail in imap.Fetch(wanted))
                {
                    Must(at < wanted.Length && mail.Uid == wanted[at++], "a mail that was not asked for");
                    Must(mail.Raw.Length <= options.MaxMailSize, "a mail beyond the limit");
                    Must(mail.State is ImapFetched.Whole or ImapFetched.Oversize || mail.Raw.IsEmpty, "bytes of a mail that is not there");
                    shape.Add((mail.State, mail.Received is null, Magnitude(mail.Raw.Length)));
                }
                Must(at == wanted.Length, "a mail that is not reported");
            });
            await Try(() => imap.MarkSeen(wanted, CancellationToken.None));
            await Try(() => imap.Move(wanted, "Gr\u00fcn", CancellationToken.None));
            if (imap.CanIdle) await Try(() => imap.Idle(TimeSpan.FromMilliseconds(1), CancellationToken.None));
            shape.Add(imap.IsConnected);

            async Task Try(Func<Task> work)
            {
                if (!imap.IsConnected) return;
                try
                {
                    await work();
                    shape.Add(1);
                }
                catch (ImapFailure failure)
                {
                    shape.Add((failure.Trouble, Known(failure.Message)));
                    Must(imap.IsConnected || failure.Trouble != MailTrouble.Refused, "a refusal ended the connection");
                    Must(!imap.IsConnected || failure.Trouble is not (MailTrouble.Lost or MailTrouble.Limit or MailTrouble.Bye or MailTrouble.TimedOut), $"after {failure.Trouble} the connection is taken for good");
                }
            }
        }
        catch (ImapFailure failure)
        {
            shape.Add((failure.Trouble, Known(failure.Message)));
        }
        return shape.ToHashCode();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await server.DisposeAsync();
    }

    // The sentences of the client, without what a server put into them.
    static string Known(string message) => message.Split(':')[0] is { Length: < 90 } words ? new([.. words.Where(char.IsAsciiLetter)]) : "";

    sealed class ImapConversation(Script script) : IConversation
    {
        string idle = "";

        public byte[] Greeting() => script.Take("GREETING", "*") ?? "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE MOVE UIDPLUS] ready\r\n"u8.ToArray();

        public byte[]? Answer(string line)
        {
            var words = line.Split(' ', 4);
            if (words.Length < 2)
            {
                var tag = idle.Length > 0 ? idle : "*";
                return script.Take(line == "DONE" ? "DONE" : "MORE", tag) ?? Encoding.Latin1.GetBytes($"{tag} OK done\r\n");
            }
            var word = words[1].ToUpperInvariant();
            if (word == "UID" && words.Length > 2) word = words[2].ToUpperInvariant();
            if (word == "IDLE") idle = words[0];
            return script.Take(word, words[0]) ?? Encoding.Latin1.GetBytes(word == "IDLE" ? "+ idling\r\n" : $"{words[0]} OK done\r\n");
        }
    }
}

using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Whole conversations of the SMTP client with a server that answers by script.</summary>
public sealed class SmtpClientTarget : FuzzTarget
{
    static readonly byte[] Mail = "From: a@b.example\r\nSubject: x\r\n\r\n.dot\r\nbody\r\n"u8.ToArray();

    static readonly string[] Words = ["GREETING", "EHLO", "HELO", "MAIL", "RCPT", "RCPT", "RCPT", "DATA", "END", "QUIT", "RSET", "AUTH", "MAIL", "RCPT", "DATA", "END", "NOOP"];
    static readonly string[] Answers = ["250 ok\r\n", "250 2.1.0 ok\r\n", "354 go\r\n", "220 hi\r\n", "451 4.3.0 later\r\n", "421 bye\r\n", "550 5.1.1 no such user\r\n", "552 5.3.4 too big\r\n", "250-more\r\n250 done\r\n", "334 \r\n", "235 in\r\n", "500 what\r\n", "555 no\r\n", "252 perhaps\r\n", "251 forwarded\r\n", "", "999 x\r\n", "250\r\n", "25\r\n", "250 ok\n", "250 ok\r\n250 ok\r\n", "554-5.7.1 policy\r\n554 5.7.1 see http://x\r\n"];

    readonly PlayedServer server;
    byte[] script = [];
    int positive;
    bool outOfStep;

    /// <summary>Starts the server.</summary>
    public SmtpClientTarget() => server = new PlayedServer(() => new Conversation(new Script(script), Note));

    /// <inheritdoc/>
    public override string Name => "smtp-client";

    /// <inheritdoc/>
    public override TimeSpan Grace => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Waits => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces { get; } = [.. Answers.Where(answer => answer.Length > 0), "250-", "250 ", "PIPELINING\r\n", "SIZE 10\r\n", "SIZE 99999999999999999999\r\n", "8BITMIME\r\n", "SMTPUTF8\r\n", "AUTH PLAIN LOGIN\r\n", "STARTTLS\r\n", "DSN\r\n", "CHUNKING\r\n", "\r", "\n", "\0", "\u00ff", "5.1.1", "4.", "-", "%%END\n", "%%RCPT\n", "%%DATA\n"];

    /// <inheritdoc/>
    public override byte[] Generate(Random random)
    {
        var text = new StringBuilder();
        foreach (var word in Words)
        {
            if (random.Next(3) == 0) text.Append(Script.Chunk(word, word == "EHLO" ? Extensions(random) : Answers[random.Next(Answers.Length)]));
        }
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public override async ValueTask<int> Run(byte[] input)
    {
        script = input;
        var shape = new HashCode();
        var signIn = input.Length % 3 == 0;
        await using var client = new SmtpClient(new SmtpClientOptions
        {
            Host = "127.0.0.1", Port = server.Port, Security = SmtpSecurity.None, User = signIn ? "u" : null, Password = signIn ? "p" : null, AllowPlainCredentials = true,
            ConnectTimeout = TimeSpan.FromSeconds(10), CommandTimeout = TimeSpan.FromSeconds(10), DataTimeout = TimeSpan.FromSeconds(10), FinalTimeout = TimeSpan.FromSeconds(10),
        });
        for (var mail = 0; mail < 2; mail++)
        {
            (positive, outOfStep) = (0, outOfStep && mail > 0);
            var outcome = await client.Send("a@b.example", ["c@d.example", "e@f.example"], Mail, CancellationToken.None);
            Must(outcome.Recipients.Count == 2, "a recipient without an outcome");
            Must(outcome.Recipients.All(one => one.Result != SmtpResult.Accepted || one.Reply.IsPositive), "taken without a 2xx");
            Must(outcome.Result != SmtpResult.Accepted || positive > 0 || outOfStep, "a mail is said to be taken and no server said so");
            Must(outcome.Text.AsSpan().IndexOfAny("\0\r\n") < 0, "a sentence with a line end");
            shape.Add((outcome.Result, outcome.Trouble, outcome.Reply?.Code, outcome.Recipients[0].Result, outcome.Recipients[1].Result));
        }
        return shape.ToHashCode();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await server.DisposeAsync();
    }

    // A server that says more or fewer replies than it was asked for is out of step, and then nobody can tell what it took.
    void Note(byte[] answer, bool ends)
    {
        var lines = Encoding.Latin1.GetString(answer).Split('\n');
        outOfStep |= lines.Length != lines.Count(line => line.Length > 3 && line[3] == '-') + 2 || lines[^1].Length > 0;
        if (ends && answer is [(byte)'2', ..]) positive++;
    }

    static string Extensions(Random random)
    {
        string[] all = ["PIPELINING", "SIZE", "SIZE 20", "SIZE 1000000", "8BITMIME", "SMTPUTF8", "DSN", "AUTH PLAIN LOGIN", "AUTH=LOGIN", "STARTTLS", "ENHANCEDSTATUSCODES", "CHUNKING"];
        List<string> offered = ["x.example", .. all.Where(_ => random.Next(2) == 0)];
        return string.Concat(offered.Select((one, i) => $"250{(i == offered.Count - 1 ? ' ' : '-')}{one}\r\n"));
    }

    sealed class Conversation(Script script, Action<byte[], bool> note) : IConversation
    {
        bool inMail;

        public byte[] Greeting()
        {
            var greeting = script.Take("GREETING", "") ?? "220 x.example\r\n"u8.ToArray();
            note(greeting, false);
            return greeting;
        }

        public byte[]? Answer(string line)
        {
            if (inMail)
            {
                if (line != ".") return null;
                inMail = false;
                var end = script.Take("END", "") ?? "250 2.0.0 queued\r\n"u8.ToArray();
                note(end, true);
                return end;
            }
            var word = line.Split(' ', 2)[0].ToUpperInvariant();
            var answer = script.Take(word, "") ?? Encoding.ASCII.GetBytes(word switch { "DATA" => "354 go\r\n", "EHLO" => "250-x.example\r\n250 PIPELINING\r\n", "AUTH" => "235 in\r\n", "QUIT" => "221 bye\r\n", _ => "250 ok\r\n" });
            note(answer, false);
            inMail = word == "DATA" && answer.AsSpan().StartsWith("354"u8);
            return answer;
        }
    }
}
